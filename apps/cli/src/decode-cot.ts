import { type CapturedPacket, decodeLinks } from "@picket/capture";
import {
  type CotItem,
  type CotMessage,
  createCotStream,
  decodeDatagram,
  MAX_MESSAGE_OCTETS,
  parseAtomType,
  readDetail,
} from "@picket/cot";
import type { Decoding } from "./decode-raw.ts";
import { formatFailure } from "./decode-remote-id.ts";

const MESH_HEADER = Uint8Array.of(0xbf, 1, 0xbf);
/** A mesh frame has no length: it ends with its datagram, so a file holds one. */
const LONGEST_MESH_FRAME = MESH_HEADER.length + MAX_MESSAGE_OCTETS;

/** Lines for a datagram of the mesh, or for what a connection sends one after the other: XML events and streaming frames. */
export function decodeCotOctets(bytes: Uint8Array): string {
  if (isMesh(bytes)) return formatDatagram(bytes, {});
  const stream = createCotStream();
  return [...stream.push(bytes), ...stream.finish()].map(formatItem).join("");
}

/** As {@link decodeCotOctets}, for the UDP datagram in a captured packet; records say which packet, and who sent it. */
export function decodeCotPacket({ index, capturedMs, linkType, packet }: CapturedPacket): string {
  let lines = "";
  for (const link of decodeLinks(linkType, packet)) {
    if (!link.ok) lines += formatFailure(link.error);
    else if (link.value.kind === "udp") lines += formatDatagram(link.value.payload, { index, capturedMs, from: link.value.from });
    else lines += formatFailure({ code: "not-udp", item: "packet", at: 0, detail: link.value.kind });
  }
  return lines;
}

/** Decodes what a connection sends, cut anywhere, or one mesh frame. Holds at most one message and one chunk. */
export function decodeCotRaw(): Decoding {
  const stream = createCotStream();
  let head: Uint8Array = new Uint8Array(0);
  let isStream = false;
  return {
    push(chunk) {
      if (isStream) return stream.push(chunk).map(formatItem).join("");
      head = Buffer.concat([head, chunk]);
      if (head.length < MESH_HEADER.length || (isMesh(head) && head.length <= LONGEST_MESH_FRAME)) return "";
      isStream = true;
      return isMesh(head) ? formatDatagram(head, {}) : stream.push(head).map(formatItem).join("");
    },
    finish() {
      if (isStream) return stream.finish().map(formatItem).join("");
      return head.length === 0 ? "" : decodeCotOctets(head);
    },
  };
}

const isMesh = (bytes: Uint8Array): boolean => MESH_HEADER.every((octet, i) => bytes[i] === octet);

function formatDatagram(bytes: Uint8Array, origin: Readonly<Record<string, unknown>>): string {
  const message = decodeDatagram(bytes);
  return message.ok ? formatMessage(message.value, origin) : formatFailure(message.error);
}

const formatItem = (item: CotItem): string =>
  item.kind === "message" ? formatMessage(item.value, {}) : formatFailure(item.error);

/** A message, and what is known of its event's type and detail. */
function formatMessage({ encoding, control, event }: CotMessage, origin: Readonly<Record<string, unknown>>): string {
  const known = event && { atom: parseAtomType(event.type), known: readDetail(event.detail) };
  return `${JSON.stringify({ ok: true, record: { ...origin, encoding, control, event, ...known } })}\n`;
}
