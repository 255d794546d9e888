import assert from "node:assert/strict";
import { test } from "node:test";
import { createTracker } from "../tracker.ts";
import type { TrackerLook } from "../types.ts";
import { NO_BIAS, withoutBias } from "./bias.ts";
import { NONE, normals, RADAR, RADIAN, run, six } from "./references.fixture.ts";
import { createRegistrar, type Registrar } from "./registrar.ts";

test("what is left of a bias is added to what a plot says of its own error, and to the look's time", () => {
  const plot = { kind: "polar", rangeM: 1000, rangeSigmaM: 3, azimuthRad: 0.5, azimuthSigmaRad: 0.006 } as const;
  const detections = [{ measurement: plot }, { measurement: { ...plot, elevationRad: 0.1 } }];
  const look = { sensor: "radar", measuredMs: 5000, measuredSigmaMs: 300, receivedMs: 5600, detections } as const;
  const residual = { rangeM: 4, azimuthRad: 0.008, elevationRad: 0.008, clockS: 0.4 };
  const corrected = withoutBias(look, NONE, residual);
  assert.ok(Math.abs((corrected.measuredSigmaMs ?? 0) - 500) < 1e-9);
  const [flat, steep] = corrected.detections.map(({ measurement }) => measurement);
  assert.ok(flat?.kind === "polar" && steep?.kind === "polar");
  assert.ok(Math.abs(flat.rangeSigmaM - 5) < 1e-12 && Math.abs(flat.azimuthSigmaRad - 0.01) < 1e-12);
  assert.equal(flat.elevationRad, undefined);
  assert.ok(Math.abs((steep.elevationSigmaRad ?? 0) - 0.01) < 1e-12, "of an elevation without a sigma of its own, the azimuth's");
});

test("before references agree a plot is as good as its sensor says; then what they leave open is what is left", () => {
  const registrar = createRegistrar([RADAR]);
  assert.equal(registrar.residual("radar"), NO_BIAS);
  run(registrar, six.slice(0, 1), { toS: 30 });
  assert.equal(registrar.residual("radar"), NO_BIAS);
  run(registrar, six, { fromS: 30, toS: 120 });
  const { sigma, estimate, applied } = registrar.registrations()[0] ?? assert.fail("nothing is known of the radar");
  const left = registrar.residual("radar");
  for (const key of ["rangeM", "azimuthRad", "elevationRad", "clockS"] as const) {
    const expected = Math.hypot(sigma[key], estimate[key] - applied[key]);
    assert.ok(Math.abs(left[key] - expected) < 1e-9, `${key}: ${left[key]} instead of ${expected}`);
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
    for (const look of heard)
      if (look.sensor === "radar") tracker.look(withoutBias(look, registrar.bias("radar"), registrar.residual("radar")));
    if (s < 70 || s % 5 > 0) continue;
    for (const { confirmed, posEnuM, covariance: p } of tracker.tracks(1000 * s)) {
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
  assert.ok(mean > 1.4 && mean < 2.95, `mean NEES ${mean}`);
  assert.ok(held >= 0.86, `95 % ellipses hold ${100 * held} %`);
});
