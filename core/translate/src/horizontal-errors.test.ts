import assert from "node:assert/strict";
import { test } from "node:test";
import { degFromRad, radFromDeg } from "@picket/geo";
import fc from "fast-check";
import { type HorizontalErrors, horizontalErrors, type StatedErrors } from "./horizontal-errors.ts";

const refuse = (code: string, item: string, detail: string): never => assert.fail(`${code} ${item}: ${detail}`);
const near = (value: number | undefined, expected: number, within: number): void =>
  assert.ok(Math.abs((value ?? Number.NaN) - expected) <= within, `${value} is not within ${within} of ${expected}`);

/** East, north and shared variance of an ellipse, or of a circle. */
function covarianceOf({ horizontalSigmaM, ellipse }: HorizontalErrors): readonly [ee: number, nn: number, en: number] {
  const { semiMajorM, semiMinorM, orientationDeg } = ellipse ?? {
    semiMajorM: horizontalSigmaM,
    semiMinorM: horizontalSigmaM,
    orientationDeg: 0,
  };
  const [a2, b2] = [semiMajorM * semiMajorM, semiMinorM * semiMinorM];
  const [sine, cosine] = [Math.sin(radFromDeg(orientationDeg)), Math.cos(radFromDeg(orientationDeg))];
  return [a2 * sine * sine + b2 * cosine * cosine, a2 * cosine * cosine + b2 * sine * sine, (a2 - b2) * sine * cosine];
}

test("errors that lie along the direction of one east and four north point there", () => {
  // [25 20; 20 100] has the eigenvalues 105, along (1, 4), and 20.
  const errors = horizontalErrors({ xM: 5, yM: 10, covariance: { valueM2: 20, unitM2: 0, item: "COV" } }, refuse);
  near(errors?.ellipse?.semiMajorM, Math.sqrt(105), 1e-12);
  near(errors?.ellipse?.semiMinorM, Math.sqrt(20), 1e-12);
  near(errors?.ellipse?.orientationDeg, degFromRad(Math.atan2(1, 4)), 1e-12);
  assert.equal(errors?.horizontalSigmaM, errors?.ellipse?.semiMajorM, "who reads no ellipse takes the greatest");
});

test("errors that are the same in every direction are a circle, and none stated are none", () => {
  assert.deepEqual(horizontalErrors({ xM: 7, yM: 7, yAxisRad: 1 }, refuse), { horizontalSigmaM: 7 });
  assert.equal(horizontalErrors({ xM: 0, yM: 0, unitM: 0.25 }, refuse), undefined);
  assert.equal(
    horizontalErrors({ xM: 1e200, yM: 1 }, refuse)?.horizontalSigmaM,
    Number.POSITIVE_INFINITY,
    "for its feed to refuse",
  );
});

const sigma = fc.double({ min: 0.5, max: 5000, noNaN: true });
const correlation = fc.double({ min: -0.999, max: 0.999, noNaN: true });
const turn = fc.double({ min: -7, max: 7, noNaN: true });

test("an ellipse is the matrix that was stated, turned as its axes are, and positive definite", () => {
  fc.assert(
    fc.property(sigma, sigma, correlation, turn, (xM, yM, share, yAxisRad) => {
      const valueM2 = share * xM * yM;
      const errors = horizontalErrors({ xM, yM, yAxisRad, covariance: { valueM2, unitM2: 0, item: "COV" } }, refuse);
      assert.ok(errors);
      const [ee, nn, en] = covarianceOf(errors);
      const [sine, cosine] = [Math.sin(yAxisRad), Math.cos(yAxisRad)];
      // East and north are x·cos + y·sin and y·cos - x·sin.
      const within = 1e-7 * Math.max(xM * xM, yM * yM);
      near(ee, xM * xM * cosine * cosine + yM * yM * sine * sine + 2 * valueM2 * sine * cosine, within);
      near(nn, xM * xM * sine * sine + yM * yM * cosine * cosine - 2 * valueM2 * sine * cosine, within);
      near(en, (yM * yM - xM * xM) * sine * cosine + valueM2 * (cosine * cosine - sine * sine), within);
      const { semiMajorM, semiMinorM, orientationDeg } = errors.ellipse ?? { semiMajorM: 1, semiMinorM: 1, orientationDeg: 0 };
      assert.ok(semiMinorM > 0 && semiMinorM <= semiMajorM && orientationDeg >= 0 && orientationDeg < 180);
    }),
  );
});

test("what rounding on the wire leaves open is not known", () => {
  // 8 m and 6 m that share all they have lie along (0.8, 0.6); across, along (0.6, -0.8), is left 0.36·8·0.25 + 0.64·6·0.25 + 0.48·0.25.
  const full = horizontalErrors({ xM: 8, yM: 6, unitM: 0.25, covariance: { valueM2: 48, unitM2: 0.25, item: "COV" } }, refuse);
  near(full?.ellipse?.semiMinorM, Math.sqrt(1.8), 1e-12);
  near(full?.ellipse?.semiMajorM, 10, 1e-6);
  // A little more than all is what rounding makes of it.
  const more = horizontalErrors({ xM: 8, yM: 6, unitM: 0.25, covariance: { valueM2: 48.5, unitM2: 0.25, item: "COV" } }, refuse);
  near(more?.ellipse?.semiMinorM, Math.sqrt(1.8), 0.01);
  // Along the axes nothing of the longer one's rounding is across.
  const long = horizontalErrors({ xM: 2, yM: 300, unitM: 0.25, covariance: { valueM2: 0, unitM2: 4, item: "COV" } }, refuse);
  near(long?.ellipse?.semiMinorM, 2, 1e-12);
  const none = horizontalErrors({ xM: 0, yM: 6, unitM: 0.25 }, refuse);
  near(none?.ellipse?.semiMinorM, 0.125, 1e-12);
});

test("a covariance that cannot be is refused by name, and no direction is believed to be better known than any could be", () => {
  const refused: string[] = [];
  const stated: StatedErrors = { xM: 3, yM: 4, unitM: 0.25, covariance: { valueM2: -60, unitM2: 0.25, item: "I010/500" } };
  const errors = horizontalErrors(stated, (code, item, detail) => refused.push(`${code} ${item}: ${detail}`));
  assert.deepEqual(errors, { horizontalSigmaM: 5 });
  assert.deepEqual(refused, ["impossible-covariance I010/500: -60 m² is more than errors of 3 m and 4 m can share"]);
});
