import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { normals } from "../testing/normals.ts";
import type { EnuM, TrackerDetection } from "../types.ts";
import { withoutBias } from "./bias.ts";
import { ACTUAL, circling, NONE, type Path, RADAR, RADIAN, type Reference, run, six } from "./references.fixture.ts";
import { createRegistrar, type Registrar } from "./registrar.ts";
import type { Registration } from "./registration.ts";

const of = (registrar: Registrar): Registration => registrar.registrations()[0] ?? assert.fail("nothing is known of the radar");

test("azimuth, range, elevation and clock are found within a minute, and within what is said of their error", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const registrar = createRegistrar([RADAR]);
    run(registrar, six, { toS: 60, seed });
    const { state, applied, estimate, sigma, references } = of(registrar);
    assert.equal(state, "registered");
    assert.ok(references >= 4, `${references} references`);
    for (const key of ["rangeM", "azimuthRad", "elevationRad", "clockS"] as const) {
      const off = (estimate[key] - ACTUAL[key]) / sigma[key];
      assert.ok(Math.abs(off) < 4, `seed ${seed}: ${key} is ${off} sigma off`);
    }
    assert.ok(Math.abs(applied.azimuthRad - ACTUAL.azimuthRad) < 0.25 * RADIAN, `azimuth by ${applied.azimuthRad / RADIAN}°`);
    assert.ok(Math.abs(applied.rangeM - ACTUAL.rangeM) < 10, `range by ${applied.rangeM} m`);
    assert.ok(Math.abs(applied.clockS - ACTUAL.clockS) < 0.35, `clock by ${applied.clockS} s`);
  }
});

test("a sensor without a bias is hardly corrected", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const registrar = createRegistrar([RADAR]);
    run(registrar, six, { toS: 120, bias: NONE, seed });
    const { applied } = of(registrar);
    assert.ok(Math.abs(applied.azimuthRad) < 0.15 * RADIAN && Math.abs(applied.rangeM) < 6, JSON.stringify(applied));
  }
});

test("one reference alone moves nothing, however long it is heard", () => {
  const registrar = createRegistrar([RADAR]);
  run(registrar, six.slice(0, 1), { toS: 120 });
  assert.equal(of(registrar).state, "unknown");
  assert.deepEqual(registrar.bias("radar"), NONE);
});

test("a claim that is not genuine moves nothing", () => {
  const registrar = createRegistrar([RADAR]);
  run(
    registrar,
    six.map((one) => ({ ...one, verdict: "unconfirmed" as const })),
    { toS: 60 },
  );
  assert.deepEqual(registrar.registrations(), []);
});

test("beside genuine claims those of which nobody knows are no references", () => {
  const registrar = createRegistrar([RADAR]);
  const some = six.map((one, k) => (k < 4 ? one : { ...one, verdict: "unconfirmed" as const }));
  run(registrar, some, { toS: 60 });
  assert.ok(of(registrar).references <= 4 && of(registrar).references >= 2, `${of(registrar).references} references`);
});

test("a spoofed claim that walks off, a metre every two seconds, is not followed: before, while and after registering", () => {
  const honest = six.slice(0, 4);
  const walks: Reference = {
    claim: "serial:spoof",
    truth: circling(5),
    said: (tS) => {
      const [e, n, u] = circling(5)(tS);
      return [e + 0.5 * tS, n, u];
    },
  };
  const alone = createRegistrar([RADAR]);
  run(alone, honest, { toS: 240, bias: NONE, seed: 3 });
  const poisoned = createRegistrar([RADAR]);
  run(poisoned, [...honest, walks], { toS: 240, bias: NONE, seed: 3 });
  const { applied, state } = of(poisoned);
  assert.equal(state, "registered");
  assert.ok(Math.abs(applied.azimuthRad) < 0.25 * RADIAN && Math.abs(applied.rangeM) < 6, JSON.stringify(applied));

  const alsoAlone = createRegistrar([RADAR]);
  run(alsoAlone, [walks], { toS: 240, bias: NONE, seed: 3 });
  assert.deepEqual(alsoAlone.bias("radar"), NONE);
  const onlyTwo = createRegistrar([RADAR]);
  run(onlyTwo, [...honest.slice(0, 1), walks], { toS: 240, bias: NONE, seed: 3 });
  const reach = of(onlyTwo).applied;
  assert.ok(Math.abs(reach.azimuthRad) < 0.5 * RADIAN, `one honest and one spoof: ${reach.azimuthRad / RADIAN}°`);
});

