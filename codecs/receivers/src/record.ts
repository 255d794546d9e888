import type { DecodeError } from "@picket/bytes";
import type { RemoteIdMessage } from "@picket/remote-id";

/** Who heard it, when by that receiver's own clock (Unix milliseconds), and how strong. */
type Heard = Readonly<{
  /** The receiver's name for itself. */
  receiver: string | undefined;
  heardMs: number | undefined;
  rssiDbm: number | undefined;
  frequencyMhz: number | undefined;
}>;

/**
 * What one aircraft broadcast of itself, as the messages of the standard. Receivers unpack them and leave parts out: what they leave out
 * is `undefined`, and the standard's version, which none of them tells, reads as the newest.
 */
export type Reception = Heard &
  Readonly<{
    kind: "reception";
    /** `dji`: DJI's own identification, told in the terms of Remote ID. */
    source: "remote-id" | "dji";
    /** The sender's address in lower case. */
    transmitter: string | undefined;
    /** The receiver's word for the way it came, such as `WLAN Beacon`. */
    transport: string | undefined;
    messages: readonly RemoteIdMessage[];
    /** The home point, where one is told beside the operator's place. */
    home: Readonly<{ latDeg: number; lonDeg: number }> | undefined;
  }>;

/** Something was heard and not decoded: an encrypted identification, or a signal. It has no position. */
export type Presence = Heard &
  Readonly<{ kind: "presence"; what: "dji-encrypted" | "signal"; label: string; bandwidthMhz: number | undefined }>;

/** An aircraft that the box's own ADS-B receiver heard. In SI units. */
export type ReceivedAircraft = Heard &
  Readonly<{
    kind: "aircraft";
    address: string;
    isIcaoAddress: boolean;
    callsign: string | undefined;
    /** Letter and number of the emitter category. */
    categoryCode: string | undefined;
    squawk: string | undefined;
    isEmergency: boolean;
    isOnGround: boolean | undefined;
    latDeg: number | undefined;
    lonDeg: number | undefined;
    /** A box that does not say which height it tells is taken at its lower word: above the pressure surface. */
    altPressureM: number | undefined;
    altHaeM: number | undefined;
    speedMps: number | undefined;
    trackDeg: number | undefined;
    verticalSpeedMps: number | undefined;
    /** NACp as sent. */
    nacP: number | undefined;
  }>;

/** The receiver's word on itself. */
export type Health = Heard &
  Readonly<{
    kind: "health";
    /** What of the receiver it is about; what it says of one leaves the others as they are. */
    about: "box" | "place" | "network";
    state: "working" | "degraded" | "failed";
    detail: string;
    /** Where it stands by its own GNSS. */
    place: Readonly<{ latDeg: number; lonDeg: number }> | undefined;
  }>;

export type ReceiverRecord = Reception | Presence | ReceivedAircraft | Health;

/** What one JSON value or line told, and what of it could not be read. */
export type DecodedRecords = Readonly<{ records: readonly ReceiverRecord[]; errors: readonly DecodeError[] }>;
