import type { Items } from "@picket/asterix";
import type { BroadcastClaim, Detection, Height, IdentityClaim, Measurement, Reality } from "@picket/model";
import { flyableHeight } from "./asterix-height.ts";
import { type HorizontalErrors, horizontalErrors } from "./horizontal-errors.ts";
import { present } from "./present.ts";
import type { Refuse } from "./refuse.ts";
import { SIGMAS_IN_95_WIDTH } from "./sigmas.ts";

const METRES_PER_FOOT = 0.3048;
const METRES_PER_FLIGHT_LEVEL = 30.48;
const METRES_PER_DEGREE = 111_320;
/** I062/500: the units of APC and of COV, and of APW. */
const ERROR_UNIT_M = 1 / 2;
const ERROR_UNIT_DEG = 180 / 2 ** 25;
/** What a tracker that does not say its accuracies is believed. */
const UNSAID_HORIZONTAL_SIGMA_M = 100;
const UNSAID_SPEED_SIGMA_MPS = 5;
const UNSAID_GEOMETRIC_SIGMA_M = 75;
/** Of an altimeter and its 25 ft steps, above the pressure surface. */
const PRESSURE_SIGMA_M = 20;
/** Of a UAS report without a stated accuracy: its satellite receiver, or worse than 255 m. */
const UNSAID_UAS_SIGMA_M = 100;
const UAS_HEIGHT_SIGMA_M = 15;
const UAS_SPEED_SIGMA_MPS = 1;

/**
 * A system track as what another tracker made: filtered, with its accuracies as standard deviations. `undefined` for one that ends, that
 * is carried on without new reports, or that has no place.
 */
export function systemTrackOf(items: Items<62>, measuredMs: number, refuse: Refuse): Detection | undefined {
  const { i010, i040, i080 } = items;
  if (i080?.tse === 1 || i080?.cst === 1) return undefined;
  const measurement = trackPosition(items, refuse);
  if (!measurement) return undefined;
  const claims = trackClaims(items);
  return {
    measurement,
    emitter: "aircraft",
    ...present({ claims: claims.length > 0 ? claims : undefined }),
    origin: `asterix:${i010?.sac}/${i010?.sic}:${i040?.trackNumber}@${measuredMs}`,
    filtered: true,
  };
}

export const trackReality = ({ i080 }: Items<62>): Reality => (i080?.sim === 1 ? "simulated" : "live");

function trackPosition({ i105, i130, i136, i185, i500 }: Items<62>, refuse: Refuse): Measurement | undefined {
  if (i105?.latDeg === undefined || i105.lonDeg === undefined) return undefined;
  const { agaFt, atv } = i500 ?? {};
  const velocitySigmaMps = atv && rootMeanSquare(atv.xMps, atv.yMps);
  return {
    kind: "position",
    latDeg: i105.latDeg,
    lonDeg: i105.lonDeg,
    ...(trackErrors(i500, i105.latDeg, refuse) ?? { horizontalSigmaM: UNSAID_HORIZONTAL_SIGMA_M }),
    ...present({
      height: heightOf(i130?.calculatedTrackGeometricAltitudeFt, agaFt, i136?.measuredFlightLevel),
      velocity: i185 && { eastMps: i185.vxMps, northMps: i185.vyMps, sigmaMps: velocitySigmaMps || UNSAID_SPEED_SIGMA_MPS },
    }),
  };
}

/**
 * As an ellipse where the covariance is stated, which is told by its root with its sign; else along the axes, on the ellipsoid before those of the
 * tracker's own plane, whose north is not told and taken for true.
 *
 * @source EUROCONTROL-SPEC-0149-9 (CAT062) ed. 1.21, I062/500: APC and COV LSB 0.5 m, COV = sign(cov)·√|cov|; APW LSB 180°/2^25.
 */
