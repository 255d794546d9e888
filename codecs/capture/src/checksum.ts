const CRC32_TABLE = Uint32Array.from({ length: 256 }, (_, octet) => shiftOut(octet, 8, 0xedb8_8320));
const CRC24_TABLE = Uint32Array.from({ length: 256 }, (_, octet) => shiftOut(octet, 8, 0xda_6000));
/** The preset of advertising channels, 0x555555, in the order in which bits go over the air. */
const CRC24_PRESET = 0xaa_aaaa;

/** The frame check sequence of an 802.11 frame, sent least significant octet first. @source IEEE 802.11-2020, 9.2.4.8 */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const octet of bytes) crc = (CRC32_TABLE[(crc ^ octet) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffff_ffff) >>> 0;
}

/** The CRC of a BLE advertising PDU as the three octets go over the air. @source Bluetooth Core 5.4, Vol 6 Part B, 3.1.1 */
export function bleCrc24(pdu: Uint8Array): Uint8Array<ArrayBuffer> {
  let crc = CRC24_PRESET;
  for (const octet of pdu) crc = (CRC24_TABLE[(crc ^ octet) & 0xff] ?? 0) ^ (crc >>> 8);
  return Uint8Array.of(crc & 0xff, (crc >>> 8) & 0xff, (crc >>> 16) & 0xff);
}

/** Divides by a polynomial whose bits are in reverse order, `bits` steps. */
function shiftOut(value: number, bits: number, polynomial: number): number {
  let rest = value;
  for (let i = 0; i < bits; i++) rest = rest & 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
  return rest >>> 0;
}
