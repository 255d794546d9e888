import type { DecodeError } from "@picket/bytes";
import type { FeedId, Input, PersonId, Reality, Sensor } from "@picket/model";

/** What the bytes of a feed speak. */
export const PROTOCOLS = [
  "remote-id",
  "detections",
  "adsb",
  "sbs",
  "dronescout",
  "dragonsync",
  "mesh-mapper",
  "asterix",
  "sapient",
  "cot",
] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Protocols whose bytes name their sensor: by its id, by SAC and SIC, by the id of its node. Any other feed says which one it stands for. */
const NAMES_SENSOR: ReadonlySet<Protocol> = new Set<Protocol>(["detections", "asterix", "sapient"]);
export const needsSensor = (protocol: Protocol): boolean => !NAMES_SENSOR.has(protocol);

/** What a feed stands for. */
export type TranslatorOptions = Readonly<{
  feed: FeedId;
  protocol: Protocol;
  /** The receiver whose antenna the feed is; a detection line names its own sensor. */
  sensor?: Sensor;
  /** Every sensor of the site: a line that names another is refused. */
  sensors: readonly Sensor[];
  /** What stands behind all of it; a line may say less real, never more. */
  reality: Reality;
  /** `datagram`: the end of a chunk ends a line. `stream` (when absent): lines may be cut anywhere. */
  framing?: "stream" | "datagram";
  /** Why the feed may be listened to. What needs one, DJI DroneID and signals, is left while there is none. */
  legalBasis?: string;
  /** The UUID that Picket has among SAPIENT nodes; made of the feed's id when absent. */
  nodeId?: string;
  /** A SAPIENT connection leads to a middleware, with many nodes behind it. */
  manyNodes?: boolean;
  /** What a feed of Cursor on Target is to know of its site. */
  cot?: CotOptions;
  /** What an ASTERIX feed is taken for, where it is not as usual. */
  asterix?: AsterixFeed;
}>;

/** What a feed of Cursor on Target is to know of its site. */
export type CotOptions = Readonly<{
  /** What begins every uid that the site gives: what comes back under one is our own word. */
  ownPrefix: string;
  /** Whose device stands for which protected person. Places of all others are left. */
  persons: readonly Readonly<{ uid: string; person: PersonId }>[];
}>;

/** `use`: of a sensor that sends plots and tracks, which; else its plots where it sends any. `own`: what bears this SAC and SIC is ours come back. */
export type AsterixFeed = Readonly<{
  use?: "plots" | "tracks";
  /** By category, such as `{ "62": "1.20" }`; the newest that is known where none is named. */
  editions?: Readonly<Record<string, string>>;
  own?: Readonly<{ sac: number; sic: number }>;
}>;

/**
 * What one chunk meant. `records` counts what was understood, `rejected` names each part that was not. `replies` are what the protocol has
 * the peer answered, and `hangUp` says that its stream cannot be followed any more: derived from the chunk, and decided on by nobody.
 */
export type Translated = Readonly<{
  inputs: readonly Input[];
  records: number;
  rejected: readonly DecodeError[];
  replies?: readonly Uint8Array[];
  hangUp?: boolean;
}>;

/** Gives a feed's bytes their meaning. Deterministic: the same chunks give the same inputs. */
export type Translator = {
  /** `sequence` is the chunk's place in the journal; `from` names the peer, and each peer's stream is cut apart from the others. */
  bytes(chunk: Uint8Array, receivedMs: number, from: string, sequence: number): Translated;
  /** A JSON value from which `createTranslator` goes on as if nothing had happened, in the middle of a line or packet too. */
  snapshot(): unknown;
};
