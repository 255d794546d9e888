import type { Fields } from "@picket/bytes";
import type { Location } from "@picket/remote-id";
import { accuracy, readAccuracies } from "./accuracies.ts";

/**
 * The position of the older form, whose `coord` holds integers as they stand on the wire: 1e-7 degrees, half metres above −1000, quarter
 * metres a second, half metres a second upwards, tenths of a second, the track without the half turn of its western segment.
 *
 * @source bkerler/DroneID, drone.json; ASTM F3411-22a, Location/Vector.
 */
export function readWireLocation(fields: Fields, coord: Fields): Partial<Location> {
  const lat = coord.number("latitude", { min: -900_000_000, max: 900_000_000 });
  const lon = coord.number("longitude", { min: -1_800_000_000, max: 1_800_000_000 });
  const isKnown = lat !== undefined && lon !== undefined && (lat !== 0 || lon !== 0);
  const isWest = /west/i.test(fields.text("ew_dir_segment", 32) ?? "");
  const isCoarse = Number.parseFloat(fields.text("speed_multiplier", 32) ?? "") === 0.75;
  const track = coord.number("direction", { min: 0, max: 255 });
  const speed = coord.number("speed", { min: 0, max: 255 });
  const vertical = coord.number("vert_speed", { min: -128, max: 255 });
  const tenths = coord.number("timestamp", { min: 0, max: 0xffff });
  return {
    latDeg: isKnown ? lat / 1e7 : undefined,
    lonDeg: isKnown ? lon / 1e7 : undefined,
    altHaeM: wireAltitudeM(coord, "geodetic_altitude"),
    altPressureM: wireAltitudeM(coord, "pressure_altitude"),
    heightM: wireAltitudeM(coord, "height_agl"),
    trackDeg: track === undefined ? undefined : trackOf(track + (isWest ? 180 : 0)),
    speedMps: speed === undefined ? undefined : speedOf(speed, isCoarse),
    verticalSpeedMps: vertical === undefined ? undefined : verticalOf(vertical),
    ...readAccuracies(coord),
    tenthsAfterHour: tenths === undefined || tenths > 36_000 ? undefined : tenths,
    timestampAccuracyS: tenthsOf(accuracy(coord, "timestamp_accuracy", [])),
  };
}

/** Half metres above −1000; 0 is unknown. */
export function wireAltitudeM(fields: Fields, name: string): number | undefined {
  const raw = fields.number(name, { min: 0, max: 0xffff });
  return raw === undefined || raw === 0 ? undefined : raw / 2 - 1000;
}

const trackOf = (degrees: number): number | undefined => (degrees > 360 ? undefined : degrees % 360);

const speedOf = (raw: number, isCoarse: boolean): number | undefined => {
  if (!isCoarse) return raw * 0.25;
  return raw === 255 ? undefined : raw * 0.75 + 63.75;
};

/** A signed octet, which some writers leave unsigned. */
function verticalOf(raw: number): number | undefined {
  const signed = raw > 127 ? raw - 256 : raw;
  return Math.abs(signed) <= 124 ? signed / 2 : undefined;
}

const tenthsOf = (tenths: number | undefined): number | undefined => (tenths === undefined ? undefined : tenths / 10);
