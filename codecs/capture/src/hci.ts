import { ok, Reader, type Result } from "@picket/bytes";
import { fail } from "./errors.ts";
import { type BleAdvertisement, type BlePhy, formatReversedAddress, type LinkFrame } from "./link-frame.ts";

const COMMAND = 1;
const EVENT = 4;
const SET_ADVERTISING_DATA = 0x2008;
const SET_EXTENDED_ADVERTISING_DATA = 0x2037;
const LE_META_EVENT = 0x3e;
const ADVERTISING_REPORT = 0x02;
const EXTENDED_ADVERTISING_REPORT = 0x0d;

const REPORT_PHYS: readonly (BlePhy | undefined)[] = [undefined, "1M", "2M", "coded"];
/** The value by which a controller says that it does not know the signal strength. */
const RSSI_UNKNOWN = 127;
/** Event type bits of an extended report: bit 4 a legacy PDU; bits 5 and 6 the state of the data, 1 meaning that more follows. */
const LEGACY_PDU = 0x10;
const DATA_STATUS = 0x60;
const MORE_FOLLOWS = 0x20;

/**
 * A Bluetooth HCI packet with its H4 type octet at `at`: the advertising reports that a controller heard, one answer each,
 * or the advertising data that a host handed down. Anything else answers one `other`.
 *
 * @source Bluetooth Core 5.4, Vol 4 Part E, 7.7.65.2, 7.7.65.13, 7.8.7, 7.8.54.
 */
export function decodeHci(packet: Uint8Array, at: number): readonly Result<LinkFrame>[] {
  const reader = new Reader(packet, "little", at);
  const type = reader.u8();
  if (type === COMMAND) return [decodeCommand(packet, reader)];
  if (type !== EVENT) return [ok({ kind: "other", why: `HCI packet type ${type}` })];
  const event = reader.u8();
  const length = reader.u8();
  if (reader.left < length) return [fail("truncated", "HCI event", at, `needs ${length} octets, ${reader.left} left`)];
  if (event !== LE_META_EVENT) return [ok({ kind: "other", why: `HCI event 0x${event.toString(16)}` })];
  const subevent = reader.u8();
  if (subevent !== ADVERTISING_REPORT && subevent !== EXTENDED_ADVERTISING_REPORT)
    return [ok({ kind: "other", why: `HCI LE event 0x${subevent.toString(16)}` })];
  const readReport = subevent === ADVERTISING_REPORT ? readLegacyReport : readExtendedReport;
  const count = reader.u8();
  const reports: Result<LinkFrame>[] = [];
  for (let i = 0; i < count; i++) {
    const start = reader.at;
    const report = readReport(packet, reader);
    if (reader.isShort) {
      reports.push(fail("truncated", "HCI advertising report", start, `report ${i + 1} of ${count} runs past the event`));
      break;
    }
    reports.push(ok(report));
  }
  return reports.length > 0 ? reports : [ok({ kind: "other", why: "HCI event without reports" })];
}

function decodeCommand(packet: Uint8Array, reader: Reader): Result<LinkFrame> {
  const at = reader.at;
  const opcode = reader.u16();
  const length = reader.u8();
  if (reader.isShort || reader.left < length)
    return fail("truncated", "HCI command", at, `needs ${length} octets, ${reader.left} left`);
  if (opcode !== SET_ADVERTISING_DATA && opcode !== SET_EXTENDED_ADVERTISING_DATA)
    return ok({ kind: "other", why: `HCI command 0x${opcode.toString(16)}` });
  const extended = opcode === SET_EXTENDED_ADVERTISING_DATA;
  if (extended) reader.skip(3);
  const data = reader.take(reader.u8());
  if (reader.isShort) return fail("truncated", "HCI advertising data", at, `runs past the packet of ${packet.length} octets`);
  return ok({
    kind: "ble-advertisement",
    advertiserAddress: undefined,
    phy: undefined,
    extended,
    isComplete: true,
    rssiDbm: undefined,
    isDamaged: false,
    data,
  });
}

/** Event type, address type, address, data with its length, signal. */
function readLegacyReport(packet: Uint8Array, reader: Reader): BleAdvertisement {
  reader.skip(2);
  const advertiserAddress = formatReversedAddress(packet, reader.at);
  reader.skip(6);
  const data = reader.take(reader.u8());
  const rssiDbm = knownRssi(reader.i8());
  return {
    kind: "ble-advertisement",
    advertiserAddress,
    phy: "1M",
    extended: false,
    isComplete: true,
    rssiDbm,
    isDamaged: false,
    data,
  };
}

/** Event type, address type, address, both PHYs, set, power, signal, interval, direct address, data with its length. */
function readExtendedReport(packet: Uint8Array, reader: Reader): BleAdvertisement {
  const eventType = reader.u16();
  reader.skip(1);
  const advertiserAddress = formatReversedAddress(packet, reader.at);
  reader.skip(6);
  const primaryPhy = reader.u8();
  const secondaryPhy = reader.u8();
  reader.skip(2);
  const rssiDbm = knownRssi(reader.i8());
  reader.skip(9);
  const data = reader.take(reader.u8());
  return {
    kind: "ble-advertisement",
    advertiserAddress,
    phy: REPORT_PHYS[secondaryPhy === 0 ? primaryPhy : secondaryPhy],
    extended: (eventType & LEGACY_PDU) === 0,
    isComplete: (eventType & DATA_STATUS) !== MORE_FOLLOWS,
    rssiDbm,
    isDamaged: false,
    data,
  };
}

const knownRssi = (dbm: number): number | undefined => (dbm === RSSI_UNKNOWN ? undefined : dbm);
