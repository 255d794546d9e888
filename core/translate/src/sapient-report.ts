import type { Detection, IdentityClaim, Measurement, Signal } from "@picket/model";
import { type DetectionReport, isUlid } from "@picket/sapient";
import { present } from "./present.ts";
import { classLikelihoodsOf, emitterOf } from "./sapient-class.ts";
import type { SapientNode } from "./sapient-node.ts";
import { measurementOf, type PlaceContext } from "./sapient-place.ts";

/** A report in such a state, or of no confidence, is of nothing that is there now. */
const GONE = /\b(lost|dropped|ended|deleted|stale)\b/i;
const RSSI_DBM = { least: -200, most: 100 };
const HIGHEST_MHZ = 1_000_000;
const LARGEST_RCS_DBSM = 100;

/** What a report says was there. `undefined` when it is of nothing that is there, or a part was refused. */
export function detectionOf(report: DetectionReport, context: PlaceContext, isClassDue: boolean): Detection | undefined {
  if (report.detectionConfidence === 0 || GONE.test(report.state ?? "")) return undefined;
  const measurement = measurementOf(report, context);
  if (!measurement) return undefined;
  const { node, sensor } = context;
  const claims = claimsOf(report);
  return {
    measurement,
    emitter: emitterOf(report) ?? (sensor.kind === "directionFinder" ? "unknown" : "aircraft"),
    ...present({
      propagation: isSound(sensor.kind, node) ? ("sound" as const) : undefined,
      signal: signalOf(report, node),
      rcsDbsm: rcsOf(report, node),
      classLikelihoods: isClassDue ? classLikelihoodsOf(report) : undefined,
      claims: claims.length > 0 ? claims : undefined,
      origin: isPlace(measurement) ? `sapient:${report.reportId}` : undefined,
      object: report.objectId,
      filtered: node.isFiltered || undefined,
    }),
  };
}

/** Does a report tell of what this node itself sent to others? */
export const isOwn = ({ associatedDetection = [], derivedDetection = [] }: DetectionReport, ownNodeId: string): boolean =>
  [...associatedDetection, ...derivedDetection].some(({ nodeId }) => nodeId === ownNodeId);

const isPlace = ({ kind }: Measurement): boolean => kind === "position";
const isSound = (kind: string, { types }: SapientNode): boolean => kind === "acoustic" || types.includes("ACOUSTIC");

/** The strongest of a report's signals, in the units that the node declared; what has no unit is unknown. */
function signalOf({ signal = [] }: DetectionReport, { mhzPerUnit, isDbm }: SapientNode): Signal | undefined {
  const [first, ...rest] = signal;
  if (!first) return undefined;
  const strongest = rest.reduce((a, b) => (b.amplitude > a.amplitude ? b : a), first);
  const { amplitude, centreFrequency, startFrequency, stopFrequency } = strongest;
  const isLevel = isDbm && amplitude >= RSSI_DBM.least && amplitude <= RSSI_DBM.most;
  const widthMhz =
    mhzPerUnit !== undefined && startFrequency !== undefined && stopFrequency !== undefined
      ? Math.max(0, stopFrequency - startFrequency) * mhzPerUnit
      : undefined;
  const said = present({
    rssiDbm: isLevel ? amplitude : undefined,
    frequencyMhz: usable(mhzPerUnit === undefined ? undefined : centreFrequency * mhzPerUnit),
    bandwidthMhz: usable(widthMhz),
  });
  return Object.keys(said).length > 0 ? said : undefined;
}

function rcsOf({ objectInfo = [], trackInfo = [] }: DetectionReport, { isDbsm }: SapientNode): number | undefined {
  const told = isDbsm
    ? [...objectInfo, ...trackInfo].find(({ type }) => /^(rcs|radar cross.section)$/i.test(type.trim()))
    : undefined;
  const value = told && told.value.trim() !== "" ? Number(told.value) : Number.NaN;
  return Math.abs(value) <= LARGEST_RCS_DBSM ? value : undefined;
}

const usable = (mhz: number | undefined): number | undefined =>
  mhz !== undefined && mhz >= 0 && mhz <= HIGHEST_MHZ ? mhz : undefined;

/** A name that an object bears itself, such as a tail number; one that only the node gave is none. */
function claimsOf({ id }: DetectionReport): IdentityClaim[] {
  const value = id?.trim() ?? "";
  return /^[!-~]{2,64}$/.test(value) && !isUlid(value) ? [{ kind: "registration", value }] : [];
}
