import { type AsterixDatagram, createAsterixDecoder, stepBlock } from "@picket/asterix";
import { type CapturedPacket, decodeLinks } from "@picket/capture";
import type { Decoding } from "./decode-raw.ts";
import { formatFailure } from "./decode-remote-id.ts";

const decoder = createAsterixDecoder();

/** A line for every record of a datagram, then one for everything that was refused in it. */
export const decodeAsterixOctets = (bytes: Uint8Array): string => formatDatagram(decoder.decode(bytes), "");

/** As {@link decodeAsterixOctets}, for the UDP datagram in a captured packet; records say which packet, and who sent it. */
export function decodeAsterixPacket(packet: CapturedPacket): string {
  let lines = "";
  const capturedMs = packet.capturedMs === undefined ? "" : `,"capturedMs":${packet.capturedMs}`;
  for (const link of decodeLinks(packet.linkType, packet.packet)) {
    if (!link.ok) lines += formatFailure(link.error);
    else if (link.value.kind === "udp")
      lines += formatDatagram(
        decoder.decode(link.value.payload),
        `"index":${packet.index}${capturedMs},"from":"${link.value.from}",`,
      );
    else lines += formatFailure({ code: "not-udp", item: "packet", at: 0, detail: link.value.kind });
  }
  return lines;
}

/** Decodes data blocks one after the other, as TCP and recordings carry them. Holds at most one block and one chunk. */
export function decodeAsterixRaw(): Decoding {
  let pending: Uint8Array = new Uint8Array(0);
  return {
    push(chunk) {
      pending = Buffer.concat([pending, chunk]);
      let at = 0;
      while (at < pending.length) {
        const step = stepBlock(pending, at);
        if (step.kind === "more") break;
        at = step.next;
      }
      const whole = pending.subarray(0, at);
      pending = pending.slice(at);
      return decodeAsterixOctets(whole);
    },
    finish: () => decodeAsterixOctets(pending),
  };
}

function formatDatagram({ records, errors }: AsterixDatagram, prefix: string): string {
  let lines = "";
  for (const record of records) lines += `{"ok":true,"record":{${prefix}${JSON.stringify(record).slice(1)}}\n`;
  for (const error of errors) lines += formatFailure(error);
  return lines;
}
