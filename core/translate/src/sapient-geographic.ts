import { fail, ok, type Result } from "@picket/bytes";
import { degFromRad, type GeoPoint, isGeoPoint } from "@picket/geo";
import type { Location } from "@picket/sapient";
import { placeOfUtm } from "./sapient-utm.ts";

/** A location's place on the ellipsoid. UTM coordinates need their zone, with the location or as it was registered. */
export function geographicOf({ coordinateSystem, x, y, utmZone }: Location, registeredZone?: string): Result<GeoPoint> {
  if (coordinateSystem === "UTM_M") {
    const zone = utmZone ?? registeredZone;
    const place = zone === undefined ? undefined : placeOfUtm(zone, x, y);
    return place
      ? ok(place)
      : fail("utm", "location", 0, `no place in UTM: zone ${zone ?? "is not told"}, ${x} m east, ${y} m north`);
  }
  const isDegrees = coordinateSystem === "LAT_LNG_DEG_M";
  const place = { latDeg: isDegrees ? y : degFromRad(y), lonDeg: isDegrees ? x : degFromRad(x) };
  return isGeoPoint(place)
    ? ok(place)
    : fail("bad-value", "location", 0, `x is the longitude and y the latitude, got ${x}, ${y}`);
}
