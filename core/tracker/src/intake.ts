import type { TrackerDetection, TrackerLook, TrackerMeasurement, TrackerRejection } from "./types.ts";

type Code = TrackerRejection["code"];

const FARTHEST_M = 1e6;
const FASTEST_MPS = 2000;
/** A sensor whose clock is farther ahead of ours than this is not believed. */
const AHEAD_MS = 5000;

/** Counts what was refused, by sensor and code, in order of first appearance. */
export type Rejections = Map<string, { code: Code; sensor: string; count: number }>;

export function reject(rejections: Rejections, code: Code, sensor: string): undefined {
  const key = `${code} ${sensor}`;
  const entry = rejections.get(key) ?? { code, sensor, count: 0 };
  rejections.set(key, { ...entry, count: entry.count + 1 });
  return undefined;
}

/**
 * A look that can be used: times sound, unusable detections counted and left out, the rest in an order that does not depend on the
 * order they came in. `undefined` when the look itself cannot be used. Nothing was seen after it was heard of.
 */
export function takeIn(look: TrackerLook, rejections: Rejections): TrackerLook | undefined {
  if (!Number.isFinite(look.measuredMs) || !Number.isFinite(look.receivedMs))
    return reject(rejections, "not-finite", look.sensor);
  if (look.measuredMs - look.receivedMs > AHEAD_MS) return reject(rejections, "absurd", look.sensor);
  if (look.sector && !(Number.isFinite(look.sector.azimuthFromRad) && Number.isFinite(look.sector.azimuthToRad)))
    return reject(rejections, "not-finite", look.sensor);
  const keyed: { key: string; detection: TrackerDetection }[] = [];
  for (const detection of look.detections) {
    const fault = faultOf(detection);
    if (fault) reject(rejections, fault, look.sensor);
    else keyed.push({ key: JSON.stringify(detection), detection });
  }
  keyed.sort((a, b) => leading(a.detection) - leading(b.detection) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return { ...look, measuredMs: Math.min(look.measuredMs, look.receivedMs), detections: keyed.map(({ detection }) => detection) };
}

/** What sorts most detections apart before their whole text must. */
function leading({ measurement }: TrackerDetection): number {
  return measurement.kind === "position" ? measurement.posEnuM[0] : measurement.azimuthRad;
}

function faultOf(detection: TrackerDetection): Code | undefined {
  const { classLikelihoods, clutterLikelihood = 1 } = detection;
  const likelihoods = [clutterLikelihood, ...Object.values(classLikelihoods ?? {})];
  if (!likelihoods.every((value) => Number.isFinite(value))) return "not-finite";
  if (likelihoods.some((value) => value < 0)) return "absurd";
  return faultOfMeasurement(detection.measurement);
}

function faultOfMeasurement(m: TrackerMeasurement): Code | undefined {
  if (m.kind === "position") {
    const [e, n, u] = m.posEnuM;
    const places = m.verticalSigmaM === undefined ? [e, n] : [e, n, u];
    return faultOfNumbers({
      places,
      sigmas: [m.horizontalSigmaM, m.verticalSigmaM ?? 1, m.velocitySigmaMps ?? 1],
      speeds: [...(m.velEnuMps ?? [])],
      angles: [],
    });
  }
  return (
    faultOfNumbers({
      places: m.kind === "polar" ? [m.rangeM] : [],
      sigmas: [
        m.azimuthSigmaRad,
        m.elevationSigmaRad ?? m.azimuthSigmaRad,
        ...(m.kind === "polar" ? [m.rangeSigmaM, m.rangeRateSigmaMps ?? 1] : []),
      ],
      speeds: m.kind === "polar" && m.rangeRateMps !== undefined ? [m.rangeRateMps] : [],
      angles: [m.azimuthRad, m.elevationRad ?? 0],
    }) ?? (m.kind === "polar" && m.rangeM <= 0 ? "absurd" : undefined)
  );
}

type Numbers = Readonly<Record<"places" | "sigmas" | "speeds" | "angles", readonly number[]>>;

function faultOfNumbers({ places, sigmas, speeds, angles }: Numbers): Code | undefined {
  for (const group of [places, sigmas, speeds, angles]) if (!group.every((value) => Number.isFinite(value))) return "not-finite";
  const isAbsurd =
    places.some((value) => Math.abs(value) > FARTHEST_M) ||
    sigmas.some((value) => value <= 0 || value > FARTHEST_M) ||
    speeds.some((value) => Math.abs(value) > FASTEST_MPS) ||
    angles.some((value) => Math.abs(value) > 4 * Math.PI);
  return isAbsurd ? "absurd" : undefined;
}
