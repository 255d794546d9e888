import type { DecodeError, Result } from "@picket/bytes";
import { type CapturedPacket, decodeLinks, LINK_TYPE, type LinkFrame } from "@picket/capture";
import {
  decodeActionBody,
  decodeAdvertisingData,
  decodeBeaconBody,
  decodeMessageAt,
  decodePackAt,
  decodeRemoteIdFrame,
  MESSAGE_OCTETS,
  type RemoteIdFrame,
} from "@picket/remote-id";
import { formatErrors, formatMessage, formatMessages } from "./decode-json.ts";

const PACK_TYPE = 0xf;
const LARGEST_LEGACY_OCTETS = 31;
/** What comes before the elements of a beacon's body, and says nothing here. */
const BEACON_FIXED_OCTETS = 12;

export const formatFailure = (error: DecodeError): string => `{"ok":false,"error":${JSON.stringify(error)}}\n`;
const formatSuccess = (record: string): string => `{"ok":true,"record":${record}}\n`;

/**
 * One line, or for an HCI event with several reports several, for octets of Remote ID in any wrapping, which is told by their beginning:
 * a message, a pack, either behind its counter, the payload of a carrier, or a whole 802.11, HCI or BLE packet.
 */
export function decodeOctets(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = bytes[0] ?? 0;
  if (bytes.length === MESSAGE_OCTETS && first >> 4 !== PACK_TYPE) return decodeMessageLine(view);
  if (isPack(bytes, 0)) return decodePackLine(view);
  const linkType = guessLinkType(bytes);
  if (linkType !== undefined) return decodeLinkLines(linkType, bytes, "");
  const payload = decodePayload(bytes);
  if (payload) return payload.ok ? formatSuccess(formatFrame(payload.value, "", "")) : formatFailure(payload.error);
  return decodeMessageLine(view);
}

/** Whether octets begin like the packet or payload of a carrier. */
export const isWrapped = (bytes: Uint8Array): boolean => guessLinkType(bytes) !== undefined || decodePayload(bytes) !== undefined;

/** A line for every frame in a captured packet. Damaged ones are shown, and say so. */
export function decodePacket(packet: CapturedPacket): string {
  const capturedMs = packet.capturedMs === undefined ? "" : `,"capturedMs":${packet.capturedMs}`;
  return decodeLinkLines(packet.linkType, packet.packet, `"index":${packet.index}${capturedMs},`);
}

function decodeMessageLine(view: DataView): string {
  const message = decodeMessageAt(view, 0);
  return message.ok ? formatSuccess(formatMessage(message.value)) : formatFailure(message.error);
}

function decodePackLine(view: DataView): string {
  const pack = decodePackAt(view, 0);
  if (!pack.ok) return formatFailure(pack.error);
  const { protocolVersion, declaredCount, messages, errors } = pack.value;
  return formatSuccess(
    `{"kind":"pack","protocolVersion":${protocolVersion},"declaredCount":${declaredCount},"messages":${formatMessages(messages)},"errors":${formatErrors(errors)}}`,
  );
}

function decodeLinkLines(linkType: number, packet: Uint8Array, prefix: string): string {
  let lines = "";
  for (const link of decodeLinks(linkType, packet, { keepDamaged: true })) {
    const frame = link.ok ? decodeRemoteIdFrame(link.value) : link;
    if (link.ok && frame.ok) lines += formatSuccess(formatFrame(frame.value, prefix, formatReception(link.value)));
    else if (!frame.ok) lines += formatFailure(frame.error);
  }
  return lines;
}

function formatFrame(frame: RemoteIdFrame, prefix: string, reception: string): string {
  const { carrier, counter, messages, errors } = frame;
  return `{"kind":"frame",${prefix}"carrier":"${carrier}","counter":${counter}${reception},"messages":${formatMessages(messages)},"errors":${formatErrors(errors)}}`;
}

/** Who sent it and how it was heard. */
function formatReception(link: LinkFrame): string {
  if (link.kind === "udp" || link.kind === "other") return "";
  const address = link.kind === "ble-advertisement" ? link.advertiserAddress : link.sourceAddress;
  const transmitter = address === undefined ? "" : `,"transmitter":"${address}"`;
  const rssi = link.rssiDbm === undefined ? "" : `,"rssiDbm":${link.rssiDbm}`;
  const channel = link.kind === "ble-advertisement" || link.channelMhz === undefined ? "" : `,"channelMhz":${link.channelMhz}`;
  return `${transmitter}${rssi}${channel}${link.isDamaged ? ',"isDamaged":true' : ""}`;
}

const isPack = (bytes: Uint8Array, at: number): boolean =>
  (bytes[at] ?? 0) >> 4 === PACK_TYPE && (bytes.length < at + 2 || bytes[at + 1] === MESSAGE_OCTETS);

/** The link layer of a whole packet, told by octets that no message begins with at this length. */
function guessLinkType(bytes: Uint8Array): number | undefined {
  if (begins(bytes, 0x80, 0x00) || begins(bytes, 0xd0, 0x00)) return LINK_TYPE.ieee80211;
  if (begins(bytes, 0x01, 0x37, 0x20) || begins(bytes, 0x01, 0x08, 0x20) || begins(bytes, 0x04, 0x3e))
    return LINK_TYPE.bluetoothHci;
  if (begins(bytes, 0xd6, 0xbe, 0x89, 0x8e)) return LINK_TYPE.bleLinkLayer;
  const radiotapOctets = (bytes[2] ?? 0) | ((bytes[3] ?? 0) << 8);
  const isRadiotap = begins(bytes, 0x00, 0x00) && radiotapOctets >= 8 && [0x80, 0xd0].includes(bytes[radiotapOctets] ?? 0);
  return isRadiotap ? LINK_TYPE.radiotap : undefined;
}

/** The payload of a carrier without its packet; `undefined` when the octets begin like none. */
function decodePayload(bytes: Uint8Array): Result<RemoteIdFrame> | undefined {
  if (begins(bytes, 0x04, 0x09, 0x50, 0x6f, 0x9a, 0x13)) return decodeActionBody(bytes);
  if (bytes[0] === 0xdd && bytes[2] === 0xfa && bytes[3] === 0x0b && bytes[4] === 0xbc)
    return decodeBeaconBody(prepend(bytes, ...new Uint8Array(BEACON_FIXED_OCTETS)));
  const isAdvertising = (bytes[1] === 0x16 && bytes[2] === 0xfa && bytes[3] === 0xff) || begins(bytes, 0x02, 0x01);
  if (isAdvertising) return decodeAdvertisingData(bytes, bytes.length > LARGEST_LEGACY_OCTETS);
  const isCounted = bytes[0] === 0x0d && (bytes.length === MESSAGE_OCTETS + 2 || isPack(bytes, 2));
  if (isCounted)
    return decodeAdvertisingData(prepend(bytes, bytes.length + 3, 0x16, 0xfa, 0xff), bytes.length > LARGEST_LEGACY_OCTETS);
  return undefined;
}

const begins = (bytes: Uint8Array, ...octets: readonly number[]): boolean =>
  bytes.length > octets.length && octets.every((octet, i) => bytes[i] === octet);
const prepend = (bytes: Uint8Array, ...octets: readonly number[]): Uint8Array => Uint8Array.from([...octets, ...bytes]);