test("three spoofs that agree move a registered sensor by no more than three sigma of what it was registered with", () => {
  const registrar = createRegistrar([RADAR]);
  run(registrar, six, { toS: 60, bias: NONE });
  const before = of(registrar);
  assert.equal(before.state, "registered");
  const turned = (k: number): Reference => ({
    claim: `serial:false${k}`,
    truth: circling(k),
    // As though the radar had turned: a quarter of a degree each ten seconds.
    said: (tS) => {
      const [e, n, u] = circling(k)(tS);
      const angle = ((tS - 60) / 40) * RADIAN;
      return [e * Math.cos(angle) + n * Math.sin(angle), n * Math.cos(angle) - e * Math.sin(angle), u];
    },
  });
  run(registrar, [turned(0), turned(1), turned(2)], { fromS: 60, toS: 300, bias: NONE });
  const after = of(registrar);
  assert.equal(after.state, "turned");
  assert.ok(
    Math.abs(after.applied.azimuthRad - before.estimate.azimuthRad) < 1 * RADIAN,
    `${after.applied.azimuthRad / RADIAN}°`,
  );
});

for (const turnDeg of [2, 3.5, 5, 12])
  test(`a sensor that turns by ${turnDeg}° is said to have turned, is not followed, and is when a person accepts it`, () => {
    const registrar = createRegistrar([RADAR]);
    run(registrar, six, { toS: 60, bias: NONE });
    assert.equal(of(registrar).state, "registered");
    assert.equal(registrar.accept("radar", 60_000), false);
    const bias = { ...NONE, azimuthRad: turnDeg * RADIAN };
    run(registrar, six, { fromS: 60, toS: 90, bias });
    const turned = of(registrar);
    assert.equal(turned.state, "turned");
    assert.ok(Math.abs(turned.applied.azimuthRad) < 0.6 * RADIAN, `${turned.applied.azimuthRad / RADIAN}°`);
    assert.ok(Math.abs(turned.estimate.azimuthRad - turnDeg * RADIAN) < 0.5 * RADIAN, `${turned.estimate.azimuthRad / RADIAN}°`);
    assert.equal(registrar.accept("radar", 90_000), true);
    run(registrar, six, { fromS: 90, toS: 180, bias });
    const accepted = of(registrar);
    assert.equal(accepted.state, "registered");
    assert.ok(
      Math.abs(accepted.applied.azimuthRad - turnDeg * RADIAN) < 0.3 * RADIAN,
      `${accepted.applied.azimuthRad / RADIAN}°`,
    );
  });

test("a sensor that has turned goes on saying by how many that is told, but is not accepted once they have fallen silent", () => {
  const registrar = createRegistrar([RADAR]);
  run(registrar, six, { toS: 60, bias: NONE });
  run(registrar, six, { fromS: 60, toS: 90, bias: { ...NONE, azimuthRad: 4 * RADIAN } });
  const turned = of(registrar);
  assert.ok(turned.state === "turned" && turned.references >= 3, `${turned.references}`);
  const soon = createRegistrar([RADAR], structuredClone(registrar.state()));
  assert.equal(soon.accept("radar", 260_000), true, "while what they said is fresh");
  const atOnce = createRegistrar([RADAR], structuredClone(registrar.state()));
  assert.equal(atOnce.accept("radar", 400_000), false, "before anything was worked out anew");
  // Longer than evidence is kept.
  for (let s = 90; s < 400; s++) registrar.advance(1000 * s);
  assert.deepEqual([of(registrar).state, of(registrar).references], ["turned", turned.references]);
  assert.equal(registrar.accept("radar", 400_000), false);
  assert.deepEqual(of(registrar).applied, turned.applied);
  // It was mounted right meanwhile: one reference alone cannot tell so, and several end it.
  run(registrar, six.slice(0, 1), { fromS: 400, toS: 420, bias: NONE });
  assert.equal(registrar.accept("radar", 420_000), false);
  run(registrar, six, { fromS: 420, toS: 450, bias: NONE });
  assert.equal(of(registrar).state, "registered");
});