function trackErrors(i500: Items<62>["i500"], latDeg: number, refuse: Refuse): HorizontalErrors | undefined {
  const { apc, apw, covM } = i500 ?? {};
  if (apw && (!apc || covM === undefined)) {
    const metresPerLonDeg = METRES_PER_DEGREE * cosDeg(latDeg);
    const stated = { xM: apw.lonDeg * metresPerLonDeg, yM: apw.latDeg * METRES_PER_DEGREE };
    return horizontalErrors({ ...stated, unitM: ERROR_UNIT_DEG * METRES_PER_DEGREE }, refuse);
  }
  const covariance = covM === undefined ? undefined : covarianceOf(covM);
  return apc && horizontalErrors({ ...apc, unitM: ERROR_UNIT_M, covariance }, refuse);
}

const covarianceOf = (rootM: number) => ({
  valueM2: rootM * Math.abs(rootM),
  unitM2: 2 * ERROR_UNIT_M * Math.abs(rootM),
  item: "I062/500",
});

/** The geometric height, above the ellipsoid, before the one above the pressure surface. */
function heightOf(geometricFt: number | undefined, sigmaFt: number | undefined, level: number | undefined): Height | undefined {
  if (geometricFt !== undefined) {
    const sigmaM = sigmaFt ? sigmaFt * METRES_PER_FOOT : UNSAID_GEOMETRIC_SIGMA_M;
    return flyableHeight(geometricFt * METRES_PER_FOOT, sigmaM, "hae");
  }
  return level === undefined ? undefined : flyableHeight(level * METRES_PER_FLIGHT_LEVEL, PRESSURE_SIGMA_M, "pressure");
}

function trackClaims({ i245, i380, i390 }: Items<62>): IdentityClaim[] {
  const claims: IdentityClaim[] = [];
  if (i380?.adr !== undefined) claims.push({ kind: "icao", value: i380.adr.toUpperCase() });
  const callsign = [i380?.id, i390?.cs, i245?.chr].find((text) => text !== undefined && /^[A-Z0-9]+$/.test(text));
  if (callsign !== undefined) claims.push({ kind: "callsign", value: callsign });
  return claims;
}

/** What a UAS identification report says: where it is, and who. The serial number is what stays. */
export function uasOf(items: Items<129>): Readonly<{ identities: IdentityClaim[]; measurement: Measurement | undefined }> {
  const { i040, i080, i090, i100, i110, i185, i220 } = items;
  const serial = i040?.serialNumber ?? "";
  const identities: IdentityClaim[] = /^[!-~]+$/.test(serial) ? [{ kind: "serial", value: serial }] : [];
  if (i080?.latDeg === undefined || i080.lonDeg === undefined) return { identities, measurement: undefined };
  const accuracyM = i110?.accuracyM;
  return {
    identities,
    measurement: {
      kind: "position",
      latDeg: i080.latDeg,
      lonDeg: i080.lonDeg,
      horizontalSigmaM: accuracyM === undefined ? UNSAID_UAS_SIGMA_M : accuracyM / SIGMAS_IN_95_WIDTH,
      ...present({
        height:
          flyableHeight(i090?.altMslM, UAS_HEIGHT_SIGMA_M, "msl") ?? flyableHeight(i100?.altAglM, UAS_HEIGHT_SIGMA_M, "agl"),
        velocity: i185 && {
          eastMps: i185.eastMps,
          northMps: i185.northMps,
          ...present({ upMps: i220?.climbMps }),
          sigmaMps: UAS_SPEED_SIGMA_MPS,
        },
      }),
    },
  };
}

/** Names the transmitter of a UAS report: what it says of itself before who passed it on. */
export const uasOrigin = ({ i010, i030, i040 }: Items<129>): BroadcastClaim["origin"] =>
  `asterix-129:${i010?.sac}/${i010?.sic}:${i030?.model ?? ""}:${i040?.serialNumber ?? ""}`;

const cosDeg = (deg: number): number => Math.cos((deg * Math.PI) / 180);
const rootMeanSquare = (a: number, b: number): number => Math.sqrt((a * a + b * b) / 2);
