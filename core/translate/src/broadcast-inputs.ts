import type { DecodeError } from "@picket/bytes";
import type { BroadcastClaim, Detection, IdentityClaim, Input, RawReference, Reality, Sensor, Signal } from "@picket/model";
import { createTransmitterMerger, type MergerSnapshot, type RemoteIdMessage } from "@picket/remote-id";
import { claimOf } from "./broadcast-claim.ts";
import { timeOf } from "./broadcast-time.ts";
import { createEventNames, type EventNamesState } from "./event-names.ts";
import { positionOf } from "./location-position.ts";
import { present } from "./present.ts";

/** What one receiver heard at once from one sender. */
export type Broadcast = Readonly<{
  /** Remote ID, or DJI's own identification in its terms. */
  system: "remote-id" | "dji";
  messages: readonly RemoteIdMessage[];
  /** Undefined where the receiver does not tell it. */
  address: string | undefined;
  signal: Readonly<{ signal?: Signal }>;
  /** When it was heard: by the clock that stamped it, and by ours. */
  clock: Readonly<{ capturedMs: number; receivedMs: number }>;
  receivedMs: number;
  /** The receiver's clock less ours, where it states its time. */
  receiverOffsetMs?: number;
  sensor: Sensor;
  raw: RawReference;
}>;

/** What is remembered of senders between two broadcasts. A plain JSON value. */
export type BroadcastState = Readonly<{ uas: MergerSnapshot; events: EventNamesState }>;

export type BroadcastInputs = {
  of(broadcast: Broadcast): Readonly<{ inputs: Input[]; errors: readonly DecodeError[] }>;
  snapshot(): BroadcastState;
};

/** Positions are broadcast to ten-millionths of a degree, and some receivers print six decimals. */
const DECIMALS = 6;

/**
 * A broadcast as a claim of who sends it, with all that this sender said before, and a position where it says one. The position's origin
 * is the aircraft's identity and place, so that it is one piece of evidence however many receivers, carriers and boxes tell of it.
 */
export function createBroadcastInputs(reality: Reality, from?: BroadcastState): BroadcastInputs {
  const merger = createTransmitterMerger(from?.uas);
  const events = createEventNames(DECIMALS, from?.events);

  return {
    of({ system, messages, address, signal, clock, receivedMs, receiverOffsetMs, sensor, raw }) {
      // Without an address its identity tells a sender; without either nothing can be remembered: the broadcast stands alone.
      const transmitter = address ?? identityOf(messages);
      const { uas, errors } = (transmitter === undefined ? createTransmitterMerger() : merger).add({
        transmitter: transmitter ?? "unnamed",
        receivedMs,
        messages,
      });
      const location = messages.find((message) => message.kind === "location");
      const heard = timeOf(
        location,
        messages.find((message) => message.kind === "system"),
        clock,
      );
      const { clockOffsetMs, measuredSigmaMs } = heard;
      const measuredMs = Math.min(heard.measuredMs, receivedMs);
      const common = { sensor: sensor.id, measuredMs, measuredSigmaMs, receivedMs, reality };
      const claim: BroadcastClaim = {
        kind: "claim",
        ...common,
        origin: `${system}:${transmitter ?? "unnamed"}`,
        ...claimOf(uas),
        ...signal,
        ...present({ clockOffsetMs }),
        raw,
      };
      const inputs: Input[] = [claim];
      const measurement = location && positionOf(location);
      if (measurement) {
        const isStamped = location.tenthsAfterHour !== undefined && clockOffsetMs !== undefined;
        const fixMs = Math.round(isStamped ? clock.capturedMs + clockOffsetMs : measuredMs);
        const sender = `remote-id:${uas.isIdentified ? uas.label : (transmitter ?? "unnamed")}`;
        const origin = events.name({ sender, transmitter: transmitter ?? "unnamed", place: measurement, fixMs });
        const claims = claim.identities.length > 0 ? claim.identities : unnamed(address, sensor);
        const detection: Detection = { measurement, emitter: "aircraft", ...signal, claims, origin };
        inputs.push({ kind: "scan", ...common, detections: [detection], ...present({ clockOffsetMs: receiverOffsetMs }), raw });
      }
      return { inputs, errors };
    },
    snapshot: () => ({ uas: merger.snapshot(), events: events.snapshot() }),
  };
}

/** A place that somebody claims who has not said who he is: it is hearsay all the same, and the address, if any, tells his messages apart. */
const unnamed = (address: string | undefined, { id }: Sensor): IdentityClaim[] => [
  { kind: "transmitter", value: (address ?? `unnamed at ${id}`).slice(0, 64) },
];

/** The identity that a broadcast names itself with, as far as text goes. */
function identityOf(messages: readonly RemoteIdMessage[]): string | undefined {
  const ids = messages.filter((message) => message.kind === "basic-id" && message.uasId !== undefined);
  const [first] = ids.toSorted((a, b) => rank(a) - rank(b));
  return first?.kind === "basic-id" ? first.uasId : undefined;
}

const rank = (message: RemoteIdMessage): number => (message.kind === "basic-id" && message.idType === "serial-number" ? 0 : 1);
