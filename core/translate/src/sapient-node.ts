import { distanceM, radFromDeg, wrapTurnRad } from "@picket/geo";
import type { Reality, Scan, Sensor, SensorKind, SensorReport } from "@picket/model";
import { formatUuid, type Registration, type Shape, type StatusReport, silenceOf } from "@picket/sapient";
import { geographicOf } from "./sapient-geographic.ts";
import type { TrueNorth } from "./true-north.ts";

type Mode = Registration["modeDefinition"][number];
type NodeType = Registration["nodeDefinition"][number]["nodeType"];

/** What a node's registration and newest status mean for what it reports. A plain JSON value. */
export type SapientNode = Readonly<{
  types: readonly NodeType[];
  /** Its own tracker made what it reports. */
  isFiltered: boolean;
  /** In which the errors of its locations are said: the geometric error's, else the coordinates' own. */
  errorUnits: "metres" | "coordinates";
  /** The UTM zone of its locations, where it registers one. */
  zone?: string;
  /** Metres per second of its speed unit. */
  mpsPerUnit: number;
  /** Megahertz of its frequency unit; absent where it does not say. */
  mhzPerUnit?: number;
  /** Does it say that amplitudes are in dBm, and cross sections in dBm²? */
  isDbm: boolean;
  isDbsm: boolean;
  reality: Reality;
  silentAfterMs: number;
  /** How far it says it stands from where it is configured. */
  awayM: number;
}>;

/** A node this far from where it is configured is another, or was moved: what it measures from itself cannot be placed. */
const MISPLACED_M = 200;
const MPS_PER_KPH = 1 / 3.6;
const MHZ: Readonly<Record<string, number>> = { hz: 1e-6, khz: 1e-3, mhz: 1, ghz: 1e3 };
const MOST_CHARACTERS = 200;
/** Which kinds of sensor a node of a type may be configured as; types that are not named may be any. */
const KINDS: ReadonlyMap<NodeType, readonly SensorKind[]> = new Map<NodeType, readonly SensorKind[]>([
  ["RADAR", ["radar"]],
  ["CAMERA", ["camera"]],
  ["ACOUSTIC", ["acoustic"]],
  ["PASSIVE_RF", ["directionFinder", "remoteId", "adsb"]],
  ["HUMAN", ["people"]],
]);
const REALITIES: ReadonlyMap<string, Reality> = new Map([
  ["simulated", "simulated"],
  ["simulation", "simulated"],
  ["exercise", "exercise"],
  ["test", "test"],
  ["replay", "replay"],
]);

/** SAPIENT has no flag for what is not real: a node says it in words, alone in a field of free text. */
export const realityWord = (text: string | undefined): Reality => REALITIES.get(text?.trim().toLowerCase() ?? "") ?? "live";

/** What a registration says, in the mode that the newest status names; before any status in the first that it lists. */
export function nodeOf(registration: Registration, modeName: string | undefined, awayM: number): SapientNode {
  const { nodeDefinition, modeDefinition } = registration;
  const types = nodeDefinition.map(({ nodeType }) => nodeType);
  const mode = modeDefinition.find((candidate) => candidate.modeName === modeName) ?? modeDefinition[0];
  const tracking = mode?.trackingType ?? "NONE";
  const words = [...nodeDefinition.flatMap(({ nodeSubType = [] }) => nodeSubType), mode?.modeName];
  const zone = zoneOf(registration, mode);
  const mhzPerUnit = MHZ[unitOf(mode, /frequency/i)];
  return {
    types,
    isFiltered: tracking !== "NONE" || types.includes("FUSION_NODE"),
    errorUnits: isMetres(mode) ? "metres" : "coordinates",
    ...(zone !== undefined && { zone }),
    mpsPerUnit: speedUnitOf(mode) === "KPH" ? MPS_PER_KPH : 1,
    ...(mhzPerUnit !== undefined && { mhzPerUnit }),
    isDbm: unitOf(mode, /amplitude/i) === "dbm",
    isDbsm: /^dbm2$|^dbm²$|^dbsm$/.test(unitOf(mode, /rcs|cross.section/i)),
    reality: words.map(realityWord).find((word) => word !== "live") ?? "live",
    silentAfterMs: silenceOf(registration),
    awayM,
  };
}

/** The unit that a mode declares for a field of its reports, in small letters. */
function unitOf(mode: Mode | undefined, field: RegExp): string {
  for (const { detectionReport = [] } of mode?.detectionDefinition ?? []) {
    const declared = detectionReport.find(({ type }) => field.test(type));
    if (declared) return declared.units.trim().toLowerCase();
  }
  return "";
}

