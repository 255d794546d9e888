/** Sound and vibration of the field page. Browsers allow sound only after a touch: until then `isUnlocked` is false and the page says so. */
export type Alarm = {
  readonly isUnlocked: boolean;
  unlock(): void;
  warn(): void;
  /** For what is not live. It never speaks into a warning. */
  drill(): void;
  lost(): void;
  silence(): void;
};

type Sound = Readonly<{
  hz: readonly number[];
  times: number;
  toneS: number;
  type: OscillatorType;
  vibrateMs: readonly number[];
}>;

/** Two tones within 500 to 3,000 Hz, told apart in the first half second (MIL-STD-1472 5.3). */
const WARNING: Sound = { hz: [880, 1320], times: 8, toneS: 0.5, type: "square", vibrateMs: [600, 200, 600, 200, 600] };
const LOST: Sound = { hz: [520], times: 2, toneS: 0.5, type: "square", vibrateMs: [200, 400, 200] };
/** Three short soft pips, which nobody takes for a warning. */
const DRILL: Sound = { hz: [660], times: 3, toneS: 0.15, type: "sine", vibrateMs: [80, 120, 80] };

export function createAlarm(): Alarm {
  let context: AudioContext | undefined;
  const playing = new Set<OscillatorNode>();
  let warnedUntilMs = 0;

  const silence = () => {
    for (const tone of playing) tone.stop();
    playing.clear();
    warnedUntilMs = 0;
    navigator.vibrate?.(0);
  };
  const play = ({ hz, times, toneS, type, vibrateMs }: Sound) => {
    navigator.vibrate?.([...vibrateMs]);
    if (context?.state !== "running") return;
    const startS = context.currentTime;
    for (let index = 0; index < times; index++) {
      const tone = new OscillatorNode(context, { type, frequency: hz[index % hz.length] ?? 880 });
      tone.connect(new GainNode(context, { gain: 0.6 })).connect(context.destination);
      tone.start(startS + index * toneS);
      tone.stop(startS + (index + 0.9) * toneS);
      tone.onended = () => playing.delete(tone);
      playing.add(tone);
    }
  };
  return {
    get isUnlocked() {
      return context?.state === "running";
    },
    unlock() {
      context ??= new AudioContext();
      if (context.state !== "running") context.resume().catch(() => silence());
    },
    warn() {
      silence();
      play(WARNING);
      warnedUntilMs = performance.now() + WARNING.times * WARNING.toneS * 1000;
    },
    drill() {
      if (performance.now() >= warnedUntilMs) play(DRILL);
    },
    lost: () => play(LOST),
    silence,
  };
}
