import type { Result } from "@picket/bytes";
import { decodeAdvertisingData } from "./advertising.ts";
import { decodeBeaconBody } from "./beacon.ts";
import type { RemoteIdFrame } from "./carrier.ts";
import { refuse } from "./errors.ts";
import { decodeActionBody } from "./nan.ts";

/** A frame as a link layer hands it up: the fields named here are all that is used, whoever took it apart. */
export type CarrierFrame =
  | Readonly<{ kind: "wifi-beacon" | "wifi-action"; body: Uint8Array }>
  | Readonly<{ kind: "ble-advertisement"; extended: boolean; data: Uint8Array }>
  | Readonly<{ kind: "udp" | "other" }>;

/** Decodes Remote ID from any of its carriers. A frame that is none, or carries none, is refused as `not-remote-id`. */
export function decodeRemoteIdFrame(frame: CarrierFrame): Result<RemoteIdFrame> {
  switch (frame.kind) {
    case "wifi-beacon":
      return decodeBeaconBody(frame.body);
    case "wifi-action":
      return decodeActionBody(frame.body);
    case "ble-advertisement":
      return decodeAdvertisingData(frame.data, frame.extended);
    case "udp":
    case "other":
      return refuse("not-remote-id", frame.kind, 0, "no carrier of Remote ID");
    default:
      return frame satisfies never;
  }
}
