import type { PositionSource } from "@picket/adsb";
import { distanceM, radFromDeg } from "@picket/geo";
import type {
  BroadcastClaim,
  Detection,
  Ellipse,
  Height,
  IdentityClaim,
  Input,
  Measurement,
  RawReference,
  Reality,
  Sensor,
} from "@picket/model";
import { CLASS_EVIDENCE_EVERY_MS, classOf } from "./aircraft-class.ts";
import { createEventNames, type EventNamesState, MAX_SENDERS } from "./event-names.ts";
import { present } from "./present.ts";
import { SIGMAS_IN_95_RADIUS, SIGMAS_IN_95_WIDTH } from "./sigmas.ts";

/** What any receiver tells of an aircraft, in SI units; unknown is `undefined`. */
export type HeardAircraft = Readonly<{
  address: string;
  isIcaoAddress: boolean;
  callsign: string | undefined;
  category: string | undefined;
  squawk: string | undefined;
  isEmergency: boolean;
  isOnGround: boolean | undefined;
  latDeg: number | undefined;
  lonDeg: number | undefined;
  positionSource: PositionSource | undefined;
  altPressureM: number | undefined;
  altHaeM: number | undefined;
  speedMps: number | undefined;
  trackDeg: number | undefined;
  verticalSpeedMps: number | undefined;
  horizontalAccuracyM: number | undefined;
  /** Where errors are not the same in every direction, which only those who work out another's place say. */
  ellipse?: Ellipse | undefined;
  verticalAccuracyM: number | undefined;
  speedAccuracyMps: number | undefined;
  containmentM: number | undefined;
}>;

/** When a position was measured and heard, and what the times are worth. */
export type AircraftTimes = Readonly<{ measuredMs: number; measuredSigmaMs: number; receivedMs: number; clockOffsetMs?: number }>;

/** What is remembered of aircraft between two messages. A plain JSON value. */
export type AircraftState = Readonly<{ events: EventNamesState; classes: readonly (readonly [string, number])[] }>;

export type AircraftInputs = {
  of(aircraft: HeardAircraft, times: AircraftTimes, sensor: Sensor, raw: RawReference): Input[];
  snapshot(): AircraftState;
};

/** What a sender that does not say its accuracy is believed: one that tells its own place, and those whose place others worked out. */
const UNSAID_HORIZONTAL_SIGMA_M: Readonly<Record<PositionSource, number>> = {
  adsb: 100,
  adsr: 100,
  adsc: 500,
  tisb: 200,
  mlat: 200,
  other: 300,
};
const UNSAID_GEOMETRIC_SIGMA_M = 75;
/** Of an altimeter and its 25 ft steps, above the pressure surface. */
const PRESSURE_SIGMA_M = 20;
const UNSAID_SPEED_SIGMA_MPS = 5;
/** Worked out by a tracker at the receiver or on the ground. */
const IS_FILTERED: ReadonlySet<PositionSource> = new Set<PositionSource>(["mlat", "tisb"]);
const EMERGENCY_SQUAWKS: ReadonlySet<string> = new Set(["7500", "7600", "7700"]);
const SURFACE: ReadonlySet<string> = new Set(["emergency-vehicle", "service-vehicle", "obstacle"]);
const FREQUENCY_MHZ = 1090;
/** SBS-1 lines have five. */
const DECIMALS = 5;

/**
 * Aircraft as claims of who flies and positions of where. What is on the ground is claimed and has no position: it does not fly, so it
 * makes no track. What is beyond the receiver's `rangeMaxM` explains nothing here and is left.
 */
export function createAircraftInputs(reality: Reality, from?: AircraftState): AircraftInputs {
  const events = createEventNames(DECIMALS, from?.events);
  const classes = new Map<string, number>(from?.classes);

  const isClassDue = (address: string, measuredMs: number): boolean => {
    const before = classes.get(address);
    if (before !== undefined && measuredMs - before < CLASS_EVIDENCE_EVERY_MS) return false;
    classes.delete(address);
    classes.set(address, measuredMs);
    const [oldest] = classes.keys();
    if (classes.size > MAX_SENDERS && oldest !== undefined) classes.delete(oldest);
    return true;
  };

  return {
    of(aircraft, times, sensor, raw) {
      const measurement = positionOf(aircraft);
      if (measurement && isBeyond(measurement, sensor)) return [];
      const origin = `adsb:${aircraft.address}`;
      const isOnGround = isGrounded(aircraft);
      const identities = identitiesOf(aircraft);
      const signal = { frequencyMhz: FREQUENCY_MHZ };
      const common = { sensor: sensor.id, ...times, reality };
      const claim: BroadcastClaim = {
        kind: "claim",
        ...common,
        origin,
        identities,
        ...present({ uaType: uaTypeOf(aircraft.category), status: statusOf(aircraft, isOnGround) }),
        signal,
        raw,
      };
      if (!measurement || isOnGround) return [claim];
      const { positionSource = "other", altHaeM, altPressureM } = aircraft;
      // A speed without a course is no velocity, which radar plots would have to agree with.
      const speedMps = measurement.velocity && aircraft.speedMps;
      const isKnown = aircraft.isIcaoAddress || aircraft.category !== undefined;
      const kind = { isUav: aircraft.category === "uav", isKnown, speedMps, altM: altHaeM ?? altPressureM };
      const detection: Detection = {
        measurement,
        emitter: "aircraft",
        signal,
        ...present({ classLikelihoods: classOf(kind, isClassDue(aircraft.address, times.measuredMs)) }),
        claims: identities,
        origin: events.name({ sender: origin, transmitter: aircraft.address, place: measurement, fixMs: times.measuredMs }),
        ...(IS_FILTERED.has(positionSource) && { filtered: true }),
      };
      const { clockOffsetMs: _, ...scanTimes } = common;
      return [claim, { kind: "scan", ...scanTimes, detections: [detection], raw }];
    },
    snapshot: () => ({ events: events.snapshot(), classes: [...classes] }),
  };
}