/** Drones that fly around the radar at ranges of their own. */
const apart = Array.from({ length: 4 }, (_, k): Reference => {
  const [groundM, turn] = [1500 + 400 * k, 0.01 - 0.004 * (k % 2)];
  const truth: Path = (tS) => [groundM * Math.sin(1.5 * k + turn * tS), groundM * Math.cos(1.5 * k + turn * tS), 100];
  return { claim: `serial:${k}`, truth };
});

for (const turnDeg of [20, 45, 90, 170]) {
  test(`a sensor that turns by ${turnDeg}° is lost within 15 s, though other drones fly at the same ranges`, () => {
    const registrar = createRegistrar([RADAR]);
    run(registrar, six, { toS: 60, bias: NONE });
    const bias = { ...NONE, azimuthRad: turnDeg * RADIAN };
    let toldS = 0;
    for (let s = 60; s < 120; s++) {
      run(registrar, six, { fromS: s, toS: s + 1, bias, seed: s });
      const { state, applied } = of(registrar);
      if (state === "lost" || state === "turned") toldS ||= s - 60;
      if (toldS > 0) assert.ok(state === "lost" || state === "turned", `${state} again after ${s} s`);
      assert.ok(Math.abs(applied.azimuthRad) < 0.6 * RADIAN, "nobody has accepted it");
    }
    assert.ok(toldS > 0 && toldS <= 15, `told after ${toldS} s`);
  });

  test(`a sensor that is lost since it turned by ${turnDeg}° is told by how much, and a person may accept it`, () => {
    const registrar = createRegistrar([RADAR]);
    run(registrar, apart, { toS: 90, bias: NONE });
    assert.equal(of(registrar).state, "registered");
    const bias = { ...NONE, azimuthRad: turnDeg * RADIAN };
    run(registrar, apart, { fromS: 90, toS: 130, bias });
    const { state, estimate } = of(registrar);
    assert.equal(state, "turned");
    assert.ok(Math.abs(estimate.azimuthRad - bias.azimuthRad) < 0.05 * bias.azimuthRad, `${estimate.azimuthRad / RADIAN}°`);
    assert.equal(registrar.accept("radar", 130_000), true);
    run(registrar, apart, { fromS: 130, toS: 230, bias });
    const accepted = of(registrar);
    assert.equal(accepted.state, "registered");
    assert.ok(Math.abs(accepted.applied.azimuthRad - bias.azimuthRad) < 0.3 * RADIAN, `${accepted.applied.azimuthRad / RADIAN}°`);
  });
}

test("a registered sensor is not lost for a reference that is hidden, hovers, or is farther than it ever saw one", () => {
  const six3 = six.slice(0, 3);
  const begun = createRegistrar([RADAR]);
  run(begun, six, { toS: 60, bias: NONE });
  const stays = (k: number): Reference => ({ claim: `serial:hover${k}`, truth: () => [1000 + 300 * k, -1500, 80] });
  const far = (k: number): Reference => ({ claim: `serial:far${k}`, truth: (tS) => [9000 - 12 * tS, 300 * k, 200] });
  const unseen = [stays(0), stays(1), stays(2), far(0), far(1), far(2)];
  const registrar = createRegistrar([RADAR], begun.state());
  for (let s = 60; s < 120; s++) {
    run(registrar, six3, { fromS: s, toS: s + 1, bias: NONE, seed: s });
    for (const { claim, truth } of unseen) {
      const measurement = { kind: "position", posEnuM: truth(s), horizontalSigmaM: 6, verticalSigmaM: 9 } as const;
      const times = { measuredMs: 1000 * s, receivedMs: 1000 * s };
      registrar.hear({ sensor: "rid", ...times, detections: [{ measurement, claim }] }, () => "genuine");
    }
  }
  assert.equal(of(registrar).state, "registered");
  assert.equal(of(registrar).missing, 0);
});

