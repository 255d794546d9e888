import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { distanceM, ellipseFromCovariance, ellipseOutline, ellipseScale, geodesicInverse } from "./index.ts";

test("an ellipse made from its axes and bearing gives them back, thin ones too", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 5000, noNaN: true }),
      fc.double({ min: 1e-3, max: 0.98, noNaN: true }),
      fc.double({ min: 0, max: 3.14, noNaN: true }),
      (semiMajorM, ratio, bearingRad) => {
        const semiMinorM = ratio * semiMajorM;
        const [s, c] = [Math.sin(bearingRad), Math.cos(bearingRad)];
        const a2 = semiMajorM * semiMajorM;
        const b2 = semiMinorM * semiMinorM;
        const ellipse = ellipseFromCovariance({
          eastM2: a2 * s * s + b2 * c * c,
          northM2: a2 * c * c + b2 * s * s,
          eastNorthM2: (a2 - b2) * s * c,
        });
        assert.ok(ellipse);
        assert.ok(Math.abs(ellipse.semiMajorM / semiMajorM - 1) < 1e-12);
        // A determinant keeps 1e-16 of the square of the larger axis.
        assert.ok(Math.abs(ellipse.semiMinorM / semiMinorM - 1) < 1e-15 / (ratio * ratio));
        assert.ok(Math.abs(Math.sin(ellipse.bearingRad - bearingRad)) < 1e-12);
        assert.ok(ellipse.bearingRad >= 0 && ellipse.bearingRad < Math.PI);
      },
    ),
  );
});

test("axis-aligned, round and flat covariances are no exception", () => {
  assert.deepEqual(ellipseFromCovariance({ eastM2: 4, northM2: 9, eastNorthM2: 0 }), {
    semiMajorM: 3,
    semiMinorM: 2,
    bearingRad: 0,
  });
  assert.deepEqual(ellipseFromCovariance({ eastM2: 9, northM2: 4, eastNorthM2: 0 }), {
    semiMajorM: 3,
    semiMinorM: 2,
    bearingRad: Math.PI / 2,
  });
  assert.deepEqual(ellipseFromCovariance({ eastM2: 4, northM2: 4, eastNorthM2: 0 }), {
    semiMajorM: 2,
    semiMinorM: 2,
    bearingRad: 0,
  });
  assert.deepEqual(ellipseFromCovariance({ eastM2: 0, northM2: 0, eastNorthM2: 0 }), {
    semiMajorM: 0,
    semiMinorM: 0,
    bearingRad: 0,
  });
  assert.equal(ellipseFromCovariance({ eastM2: 1, northM2: 1, eastNorthM2: 1 })?.semiMinorM, 0);
});

test("what is no covariance has no ellipse", () => {
  assert.equal(ellipseFromCovariance({ eastM2: 1, northM2: 1, eastNorthM2: 1.1 }), undefined);
  assert.equal(ellipseFromCovariance({ eastM2: -1, northM2: 1, eastNorthM2: 0 }), undefined);
  assert.equal(ellipseFromCovariance({ eastM2: Number.NaN, northM2: 1, eastNorthM2: 0 }), undefined);
  assert.equal(ellipseFromCovariance({ eastM2: Number.POSITIVE_INFINITY, northM2: 1, eastNorthM2: 0 }), undefined);
});

test("scales are the chi-square quantiles of two dimensions", () => {
  for (const [share, scale] of [
    [0, 0],
    [0.5, 1.1774100225154747],
    [0.95, 2.4477468306808166],
    [0.99, 3.0348542587702925],
  ] as const) {
    assert.ok(Math.abs(ellipseScale(share) - scale) < 1e-14);
  }
  assert.throws(() => ellipseScale(1), { name: "RangeError", message: "Expected a share of 0 to below 1, got 1" });
});

test("an outline starts on the longer axis, runs clockwise and keeps both axes", () => {
  const centre = { latDeg: 31.76, lonDeg: -106.487 };
  const outline = ellipseOutline(centre, { semiMajorM: 400, semiMinorM: 100, bearingRad: 1 }, 2, 36);
  const first = geodesicInverse(centre, outline[0] ?? centre);
  assert.ok(Math.abs(first.distanceM - 800) < 1e-6 && Math.abs(first.bearingRad - 1) < 1e-9);
  const quarter = geodesicInverse(centre, outline[9] ?? centre);
  assert.ok(Math.abs(quarter.distanceM - 200) < 1e-6 && Math.abs(quarter.bearingRad - 1 - Math.PI / 2) < 1e-6);
  for (const point of outline) assert.ok(distanceM(centre, point) <= 800 + 1e-6 && distanceM(centre, point) >= 200 - 1e-6);
});
