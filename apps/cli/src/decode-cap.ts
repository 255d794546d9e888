import { decodeAlert, decodeDistribution, LIMITS } from "@picket/cap";
import type { Decoding } from "./decode-raw.ts";
import { formatFailure } from "./decode-remote-id.ts";

/** Lines for one document: an alert, or an EDXL-DE envelope and each alert in it. Holds at most what a document may have. */
export function decodeCap(): Decoding {
  let held: Uint8Array = new Uint8Array(0);
  return {
    push(chunk) {
      // One octet more than a document may have: the decoder then says that it is too large.
      if (held.length <= LIMITS.octets) held = Buffer.concat([held, chunk]).subarray(0, LIMITS.octets + 1);
      return "";
    },
    finish: () => (held.length === 0 ? "" : formatDocument(held)),
  };
}

function formatDocument(octets: Uint8Array): string {
  const alert = decodeAlert(octets);
  if (alert.ok) return formatRecord(alert.value);
  if (alert.error.code !== "not-cap") return formatFailure(alert.error);
  const envelope = decodeDistribution(octets);
  if (!envelope.ok) return formatFailure(envelope.error.code === "not-cap" ? alert.error : envelope.error);
  const { alerts, ...distribution } = envelope.value;
  return alerts.map((one) => (one.ok ? formatRecord({ ...one.value, distribution }) : formatFailure(one.error))).join("");
}

const formatRecord = (record: object): string => `${JSON.stringify({ ok: true, record })}\n`;
