import type { TrackerSettings } from "./settings.ts";
import { MODES } from "./store/store.ts";

/** Throws a RangeError that names what is wrong: one number for each motion, or for each pair of them, and none that is no number. */
export function checkSettings(settings: TrackerSettings): void {
  const lengths = {
    motions: MODES,
    motionRatesPerS: MODES * MODES,
    birthSpeedSigmaMps: MODES,
    birthClimbSigmaMps: MODES,
    birthMotion: MODES,
  };
  for (const [name, length] of Object.entries(lengths) as [keyof typeof lengths, number][])
    if (settings[name].length !== length)
      throw new RangeError(`Setting ${name} must have ${length} entries, got ${settings[name].length}`);
  for (const [name, value] of Object.entries(settings)) {
    const numbers = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "number");
    if (numbers.some(Number.isNaN)) throw new RangeError(`Setting ${name} must be a number, got ${value}`);
  }
}
