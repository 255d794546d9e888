import type { TrackerSensor } from "./types.ts";

/** Complains of one field: what was expected, and what came. */
type Expect = (isSound: boolean, field: string, expected: string, value: unknown) => void;

/** A rotation's columns are as long as one and square to one another, but for rounding. */
const ROUNDING = 1e-6;

/**
 * Throws a RangeError that names the sensor and what is wrong with it: a field of view of no width sees nothing and would say nothing. A
 * probability of 0 or 1, and no clutter at all, are good words for a sheet: what is believed of them is bounded where they are used.
 */
export function checkSensors(sensors: readonly TrackerSensor[]): void {
  const ids = new Set<string>();
  for (const sensor of sensors) {
    const { id, posEnuM, toSite, detectionProbability, clutterPerLook = 0, revisitMs = 1 } = sensor;
    if (ids.has(id)) throw new RangeError(`Each sensor must have an id of its own, got ${id} twice`);
    ids.add(id);
    const expect: Expect = (isSound, field, expected, value) => {
      if (!isSound) throw new RangeError(`Sensor ${id}: ${field} must be ${expected}, got ${value}`);
    };
    expect(posEnuM.every(Number.isFinite), "posEnuM", "finite, in metres", posEnuM);
    expect(toSite === undefined || isRotation(toSite), "toSite", "a rotation", toSite);
    expect(detectionProbability >= 0 && detectionProbability <= 1, "detectionProbability", "in 0 to 1", detectionProbability);
    expect(clutterPerLook >= 0 && Number.isFinite(clutterPerLook), "clutterPerLook", "finite and not negative", clutterPerLook);
    expect(revisitMs > 0 && Number.isFinite(revisitMs), "revisitMs", "above 0 ms", revisitMs);
    checkField(sensor, expect);
    checkLimits(sensor, expect);
  }
}

function isRotation(r: readonly number[]): boolean {
  if (r.length !== 9) return false;
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      const product = r[i] * r[j] + r[3 + i] * r[3 + j] + r[6 + i] * r[6 + j];
      if (!(Math.abs(product - (i === j ? 1 : 0)) < ROUNDING)) return false;
    }
  return true;
}

/** Where it looks. */
function checkField({ fieldOfView: field, boxEnuM: box }: TrackerSensor, expect: Expect): void {
  if (field) {
    const { rangeMinM, rangeMaxM, azimuthFromRad, azimuthToRad, elevationMinRad, elevationMaxRad } = field;
    expect(rangeMinM >= 0 && rangeMinM < rangeMaxM, "fieldOfView.rangeMinM", `in 0 to below ${rangeMaxM} m`, rangeMinM);
    expect(Number.isFinite(rangeMaxM), "fieldOfView.rangeMaxM", "finite, in metres", rangeMaxM);
    for (const [name, value] of Object.entries({ azimuthFromRad, azimuthToRad }))
      expect(Number.isFinite(value), `fieldOfView.${name}`, "finite, in radians", value);
    expect(azimuthFromRad !== azimuthToRad, "fieldOfView.azimuthToRad", "a turn from azimuthFromRad, or less", azimuthToRad);
    const isHigh = elevationMinRad < elevationMaxRad && Number.isFinite(elevationMaxRad - elevationMinRad);
    expect(isHigh, "fieldOfView.elevationMinRad", `below ${elevationMaxRad} rad`, elevationMinRad);
  }
  for (const k of [0, 1, 2] as const)
    if (box) expect(box.min[k] < box.max[k] && Number.isFinite(box.max[k] - box.min[k]), "boxEnuM.min", "below its max", box.min);
}

/** What it does not see there. */
function checkLimits({ notch, resolution, shadows = [] }: TrackerSensor, expect: Expect): void {
  if (notch) {
    expect(notch.belowMps >= 0 && Number.isFinite(notch.belowMps), "notch.belowMps", "finite and not negative", notch.belowMps);
    expect(notch.pD >= 0 && notch.pD <= 1, "notch.pD", "in 0 to 1", notch.pD);
  }
  for (const field of ["rangeM", "azimuthRad", "elevationRad"] as const)
    if (resolution)
      expect(resolution[field] > 0 && Number.isFinite(resolution[field]), `resolution.${field}`, "above 0", resolution[field]);
  for (const shadow of shadows)
    for (const [name, value] of Object.entries(shadow)) expect(Number.isFinite(value), `shadows.${name}`, "finite", value);
}