/** Of what the mode detects, else of where the node stands. */
const zoneOf = ({ statusDefinition }: Registration, mode: Mode | undefined): string | undefined =>
  mode?.detectionDefinition?.find(({ locationType }) => locationType.zone !== undefined)?.locationType.zone ??
  statusDefinition.locationDefinition?.zone;

const isMetres = (mode: Mode | undefined): boolean =>
  mode?.detectionDefinition?.some(({ geometricError }) => /^m$|^met(re|er)s?$/i.test(geometricError?.units.trim() ?? "")) ===
  true;

const speedUnitOf = (mode: Mode | undefined): string | undefined =>
  mode?.detectionDefinition?.find(({ velocityType }) => velocityType?.enuVelocityUnits)?.velocityType?.enuVelocityUnits
    ?.eastNorthRateUnits;

/** Why what a node measures from where it stands cannot be placed, or undefined. */
export const misplacement = ({ awayM }: SapientNode): string | undefined =>
  awayM > MISPLACED_M ? `The node says that it stands ${Math.round(awayM)} m from where it is configured` : undefined;

/** How far from its configured place a status says that the node stands; what it was before where the status does not say. */
export function awayOf({ nodeLocation }: StatusReport, sensor: Sensor, beforeM: number, zone?: string): number {
  const place = nodeLocation && geographicOf(nodeLocation, zone);
  return place?.ok ? distanceM(place.value, sensor) : beforeM;
}

export type Word = Pick<SensorReport, "state" | "detail">;

/** A registration as the sensor's own word on itself: that it is there, and whether it is the kind that was configured. */
export function registeredWord({ types }: SapientNode, sensor: Sensor): Word {
  const stranger = types.find((type) => KINDS.get(type)?.includes(sensor.kind) === false);
  if (stranger) return { state: "degraded", detail: `It registers as ${stranger}, and is configured as ${sensor.kind}` };
  return { state: "working", detail: `Registered as ${types.join(", ")}`.slice(0, MOST_CHARACTERS) };
}

/** A status as the sensor's own word on itself: the worst of what it says, in its words. */
export function statusWord(status: StatusReport, node: SapientNode): Word {
  if (status.system === "GOODBYE") return { state: "failed", detail: "It has signed off" };
  const failing = status.status?.filter(({ statusType }) => statusType === "NOT_DETECTING") ?? [];
  const wrong =
    status.status?.filter(({ statusLevel }) => statusLevel === "ERROR_STATUS" || statusLevel === "WARNING_STATUS") ?? [];
  const misplaced = misplacement(node);
  const said = [
    misplaced,
    ...[...failing, ...wrong].map(inWords),
    status.power?.status === "FAULT" ? "Its power has a fault" : undefined,
  ].filter((words) => words !== undefined);
  const detail = (said.length > 0 ? said.join("; ") : `${status.system}, mode ${status.mode}`).slice(0, MOST_CHARACTERS);
  if (status.system === "ERROR" || failing.length > 0) return { state: "failed", detail };
  return { state: status.system === "WARNING" || said.length > 0 ? "degraded" : "working", detail };
}

const inWords = ({ statusType, statusValue }: Shape<"StatusReportStatus">): string =>
  `${statusType.replaceAll("_", " ").toLowerCase()}${statusValue ? `: ${statusValue}` : ""}`;

/** The part a node says that it has in view, where that is less than all around; undefined for its whole configured field. */
export function viewOf({ fieldOfView, coverage = [] }: StatusReport, north: TrueNorth): Scan["sector"] | undefined {
  const cone = fieldOfView?.rangeBearing ?? (coverage.length === 1 ? coverage[0]?.rangeBearing : undefined);
  if (cone?.azimuth === undefined || cone.horizontalExtent === undefined || !north.ok) return undefined;
  if (cone.datum !== "TRUE" || cone.horizontalExtent <= 0 || cone.horizontalExtent >= 360) return undefined;
  const isDegrees = cone.coordinateSystem.startsWith("DEGREES");
  const azimuthRad = (isDegrees ? radFromDeg(cone.azimuth) : cone.azimuth) + north.offsetRad;
  const halfRad = radFromDeg(cone.horizontalExtent) / 2;
  return { azimuthFromRad: wrapTurnRad(azimuthRad - halfRad), azimuthToRad: wrapTurnRad(azimuthRad + halfRad) };
}

/** The id a fusion node has when none is configured: the same for the same feed, so that a node finds the one it knows. */
export function ownNodeId(feed: string): string {
  const octets = new Uint8Array(16);
  let hash = 0x811c9dc5;
  for (let i = 0; i < octets.length; i++) {
    for (const character of `${feed}/${i}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    octets[i] = hash >>> 24;
  }
  return formatUuid(octets);
}