/** One that is there whatever is known: an address that is no ICAO address names its sender for as long as it flies. */
function identitiesOf({ address, isIcaoAddress, callsign }: HeardAircraft): IdentityClaim[] {
  const identities: IdentityClaim[] = [
    isIcaoAddress ? { kind: "icao", value: address.toUpperCase() } : { kind: "session", value: address },
  ];
  if (callsign !== undefined) identities.push({ kind: "callsign", value: callsign });
  return identities;
}

/** A vehicle's category alone says that it is on the ground, unless an altitude belies it. */
const isGrounded = ({ isOnGround, category, altHaeM, altPressureM }: HeardAircraft): boolean =>
  isOnGround === true || (SURFACE.has(category ?? "") && altHaeM === undefined && altPressureM === undefined);

/** In words that say unmanned or on the ground, and otherwise nothing: kinds of manned aircraft are no kinds of drones. */
function uaTypeOf(category: string | undefined): string | undefined {
  if (category === "uav") return "unmanned aircraft";
  return SURFACE.has(category ?? "") ? category?.replace("-", " ") : undefined;
}

function statusOf({ isEmergency, squawk, isOnGround }: HeardAircraft, isGround: boolean): BroadcastClaim["status"] {
  if (isEmergency || EMERGENCY_SQUAWKS.has(squawk ?? "")) return "emergency";
  if (isGround) return "ground";
  return isOnGround === false ? "airborne" : undefined;
}

type Position = Extract<Measurement, { kind: "position" }>;

/**
 * Where an aircraft is. Its horizontal sigma is its 95 % radius (NACp) over 2.45, else its containment radius over the same, which can
 * only be too wide. Of its heights the geometric one is taken, above the ellipsoid, before the one above the pressure surface.
 */
function positionOf(aircraft: HeardAircraft): Position | undefined {
  const { latDeg, lonDeg, positionSource = "other", horizontalAccuracyM, containmentM, ellipse } = aircraft;
  if (latDeg === undefined || lonDeg === undefined) return undefined;
  const boundM = horizontalAccuracyM ?? containmentM;
  const horizontalSigmaM = boundM === undefined ? UNSAID_HORIZONTAL_SIGMA_M[positionSource] : boundM / SIGMAS_IN_95_RADIUS;
  return {
    kind: "position",
    latDeg,
    lonDeg,
    horizontalSigmaM,
    ...present({ ellipse, height: heightOf(aircraft), velocity: velocityOf(aircraft) }),
  };
}

function heightOf({ altHaeM, altPressureM, verticalAccuracyM }: HeardAircraft): Height | undefined {
  if (altHaeM !== undefined) {
    const sigmaM = verticalAccuracyM === undefined ? UNSAID_GEOMETRIC_SIGMA_M : verticalAccuracyM / SIGMAS_IN_95_WIDTH;
    return { valueM: altHaeM, sigmaM, reference: "hae" };
  }
  return altPressureM === undefined ? undefined : { valueM: altPressureM, sigmaM: PRESSURE_SIGMA_M, reference: "pressure" };
}

function velocityOf({ speedMps, trackDeg, verticalSpeedMps, speedAccuracyMps }: HeardAircraft): Position["velocity"] {
  if (speedMps === undefined || trackDeg === undefined) return undefined;
  const trackRad = radFromDeg(trackDeg);
  return {
    eastMps: speedMps * Math.sin(trackRad),
    northMps: speedMps * Math.cos(trackRad),
    ...present({ upMps: verticalSpeedMps }),
    sigmaMps: speedAccuracyMps === undefined ? UNSAID_SPEED_SIGMA_MPS : speedAccuracyMps / SIGMAS_IN_95_RADIUS,
  };
}

/** A receiver that nobody has placed yet stands at 0°, 0° and has no range. */
const isBeyond = (position: Position, sensor: Sensor): boolean =>
  (sensor.latDeg !== 0 || sensor.lonDeg !== 0) && distanceM(sensor, position) > sensor.rangeMaxM;
