import type { TrackerSensor } from "./types.ts";

/**
 * Throws a RangeError that names the sensor and what is wrong with it. A probability of 0 or 1, and no clutter at all, are good words for a
 * sheet: what is believed of them is bounded where they are used.
 */
export function checkSensors(sensors: readonly TrackerSensor[]): void {
  const ids = new Set<string>();
  for (const { id, posEnuM, toSite = [], detectionProbability, clutterPerLook = 0, revisitMs = 1, resolution } of sensors) {
    if (ids.has(id)) throw new RangeError(`Each sensor must have an id of its own, got ${id} twice`);
    ids.add(id);
    const expect = (isSound: boolean, field: string, expected: string, value: unknown): void => {
      if (!isSound) throw new RangeError(`Sensor ${id}: ${field} must be ${expected}, got ${value}`);
    };
    expect(posEnuM.every(Number.isFinite), "posEnuM", "finite, in metres", posEnuM);
    expect(toSite.every(Number.isFinite), "toSite", "a rotation", toSite);
    expect(detectionProbability >= 0 && detectionProbability <= 1, "detectionProbability", "in 0 to 1", detectionProbability);
    expect(clutterPerLook >= 0 && Number.isFinite(clutterPerLook), "clutterPerLook", "finite and not negative", clutterPerLook);
    expect(revisitMs > 0 && Number.isFinite(revisitMs), "revisitMs", "above 0 ms", revisitMs);
    if (resolution === undefined) continue;
    for (const field of ["rangeM", "azimuthRad", "elevationRad"] as const)
      expect(resolution[field] > 0 && Number.isFinite(resolution[field]), `resolution.${field}`, "above 0", resolution[field]);
  }
}