test("a sensor that was lost and finds its references again is registered as before", () => {
  const registrar = createRegistrar([RADAR]);
  run(registrar, six, { toS: 60, bias: NONE });
  run(registrar, six, { fromS: 60, toS: 75, bias: { ...NONE, azimuthRad: Math.PI / 2 } });
  assert.equal(of(registrar).state, "lost");
  run(registrar, six, { fromS: 75, toS: 90, bias: NONE });
  assert.equal(of(registrar).state, "registered");
});

test("an honest claim that is 80 m off does not move the rest", () => {
  const registrar = createRegistrar([RADAR]);
  const wrongDatum: Reference = {
    claim: "serial:datum",
    truth: circling(5),
    said: (tS) => {
      const [e, n, u] = circling(5)(tS);
      return [e + 70, n + 40, u];
    },
  };
  run(registrar, [...six.slice(0, 4), wrongDatum], { toS: 90, bias: NONE });
  const { applied, references } = of(registrar);
  assert.equal(references, 4);
  assert.ok(Math.abs(applied.azimuthRad) < 0.15 * RADIAN && Math.abs(applied.rangeM) < 6, JSON.stringify(applied));
});

test("a state that was written out and read in goes on alike", () => {
  const registrar = createRegistrar([RADAR]);
  run(registrar, six, { toS: 40 });
  const restored = createRegistrar([RADAR], structuredClone(registrar.state()));
  run(registrar, six, { fromS: 40, toS: 60 });
  run(restored, six, { fromS: 40, toS: 60 });
  assert.deepEqual(restored.state(), registrar.state());
});

for (const [how, next] of [
  ["moved", { ...RADAR, posEnuM: [100, 0, 10] }],
  ["set to north otherwise", { ...RADAR, northing: "true 4" }],
] as const)
  test(`a sensor that is ${how} begins anew, live or over a restart`, () => {
    const registrar = createRegistrar([RADAR]);
    run(registrar, six, { toS: 60 });
    const state = structuredClone(registrar.state());
    assert.deepEqual(createRegistrar([RADAR], structuredClone(state)).registrations(), registrar.registrations());
    assert.deepEqual(createRegistrar([next], state).registrations(), []);
    registrar.sensors([next]);
    assert.deepEqual(registrar.registrations(), []);
    registrar.advance(70_000);
    assert.deepEqual(registrar.registrations(), [], "nothing is learned of what it saw before");
  });

/** Three to ten references of a stated sigma in every direction before a radar of a stated sigma, both as good as they say. */
function runPrecise(registrar: Registrar, plotRad: number, referenceM: number, count: number, toS: number): void {
  const normal = normals(3);
  for (let s = 0; s < toS; s++) {
    const detections: TrackerDetection[] = [];
    for (let k = 0; k < count; k++) {
      const [angle, groundM] = [(2 * Math.PI * k) / count + 0.01 * s, 1500 + 300 * k];
      const posEnuM: EnuM = [groundM * Math.sin(angle), groundM * Math.cos(angle), 100];
      const place = { kind: "position", posEnuM, horizontalSigmaM: referenceM, verticalSigmaM: referenceM } as const;
      const times = { measuredMs: 1000 * s + 40 * k, receivedMs: 1000 * s + 400 };
      registrar.hear({ sensor: "rid", ...times, detections: [{ measurement: place, claim: `serial:${k}` }] }, () => "genuine");
      const plot = {
        kind: "polar",
        rangeM: Math.hypot(groundM, 90) + 1000 * plotRad * normal(),
        rangeSigmaM: 1000 * plotRad,
        azimuthRad: angle + plotRad * normal(),
        azimuthSigmaRad: plotRad,
        elevationRad: Math.atan2(90, groundM) + plotRad * normal(),
        elevationSigmaRad: plotRad,
      } as const;
      detections.push({ measurement: plot });
    }
    registrar.hear({ sensor: "radar", measuredMs: 1000 * s + 50, receivedMs: 1000 * s + 400, detections }, () => "genuine");
    registrar.advance(1000 * s + 500);
  }
}

