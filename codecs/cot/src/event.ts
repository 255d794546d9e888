/** Longest message that is read, XML or protobuf payload, in octets. */
export const MAX_MESSAGE_OCTETS = 262_144;

/** Deepest nesting of elements that is read; the event itself is 1. */
export const MAX_DEPTH = 32;

/**
 * An element as it stood in the XML: attributes in their order, and what it contains. Text that is only space, comments and processing
 * instructions are left out.
 */
export type CotElement = Readonly<{
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (CotElement | string)[];
}>;

/**
 * Where it is. `altHaeM` is metres above the WGS-84 ellipsoid, `circularErrorM` and `linearErrorM` how far it may be off across and in
 * height; `undefined` is unknown. Many senders without a position write latitude and longitude 0: see {@link isPlaced}.
 */
export type CotPoint = Readonly<{
  latDeg: number;
  lonDeg: number;
  altHaeM?: number | undefined;
  circularErrorM?: number | undefined;
  linearErrorM?: number | undefined;
}>;

/**
 * One Cursor on Target event. `timeMs` is when the message was made, `startMs` from when it holds, `staleMs` until when: all Unix
 * milliseconds. An event replaces all that was said before under the same `uid`.
 *
 * `detail` is every child of the detail element, known or not, in order: `readDetail` reads what is known, `detailElements` makes it, and
 * what is handed on keeps the rest. `otherAttributes` are attributes of the event that have no field here; protobuf cannot carry them.
 *
 * @source CoT event schema, version 2.0.
 */
export type CotEvent = Readonly<{
  uid: string;
  type: string;
  timeMs: number;
  startMs: number;
  staleMs: number;
  how?: string | undefined;
  access?: string | undefined;
  qos?: string | undefined;
  opex?: string | undefined;
  caveat?: string | undefined;
  releasableTo?: string | undefined;
  otherAttributes?: Readonly<Record<string, string>> | undefined;
  point: CotPoint;
  detail: readonly CotElement[];
}>;

/** What versions of the TAK protocol a sender can read. `contactUid` says whose it is where no event comes with it. */
export type TakControl = Readonly<{ minVersion: number; maxVersion: number; contactUid?: string | undefined }>;

/** One message as it came: an XML message is an event; a protobuf one may be an event, a control, or both. */
export type CotMessage =
  | Readonly<{ encoding: "xml"; event: CotEvent; control?: undefined }>
  | Readonly<{ encoding: "protobuf"; event?: CotEvent | undefined; control?: TakControl | undefined }>;

/** Whether a point can be one: not exactly latitude 0, longitude 0, which is what is written for no position at all. */
export const isPlaced = (point: CotPoint): boolean => point.latDeg !== 0 || point.lonDeg !== 0;
