import assert from "node:assert/strict";
import { test } from "node:test";
import { CLASSES } from "../store/store.ts";
import { CLASS_NAMES } from "../types.ts";
import { addManner } from "./manner.ts";

const [CRUISE, HOVER] = [0, 3].map((motion) => Float64Array.from({ length: 6 }, (_, m) => (m === motion ? 1 : 0))) as [
  Float64Array,
  Float64Array,
];
const of = (name: (typeof CLASS_NAMES)[number]): number => CLASS_NAMES.indexOf(name);

/** Log odds of one class against another by manner alone, where features find both as likely and the rest less so. */
function logOdds(
  a: (typeof CLASS_NAMES)[number],
  b: (typeof CLASS_NAMES)[number],
  flight: Readonly<{ speedMps: number; heightM?: number; motion: Float64Array; speedVariance?: number }>,
): number {
  const logs = new Float64Array(CLASSES).fill(-5);
  logs[of(a)] = 0;
  logs[of(b)] = 0;
  addManner(logs, { speedVariance: 1, heightM: undefined, ...flight }, flight.motion, 0);
  return (logs[of(a)] ?? 0) - (logs[of(b)] ?? 0);
}

test("what stands in the air is rather a multirotor than a bird, and what goes at 90 m/s and 800 m rather an aircraft", () => {
  // ½·(ln N(0.5; 10, 8² + 1) - ln N(0.5; 11, 5² + 1) + ln 0.25/0.05), by hand.
  const byHand = 0.5 * (-0.5 * (9.5 ** 2 / 65 + Math.log(65) - 10.5 ** 2 / 26 - Math.log(26)) + Math.log(5));
  assert.ok(Math.abs(logOdds("multirotor", "bird", { speedMps: 0.5, motion: HOVER }) - byHand) < 1e-9);
  assert.ok(byHand > 0.9);
  assert.ok(logOdds("mannedAircraft", "multirotor", { speedMps: 90, heightM: 800, motion: CRUISE }) > 20);
});

test("a speed that nobody knows says next to nothing", () => {
  const unknown = logOdds("mannedAircraft", "multirotor", { speedMps: 60, motion: CRUISE, speedVariance: 1e6 });
  assert.ok(Math.abs(unknown - 0.5 * Math.log(0.7 / 0.4)) < 0.01);
});

test("where nothing else tells of the class, the manner of flight does not either", () => {
  const logs = new Float64Array(CLASSES).fill(-1.5);
  addManner(logs, { speedMps: 0, speedVariance: 1, heightM: 50 }, HOVER, 0);
  assert.deepEqual(
    [...logs],
    Array.from({ length: CLASSES }, () => -1.5),
  );
});
