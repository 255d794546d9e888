import { degFromRad, type GeoPoint, radFromDeg, WGS84_A_M, WGS84_F } from "@picket/geo";

const SCALE = 0.9996;
const FALSE_EASTING_M = 500_000;
const FALSE_NORTHING_M = 10_000_000;
const ZONE_DEG = 6;
/** Zone 1 to 60 and its latitude band, of which M and those before it lie south of the equator. */
const ZONE = /^\s*(\d{1,2})\s*([C-HJ-NP-X])?\s*$/i;
/** Beyond these there is no UTM. */
const EASTING_M = { least: 100_000, most: 900_000 };

const N = WGS84_F / (2 - WGS84_F);
const N2 = N * N;
const N3 = N2 * N;
const N4 = N3 * N;
/** Radius of the rectifying sphere. */
const RADIUS_M = (WGS84_A_M / (1 + N)) * (1 + N2 / 4 + N4 / 64);
/** From the rectifying to the conformal plane, by sines of 2, 4, 6 and 8 times the angle. */
const BETA = [
  N / 2 - (2 / 3) * N2 + (37 / 96) * N3 - N4 / 360,
  N2 / 48 + N3 / 15 - (437 / 1440) * N4,
  (17 / 480) * N3 - (37 / 840) * N4,
  (4397 / 161_280) * N4,
];
/** From conformal to geographic latitude. */
const DELTA = [
  2 * N - (2 / 3) * N2 - 2 * N3 + (116 / 45) * N4,
  (7 / 3) * N2 - (8 / 5) * N3 - (227 / 45) * N4,
  (56 / 15) * N3 - (136 / 35) * N4,
  (4279 / 630) * N4,
];

/**
 * The place of UTM coordinates in a zone such as `30U` or `30`; one without a band lies north of the equator. `undefined` where the zone is
 * none or the easting lies outside of every zone.
 *
 * @source Krüger (1912) as given by Karney (2011), "Transverse Mercator with an accuracy of a few nanometers", to the fourth order in n:
 * better than a millimetre within a zone.
 */
export function placeOfUtm(zone: string, eastingM: number, northingM: number): GeoPoint | undefined {
  const [, digits = "", band = "N"] = ZONE.exec(zone) ?? [];
  const number = Number(digits);
  if (!(number >= 1 && number <= 60) || eastingM < EASTING_M.least || eastingM > EASTING_M.most) return undefined;
  const isSouth = band.toUpperCase() < "N";
  const xi = (northingM - (isSouth ? FALSE_NORTHING_M : 0)) / (SCALE * RADIUS_M);
  const eta = (eastingM - FALSE_EASTING_M) / (SCALE * RADIUS_M);
  let xiPlane = xi;
  let etaPlane = eta;
  BETA.forEach((beta, i) => {
    const times = 2 * (i + 1);
    xiPlane -= beta * Math.sin(times * xi) * hyperbolicCosine(times * eta);
    etaPlane -= beta * Math.cos(times * xi) * hyperbolicSine(times * eta);
  });
  const conformal = Math.asin(Math.sin(xiPlane) / hyperbolicCosine(etaPlane));
  let latRad = conformal;
  DELTA.forEach((delta, i) => {
    latRad += delta * Math.sin(2 * (i + 1) * conformal);
  });
  const centralRad = radFromDeg(ZONE_DEG * number - 183);
  const lonRad = centralRad + Math.atan2(hyperbolicSine(etaPlane), Math.cos(xiPlane));
  return { latDeg: degFromRad(latRad), lonDeg: degFromRad(lonRad) };
}

const hyperbolicSine = (x: number): number => (Math.exp(x) - Math.exp(-x)) / 2;
const hyperbolicCosine = (x: number): number => (Math.exp(x) + Math.exp(-x)) / 2;
