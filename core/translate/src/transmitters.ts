import type { BasicId, Location, OperatorId, RemoteIdMessage, SelfId, System } from "@picket/remote-id";

/** The newest of each message that one transmitter sent; Basic IDs by their type, so that two of them never displace each other. */
export type Transmitter = Readonly<{
  basicIds: readonly BasicId[];
  selfId?: SelfId;
  system?: System;
  operatorId?: OperatorId;
  status?: Location["status"];
}>;

/** Transmitters, the one not heard for longest first. A plain JSON value. */
export type TransmittersState = readonly Readonly<{ address: string; heardMs: number; known: Transmitter }>[];

export type Transmitters = {
  /** Takes what one frame said, and answers all that is known of its transmitter now. Without an address nothing is remembered. */
  hear(address: string | undefined, messages: readonly RemoteIdMessage[], receivedMs: number): Transmitter;
  snapshot(): TransmittersState;
};

/** Senders repeat what does not change every three seconds; what was not heard for this long may be another aircraft's. */
export const FORGET_AFTER_MS = 60_000;
/** The one not heard for longest goes first. */
export const MAX_TRANSMITTERS = 2000;

const NOTHING_KNOWN: Transmitter = { basicIds: [] };
const ID_ORDER: readonly string[] = ["serial-number", "caa-registration", "utm-assigned", "specific-session"];

/**
 * Remembers who sends from which address. A Basic ID that contradicts the one known of its type means another aircraft with the same
 * address: all that was known is forgotten.
 */
export function createTransmitters(from: TransmittersState = []): Transmitters {
  const heard = new Map(from.map(({ address, ...rest }) => [address, rest]));

  return {
    hear(address, messages, receivedMs) {
      if (address === undefined) return merged(NOTHING_KNOWN, messages);
      const before = heard.get(address);
      const isFresh = before !== undefined && receivedMs - before.heardMs <= FORGET_AFTER_MS;
      const known = merged(isFresh ? before.known : NOTHING_KNOWN, messages);
      heard.delete(address); // a Map keeps the order of insertion, so the newest goes last
      heard.set(address, { heardMs: receivedMs, known });
      const [oldest] = heard.keys();
      if (heard.size > MAX_TRANSMITTERS && oldest !== undefined) heard.delete(oldest);
      return known;
    },
    snapshot: () => [...heard].map(([address, rest]) => ({ address, ...rest })),
  };
}

function merged(known: Transmitter, messages: readonly RemoteIdMessage[]): Transmitter {
  const isAnother = messages.some(
    (message) =>
      message.kind === "basic-id" &&
      known.basicIds.some(({ idType, uasIdHex }) => idType === message.idType && uasIdHex !== message.uasIdHex),
  );
  return messages.reduce(withMessage, isAnother ? NOTHING_KNOWN : known);
}

function withMessage(known: Transmitter, message: RemoteIdMessage): Transmitter {
  switch (message.kind) {
    case "basic-id":
      return { ...known, basicIds: withBasicId(known.basicIds, message) };
    case "self-id":
      return { ...known, selfId: message };
    case "system":
      return { ...known, system: message };
    case "operator-id":
      return { ...known, operatorId: message };
    case "location":
      return { ...known, status: message.status };
    case "authentication":
      return known;
    default:
      return message satisfies never;
  }
}

/** One of each type, in an order that does not depend on which was heard first. */
function withBasicId(known: readonly BasicId[], message: BasicId): readonly BasicId[] {
  const others = known.filter(({ idType }) => idType !== message.idType);
  return [...others, message].sort((a, b) => ID_ORDER.indexOf(a.idType) - ID_ORDER.indexOf(b.idType));
}
