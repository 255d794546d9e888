import type { Fields } from "@picket/bytes";
import { frequencyMhz, quantity, rssiDbm } from "./quantity.ts";
import type { Presence, Reception } from "./record.ts";

const ENCRYPTED_ID = "drone-alert";
const ENCRYPTED_WORDS = /\(alert\)\s*$|encrypted/i;
/** Names that tools make up for a signal that names nobody, by its frequency or its network. */
const SIGNAL_ID = /(^|-)alert-|NETID/;
const SIGNAL_TRANSPORT = /FHSS/i;
const MOST_CHARACTERS = 64;

/**
 * What a reception comes to when nothing of it was decoded: an encrypted DJI drone, or a signal such as analogue video or a telemetry
 * radio. Tools report both as drones, with the receiver's own position in the place of one: it is left. `undefined` for a broadcast:
 * what has a sender's address is one, whatever it says of itself, so that no drone hides its position by its words.
 *
 * @source alphafox02/DragonSync docs/mqtt-schema.md and ingest/signal_ingest.py.
 */
export function presenceIn(record: Reception, description: string | undefined, signal?: Fields): Presence | undefined {
  if (record.transmitter !== undefined && !signal) return undefined;
  const ids = record.messages.flatMap((message) => (message.kind === "basic-id" ? [message.uasId ?? ""] : []));
  if (signal || ids.some((id) => SIGNAL_ID.test(id)) || SIGNAL_TRANSPORT.test(record.transport ?? ""))
    return {
      ...heardOf(record),
      what: "signal",
      label: (signal?.text("signal_type", MOST_CHARACTERS) ?? description ?? record.transport ?? "signal").slice(
        0,
        MOST_CHARACTERS,
      ),
      rssiDbm: record.rssiDbm ?? rssiDbm(signal, "rssi"),
      frequencyMhz: record.frequencyMhz ?? frequencyMhz(signal, "center_hz"),
      bandwidthMhz: signal && bandwidthMhz(signal),
    };
  if (!ENCRYPTED_WORDS.test(description ?? "") && !ids.includes(ENCRYPTED_ID)) return undefined;
  return { ...heardOf(record), what: "dji-encrypted", label: (description ?? "DJI, encrypted").slice(0, MOST_CHARACTERS) };
}

const heardOf = ({ receiver, heardMs, rssiDbm: dbm, frequencyMhz: mhz }: Reception) =>
  ({ kind: "presence", receiver, heardMs, rssiDbm: dbm, frequencyMhz: mhz, bandwidthMhz: undefined }) as const;

/** Occupied bandwidth, told in Hz; 0 is unknown. */
export function bandwidthMhz(fields: Fields): number | undefined {
  const hz = quantity(fields, "bandwidth_hz", { min: 0, max: 1e10 });
  return hz === undefined || hz === 0 ? undefined : hz / 1e6;
}
