import { fail, ok, type Result } from "@picket/bytes";
import { degFromRad, type GeoPoint, isGeoPoint } from "@picket/geo";
import type { Location } from "@picket/sapient";

/** A location's place on the ellipsoid. UTM coordinates are refused by name: their zone's letter is told in more ways than one. */
export function geographicOf({ coordinateSystem, x, y }: Location): Result<GeoPoint> {
  if (coordinateSystem === "UTM_M")
    return fail("utm", "location.coordinate_system", 0, "UTM is not converted: send LAT_LNG_DEG_M");
  const isDegrees = coordinateSystem === "LAT_LNG_DEG_M";
  const place = { latDeg: isDegrees ? y : degFromRad(y), lonDeg: isDegrees ? x : degFromRad(x) };
  return isGeoPoint(place)
    ? ok(place)
    : fail("bad-value", "location", 0, `x is the longitude and y the latitude, got ${x}, ${y}`);
}
