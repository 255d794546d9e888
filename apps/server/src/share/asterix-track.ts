import type { ItemsDraft } from "@picket/asterix";
import { convertHeight } from "@picket/geo";
import type { AssessedTrack, Height, SensorKind } from "@picket/model";
import { eastNorthSigmas, sharedRootM } from "./ellipse-extent.ts";
import type { ReleasedPicture } from "./release.ts";

/** Whom a record is from. */
export type AsterixSource = Readonly<{ sac: number; sic: number }>;
/** What a record says beside the track: its number, and whether it is the first or the last of it. */
export type TrackRecord = Readonly<{ number: number; isFirst: boolean; isLast: boolean }>;

const METRES_PER_FOOT = 0.3048;
const METRES_PER_DEGREE = 111_320;
const DAY_MS = 86_400_000;
const STEPS_PER_S = 128;
/** Sensors that saw it within this count. A track that none has is carried on by its prediction alone. */
const SEEN_LATELY_MS = 3000;
/** The largest values that the items carry: ages and speeds of a quarter to a step, accuracies of half a metre's, a degree's or a foot's. */
const MOST_QUARTERS = 255 / 4;
const MOST_SIGMA_M = 65_535 / 2;
const MOST_SHARED_M = 32_767 / 2;
const MOST_SIGMA_DEG = (65_535 * 180) / 2 ** 25;
const MOST_SIGMA_FT = 255 * 6.25;
const LOWEST_FT = -1500;
const HIGHEST_FT = 150_000;
/** I062/080 SRC, where a height is from. */
const HEIGHT_BY: Partial<Record<SensorKind, number>> = { radar: 2, remoteId: 1, adsb: 1 };
const TRIANGULATION = 3;

/** Seconds since midnight, in the steps of the wire and never a whole day. */
export const timeOfDayS = (unixMs: number): number =>
  Math.floor(((((unixMs % DAY_MS) + DAY_MS) % DAY_MS) / 1000) * STEPS_PER_S) / STEPS_PER_S;

/**
 * A track as a system track of category 062, with its accuracies as standard deviations. What is not live says so as simulated, the one word
 * that there is for it; what is not confirmed is tentative.
 */
export function trackItems(
  track: AssessedTrack,
  { number, isFirst, isLast }: TrackRecord,
  source: AsterixSource,
  { site }: ReleasedPicture,
): ItemsDraft<62> {
  const { latDeg, lonDeg, ellipse, eastMps, northMps, upMps, speedSigmaMps, nowMs, measuredMs, firstMs, contributions } = track;
  const kinds = new Map<string, SensorKind>(site.sensors.map(({ id, kind }) => [id, kind]));
  const lately = contributions.filter(({ lastMs }) => nowMs - lastMs <= SEEN_LATELY_MS).map(({ sensor }) => kinds.get(sensor));
  const above = heightOf(track);
  const radarMs = Math.max(...contributions.filter(({ sensor }) => kinds.get(sensor) === "radar").map(({ lastMs }) => lastMs));
  const [eastM, northM] = eastNorthSigmas(ellipse);
  const perDegreeEast = METRES_PER_DEGREE * Math.max(0.01, Math.cos((latDeg * Math.PI) / 180));
  return {
    i010: source,
    i015: { serviceIdentification: 1 },
    i070: { timeOfTrackInformationS: timeOfDayS(nowMs) },
    i105: { latDeg, lonDeg },
    i185: { vxMps: eastMps, vyMps: northMps },
    ...addressOf(track),
    i040: { trackNumber: number },
    i080: {
      mon: lately.length === 1 ? 1 : 0,
      mrh: 1,
      src: above
        ? (lately
            .flatMap((kind) => (kind && HEIGHT_BY[kind]) ?? [])
            .sort()
            .at(-1) ?? TRIANGULATION)
        : 0,
      cnf: track.confirmed ? 0 : 1,
      sim: track.reality === "live" ? 0 : 1,
      tse: isLast ? 1 : 0,
      tsb: isFirst ? 1 : 0,
      cst: nowMs - measuredMs > SEEN_LATELY_MS ? 1 : 0,
    },
    i290: {
      trkS: Math.min(MOST_QUARTERS, Math.max(0, nowMs - firstMs) / 1000),
      ...(Number.isFinite(radarMs) && { psrS: Math.min(MOST_QUARTERS, Math.max(0, nowMs - radarMs) / 1000) }),
    },
    ...(above && { i130: { calculatedTrackGeometricAltitudeFt: above.valueM / METRES_PER_FOOT } }),
    ...(upMps !== undefined && { i220: { calculatedRateOfClimbDescentFtPerMin: (upMps * 60) / METRES_PER_FOOT } }),
    i500: {
      apc: { xM: Math.min(MOST_SIGMA_M, eastM), yM: Math.min(MOST_SIGMA_M, northM) },
      covM: Math.max(-MOST_SHARED_M, Math.min(MOST_SHARED_M, sharedRootM(ellipse))),
      apw: {
        latDeg: Math.min(MOST_SIGMA_DEG, northM / METRES_PER_DEGREE),
        lonDeg: Math.min(MOST_SIGMA_DEG, eastM / perDegreeEast),
      },
      ...(above && { agaFt: Math.min(MOST_SIGMA_FT, above.sigmaM / METRES_PER_FOOT) }),
      atv: { xMps: Math.min(MOST_QUARTERS, speedSigmaMps), yMps: Math.min(MOST_QUARTERS, speedSigmaMps) },
    },
  };
}

/** Above the ellipsoid, where that is known and I062/130 can carry it. */
function heightOf({ height, latDeg, lonDeg }: AssessedTrack): Height | undefined {
  const above = height && convertHeight(height, "hae", { latDeg, lonDeg }, {});
  const feet = (above?.valueM ?? 0) / METRES_PER_FOOT;
  return feet < LOWEST_FT || feet > HIGHEST_FT ? undefined : above;
}

/** Who it says it is, where that is released and the standard has a place for it: an ICAO address and a call sign. */
function addressOf({ identities }: AssessedTrack): Pick<ItemsDraft<62>, "i380"> {
  const claimed = (kind: string, form: RegExp) =>
    identities.find(({ claim }) => claim.kind === kind && form.test(claim.value))?.claim.value;
  const address = claimed("icao", /^[0-9a-f]{6}$/i);
  const callsign = claimed("callsign", /^[A-Z0-9]{1,8}$/);
  if (address === undefined && callsign === undefined) return {};
  return {
    i380: { ...(address !== undefined && { adr: address.toLowerCase() }), ...(callsign !== undefined && { id: callsign }) },
  };
}
