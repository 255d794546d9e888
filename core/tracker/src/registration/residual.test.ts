import assert from "node:assert/strict";
import { test } from "node:test";
import { normals } from "../testing/normals.ts";
import { createTracker } from "../tracker.ts";
import type { TrackerLook, TrackState } from "../types.ts";
import { NO_BIAS, withoutBias } from "./bias.ts";
import { RADAR, RADIAN, run, six } from "./references.fixture.ts";
import { createRegistrar, type Registrar } from "./registrar.ts";
import { type Left, withResidual } from "./residual.ts";

const TRACK = {
  serial: 1,
  posEnuM: [0, 2000, 0],
  velEnuMps: [10, 0, 0],
  covariance: new Float64Array(36),
  existence: 1,
  confirmed: true,
  firstMs: 0,
  measuredMs: 50_000,
  heightKnown: true,
  classProbabilities: { multirotor: 1, fixedWing: 0, bird: 0, mannedAircraft: 0, balloon: 0, other: 0 },
  contributions: [
    { sensor: "radar", lastMs: 50_000, hits: 9 },
    { sensor: "other", lastMs: 49_000, hits: 9 },
    { sensor: "before", lastMs: 30_000, hits: 9 },
  ],
  claims: [],
} as const satisfies TrackState;
const left = (rangeM: number, azimuthRad: number, elevationRad: number, clockS: number): Left => ({
  posEnuM: [0, 0, 0],
  residual: { rangeM, azimuthRad, elevationRad, clockS },
});

test("what is left of a bias lies along, across and above the line of sight, and along the way flown", () => {
  const { covariance: p } = withResidual(TRACK, () => left(3, 0.002, 0.001, 0.5));
  // Due north at 2 km: 3 m of range to the north; 4 m of azimuth and 5 m of clock to the east; 2 m of elevation up.
  const expected: Readonly<Record<number, number>> = { 0: 16 + 25, 7: 9, 14: 4 };
  for (let k = 0; k < 36; k++) assert.ok(Math.abs((p[k] ?? 0) - (expected[k] ?? 0)) < 1e-9, `covariance ${k}`);
  assert.equal(TRACK.covariance[0], 0, "the track that was given is left as it was");
});

test("of the sensors that hold a track the one counts that leaves least, and one of which nothing is known leaves nothing", () => {
  const known: Readonly<Record<string, Left>> = { radar: left(30, 0, 0, 0), other: left(3, 0, 0, 0), before: left(0, 0, 0, 0) };
  assert.equal(withResidual(TRACK, (sensor) => known[sensor]).covariance[7], 9);
  assert.equal(
    withResidual(TRACK, (sensor) => (sensor === "other" ? undefined : known[sensor])),
    TRACK,
  );
});

test("before references agree a plot is as good as its sensor says; then what they leave open is what is left", () => {
  const registrar = createRegistrar([RADAR]);
  assert.equal(registrar.residual("radar"), NO_BIAS);
  run(registrar, six.slice(0, 1), { toS: 30 });
  assert.equal(registrar.residual("radar"), NO_BIAS);
  run(registrar, six, { fromS: 30, toS: 120 });
  const { sigma, estimate, applied } = registrar.registrations()[0] ?? assert.fail("nothing is known of the radar");
  const residual = registrar.residual("radar");
  for (const key of ["rangeM", "azimuthRad", "elevationRad", "clockS"] as const) {
    const expected = Math.hypot(sigma[key], estimate[key] - applied[key]);
    assert.ok(Math.abs(residual[key] - expected) < 1e-9, `${key}: ${residual[key]} instead of ${expected}`);
  }
});

/** Normalised error squared of the places of all tracks before a biased radar, from the second minute on: two degrees of freedom. */
function neesOf(seed: number): number[] {
  const normal = normals(100 + seed);
  const bias = {
    rangeM: 25 * normal(),
    azimuthRad: 1.2 * RADIAN * normal(),
    elevationRad: 0.25 * RADIAN * normal(),
    clockS: 0.3 * normal(),
  };
  const sensors = [
    { ...RADAR, clutterPerLook: 1 },
    { id: "rid", posEnuM: [0, 0, 0], detectionProbability: 0.5 },
  ] as const;
  const registrar = createRegistrar(sensors);
  const tracker = createTracker({ sensors });
  const values: number[] = [];
  for (let s = 0; s < 150; s++) {
    const heard: TrackerLook[] = [];
    const listening: Registrar = {
      ...registrar,
      hear(look, verdictOf) {
        heard.push(look);
        registrar.hear(look, verdictOf);
      },
    };
    run(listening, six, {
      fromS: s,
      toS: s + 1,
      bias,
      seed: 1000 * seed + s,
      errorSeed: seed,
    });
    for (const look of heard) if (look.sensor === "radar") tracker.look(withoutBias(look, registrar.bias("radar")));
    if (s < 70 || s % 5 > 0) continue;
    const leftOf = (): Left => ({ posEnuM: RADAR.posEnuM, residual: registrar.residual("radar") });
    for (const { confirmed, posEnuM, covariance: p } of tracker.tracks(1000 * s).map((track) => withResidual(track, leftOf))) {
      if (!confirmed) continue;
      const offsets = six.map(({ truth }) => [posEnuM[0] - truth(s)[0], posEnuM[1] - truth(s)[1]] as const);
      const [x = 0, y = 0] = offsets.toSorted((a, b) => Math.hypot(...a) - Math.hypot(...b))[0] ?? [];
      const [xx = 1, xy = 0, yy = 1] = [p[0], p[1], p[7]];
      values.push((yy * x * x - 2 * xy * x * y + xx * y * y) / (xx * yy - xy * xy));
    }
  }
  return values;
}

/** Without what is left the mean is 3.2, and 95 % ellipses hold 84 %. */
test("tracks of a registered radar say how wrong they are, what is left of its bias included", () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8].flatMap(neesOf);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const held = values.filter((value) => value <= 5.991).length / values.length;
  assert.ok(mean > 1.4 && mean < 2.6, `mean NEES ${mean}`);
  assert.ok(held >= 0.9, `95 % ellipses hold ${100 * held} %`);
});