test("a radar of 0.1 mrad is registered by own drones that know their place to 5 cm", () => {
  const registrar = createRegistrar([RADAR]);
  runPrecise(registrar, 1e-4, 0.05, 10, 120);
  const { state, estimate } = of(registrar);
  assert.equal(state, "registered");
  assert.ok(Math.abs(estimate.azimuthRad) < 0.05 * RADIAN && Math.abs(estimate.rangeM) < 1, JSON.stringify(estimate));
  assert.deepEqual(registrar.takeRejections(), []);
});

test("whatever sigmas are stated, from none to a thousand, the registrar answers and gives no number that is none", () => {
  const sigma = fc.oneof(
    fc.constant(0),
    fc.integer({ min: -15, max: 3 }).map((exponent) => Number(`1e${exponent}`)),
  );
  fc.assert(
    fc.property(sigma, sigma, fc.integer({ min: 2, max: 6 }), (plotRad, referenceM, count) => {
      const registrar = createRegistrar([RADAR]);
      runPrecise(registrar, plotRad, referenceM, count, 30);
      for (const { applied, estimate, sigma: spread } of registrar.registrations())
        for (const value of [applied, estimate, spread].flatMap((bias) => Object.values(bias)))
          assert.ok(Number.isFinite(value), `${value}`);
    }),
    { numRuns: 40, seed: 7 },
  );
});

test("what a tracker would refuse is refused by the same name, and nothing is learned of it", () => {
  const registrar = createRegistrar([RADAR]);
  run(registrar, six, { toS: 60 });
  const before = structuredClone(registrar.state());
  const bearing = { kind: "bearing", azimuthRad: Number.NaN, azimuthSigmaRad: 0.01 } as const;
  const place = { kind: "position", posEnuM: [Number.NaN, 0, 0], horizontalSigmaM: 5 } as const;
  const times = { measuredMs: 60_000, receivedMs: 60_000 };
  registrar.hear({ sensor: "rid", ...times, detections: [{ measurement: place, claim: "serial:0" }] }, () => "genuine");
  registrar.hear({ sensor: "radar", ...times, detections: [{ measurement: bearing, emitter: "aircraft" }] }, () => "genuine");
  registrar.hear({ sensor: "radar", measuredMs: Number.NaN, receivedMs: 60_000, detections: [] }, () => "genuine");
  assert.deepEqual(registrar.takeRejections(), [
    { code: "not-finite", sensor: "rid", count: 1 },
    { code: "not-finite", sensor: "radar", count: 2 },
  ]);
  assert.deepEqual(registrar.state().paths, before.paths);
});

test("evidence of which nothing can be worked out is left out and counted", () => {
  const registrar = createRegistrar([RADAR]);
  run(registrar, six, { toS: 60 });
  const poisoned = registrar.state().sensors.get("radar")?.evidence.get("serial:0") ?? assert.fail("serial:0 is no reference");
  poisoned.matrix.fill(Number.MAX_VALUE);
  run(registrar, six, { fromS: 60, toS: 75 });
  assert.deepEqual(registrar.takeRejections(), [{ code: "unusable-reference", sensor: "radar", count: 1 }]);
  assert.equal(of(registrar).state, "registered");
});

test("a corrected look is what a sensor without the bias would have given", () => {
  const detection = {
    measurement: { kind: "polar", rangeM: 1040, rangeSigmaM: 5, azimuthRad: 0.5, azimuthSigmaRad: 0.01 },
  } as const;
  const look = withoutBias({ sensor: "radar", measuredMs: 5500, receivedMs: 5600, detections: [detection] }, ACTUAL);
  assert.equal(look.measuredMs, 5000);
  assert.deepEqual(look.detections[0]?.measurement, {
    ...detection.measurement,
    rangeM: 1000,
    azimuthRad: 0.5 - ACTUAL.azimuthRad,
  });
});
