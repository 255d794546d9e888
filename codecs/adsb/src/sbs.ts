import { type DecodeError, printable, shown } from "@picket/bytes";
import { addressOf, isIcaoAddress } from "./address.ts";
import { METRES_PER_FOOT, MPS_PER_FOOT_A_MINUTE, MPS_PER_KNOT } from "./aircraft.ts";
import { localMsOf } from "./local-time.ts";

/** One line of a BaseStation port, in SI units; what it does not tell is `undefined`. */
export type SbsMessage = Readonly<{
  kind: "sbs";
  /** `MLAT` for positions that several receivers worked out together. */
  messageType: "MSG" | "MLAT";
  /** 1 identification, 2 on the ground, 3 position, 4 velocity, 5 to 8 answers to a radar. */
  transmissionType: number;
  address: string;
  isIcaoAddress: boolean;
  callsign: string | undefined;
  altPressureM: number | undefined;
  speedMps: number | undefined;
  trackDeg: number | undefined;
  latDeg: number | undefined;
  lonDeg: number | undefined;
  verticalSpeedMps: number | undefined;
  squawk: string | undefined;
  isAlert: boolean | undefined;
  isEmergency: boolean | undefined;
  isIdent: boolean | undefined;
  isOnGround: boolean | undefined;
  /** When it was heard by the receiver host's calendar clock, as if that showed UTC: its time zone is not told. */
  generatedLocalMs: number | undefined;
}>;

/** A message as far as it could be read; without one nothing could. */
export type DecodedSbs = Readonly<{ message: SbsMessage | undefined; errors: readonly DecodeError[] }>;

const LONGEST_LINE = 512;
/** The other kinds of BaseStation lines: selections, new aircraft, states and clicks of a person at the receiver. */
const OTHER_LINES: ReadonlySet<string> = new Set(["SEL", "ID", "AIR", "STA", "CLK"]);
const DECIMAL = /^[+-]?\d+(\.\d+)?$/;
const LEAST_FIELDS = 5;

type Read = (index: number, name: string, range?: readonly [number, number]) => number | undefined;

/**
 * Decodes a line of 22 comma-separated fields. Empty and missing fields at the end are unknown, as is the position 0°/0°; flags are 0
 * for false, 1 or −1 for true. Altitudes are pressure altitudes.
 *
 * @source Kinetic BaseStation socket data, port 30003, as dump1090 and readsb write it.
 */
export function decodeSbsLine(line: string, at = 0): DecodedSbs {
  const errors: DecodeError[] = [];
  const refuse = (code: string, item: string, detail: string): undefined => void errors.push({ code, item, at, detail });
  const nothing = (code: string, item: string, detail: string): DecodedSbs => {
    refuse(code, item, detail);
    return { message: undefined, errors };
  };
  if (line.length > LONGEST_LINE) return nothing("too-long", "line", `at most ${LONGEST_LINE} characters expected`);
  const fields = line.split(",").map((field) => field.trim());
  const messageType = fields[0];
  const isMessage = messageType === "MSG" || messageType === "MLAT";
  if (!isMessage || fields.length < LEAST_FIELDS)
    return nothing(
      "not-sbs",
      "line",
      `${OTHER_LINES.has(messageType ?? "") ? "not about flight" : "MSG expected"}: ${shown(line)}`,
    );
  const transmissionType = Number(fields[1]);
  if (!/^[1-8]$/.test(fields[1] ?? "")) return nothing("not-sbs", "transmissionType", `1 to 8 expected, got ${shown(fields[1])}`);
  const address = addressOf(fields[4]);
  if (address === undefined) return nothing("no-address", "hex", `six hex digits expected, got ${shown(fields[4])}`);

  const number: Read = (index, name, [min, max] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]) => {
    const text = fields[index] ?? "";
    if (text === "") return undefined;
    if (!DECIMAL.test(text)) return refuse("wrong-type", name, `a number expected, got ${shown(text)}`);
    const value = Number(text);
    return value >= min && value <= max ? value : refuse("out-of-range", name, `from ${min} to ${max} expected, got ${text}`);
  };
  const flag = (index: number, name: string): boolean | undefined => {
    const value = number(index, name, [-1, 1]);
    return value === undefined ? undefined : value !== 0;
  };
  const text = (index: number): string | undefined => {
    const value = fields[index] ?? "";
    return value === "" ? undefined : printable(value);
  };
  const position = positionOf(number);
  const trackDeg = number(13, "track", [0, 360]);
  const message: SbsMessage = {
    kind: "sbs",
    messageType,
    transmissionType,
    address,
    isIcaoAddress: isIcaoAddress(address),
    callsign: text(10)?.slice(0, 16),
    altPressureM: scaled(number(11, "altitude", [-2000, 150_000]), METRES_PER_FOOT),
    speedMps: scaled(number(12, "groundSpeed", [0, 4000]), MPS_PER_KNOT),
    trackDeg: trackDeg === 360 ? 0 : trackDeg,
    ...position,
    verticalSpeedMps: scaled(number(16, "verticalRate", [-60_000, 60_000]), MPS_PER_FOOT_A_MINUTE),
    squawk: squawkOf(text(17), refuse),
    isAlert: flag(18, "alert"),
    isEmergency: flag(19, "emergency"),
    isIdent: flag(20, "spi"),
    isOnGround: flag(21, "isOnGround"),
    generatedLocalMs: localMsOf(fields[6] ?? "", fields[7] ?? ""),
  };
  return { message, errors };
}

function positionOf(number: Read): { latDeg: number | undefined; lonDeg: number | undefined } {
  const latDeg = number(14, "latitude", [-90, 90]);
  const lonDeg = number(15, "longitude", [-180, 180]);
  const isKnown = latDeg !== undefined && lonDeg !== undefined && (latDeg !== 0 || lonDeg !== 0);
  return isKnown ? { latDeg, lonDeg } : { latDeg: undefined, lonDeg: undefined };
}

/** Four octal digits, of which some writers leave out leading zeros. A lone 0 is what others write for unknown. */
function squawkOf(
  text: string | undefined,
  refuse: (code: string, item: string, detail: string) => undefined,
): string | undefined {
  if (text === undefined || text === "0") return undefined;
  if (/^[0-7]{1,4}$/.test(text)) return text.padStart(4, "0");
  return refuse("out-of-range", "squawk", `four octal digits expected, got ${text}`);
}

const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;
