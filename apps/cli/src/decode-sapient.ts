import type { CapturedPacket } from "@picket/capture";
import { createFrameDecoder, decodeMessage, type FrameItem } from "@picket/sapient";
import type { Decoding } from "./decode-raw.ts";
import { formatFailure } from "./decode-remote-id.ts";

const HEAD_OCTETS = 4;

/** A line for every message of a whole line of hex: frames one after the other, or one message without its frame. */
export function decodeSapientOctets(bytes: Uint8Array): string {
  const length = bytes.length < HEAD_OCTETS ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (length > bytes.length - HEAD_OCTETS || length === 0) return formatMessage(bytes);
  const decoding = decodeSapientRaw();
  return decoding.push(bytes) + decoding.finish();
}

/** SAPIENT is spoken over TCP, whose packets begin anywhere in a message. */
export const decodeSapientPacket = (_packet: CapturedPacket): string =>
  formatFailure({
    code: "not-reassembled",
    item: "packet",
    at: 0,
    detail: "give the octets of the TCP stream (tshark -z follow), or what picket capture wrote",
  });

/** Decodes frames one after the other, as TCP carries them. Holds at most one frame. */
export function decodeSapientRaw(): Decoding {
  const frames = createFrameDecoder();
  return {
    push: (chunk) => frames.push(chunk).map(formatItem).join(""),
    finish() {
      const left = frames.snapshot().pendingHex.length / 2;
      return left === 0
        ? ""
        : formatFailure({ code: "truncated", item: "frame", at: 0, detail: `ends after ${left} of its octets` });
    },
  };
}

const formatItem = (item: FrameItem): string => (item.kind === "frame" ? formatMessage(item.octets) : formatFailure(item.error));

/** Octets of a message are shown as hex. A message that is refused gives one line for each of its faults. */
function formatMessage(octets: Uint8Array): string {
  const decoded = decodeMessage(octets);
  if (!decoded.ok) return decoded.faults.map(formatFailure).join("");
  const { message, skipped } = decoded.value;
  const record = JSON.stringify(message, (_key, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value,
  );
  return `{"ok":true,"record":${record}${skipped.length > 0 ? `,"skipped":${JSON.stringify(skipped)}` : ""}}\n`;
}
