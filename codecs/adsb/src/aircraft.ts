import type { EmitterCategory } from "./category.ts";

/** How an aircraft's position became known: told by itself, by another channel for it, or measured by others. */
export type PositionSource = "adsb" | "adsr" | "adsc" | "tisb" | "mlat" | "other";

/**
 * One aircraft as a receiver tells it now, in SI units; what it does not tell is `undefined`. Feet, knots, "ground" for an altitude and
 * the padding of call signs end in the decoder.
 */
export type Aircraft = Readonly<{
  kind: "aircraft";
  /** Six hex digits in lower case; behind a "~" when the receiver says that it is no ICAO address. */
  address: string;
  /** False also for the block that no state has, from which programs take addresses for drones. */
  isIcaoAddress: boolean;
  /** The receiver's own word for what it heard, such as `adsb_icao`, `mode_s`, `tisb_other`. */
  heardAs: string | undefined;
  callsign: string | undefined;
  /** Looked up by the receiver, not broadcast. */
  registration: string | undefined;
  /** ICAO type designator, looked up by the receiver, such as `B739`. */
  typeDesignator: string | undefined;
  category: EmitterCategory | undefined;
  squawk: string | undefined;
  /** An emergency's name as broadcast, such as `lifeguard`; `undefined` for none. */
  emergency: string | undefined;
  isOnGround: boolean | undefined;
  latDeg: number | undefined;
  lonDeg: number | undefined;
  positionSource: PositionSource | undefined;
  /** How long before the report's time the position, and anything at all, was heard. */
  positionAgeS: number | undefined;
  heardAgeS: number | undefined;
  /** Above the 1013.25 hPa surface. */
  altPressureM: number | undefined;
  /** Above the WGS-84 ellipsoid. */
  altHaeM: number | undefined;
  speedMps: number | undefined;
  trackDeg: number | undefined;
  verticalSpeedMps: number | undefined;
  /** 95 % bounds (NACp, GVA, NACv). */
  horizontalAccuracyM: number | undefined;
  verticalAccuracyM: number | undefined;
  speedAccuracyMps: number | undefined;
  /** Radius that holds the aircraft but for an integrity failure (Rc, or NIC or NUCp where it is not told): no smaller than the 95 % radius. */
  containmentM: number | undefined;
  /** Relative to the receiver's full scale: no power in dBm can be told from it. */
  rssiDbfs: number | undefined;
}>;

/** What a receiver tells at one time. A document lists all that it hears; a line of a stream one aircraft. */
export type AircraftReport = Readonly<{
  kind: "aircraft-report";
  /** The receiver's clock, Unix milliseconds. */
  nowMs: number | undefined;
  /** True for a document: what it does not list is not heard. */
  isComplete: boolean;
  /** How many messages a document's receiver has decoded since it was started. */
  messages: number | undefined;
  aircraft: readonly Aircraft[];
}>;

export const METRES_PER_FOOT = 0.3048;
export const MPS_PER_KNOT = 1852 / 3600;
export const MPS_PER_FOOT_A_MINUTE = METRES_PER_FOOT / 60;
