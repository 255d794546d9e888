import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ok, type Result } from "@picket/bytes";
import { refuse } from "./errors.ts";
import { type CotElement, type CotEvent, type CotMessage, MAX_MESSAGE_OCTETS, type TakControl } from "./event.ts";
import { formatElements, sanitise } from "./format-xml.ts";
import { parseXml } from "./parse-xml.ts";
import { makePoint } from "./point.ts";
import { requireEvent } from "./require-event.ts";
import { type Shape, TakMessageSchema } from "./tak-schema.ts";
import { isTimeMs } from "./time.ts";
import { joinTyped, splitTyped } from "./typed-detail.ts";

/** What is written for a height or an error that is not known. Departs: the schema says 999999, what TAK clients write is this. */
const UNKNOWN_M = 9_999_999;
const LONGEST_DETAIL = 120;
const WRAPPER = "detail";
const VERSION = 1;

type ProtobufMessage = Extract<CotMessage, { encoding: "protobuf" }>;
/** What a payload is made of: an event, what the sender can read, or both. */
export type TakDraft = Readonly<{ event?: CotEvent | undefined; control?: TakControl | undefined }>;

/**
 * Decodes the payload of a frame: one TakMessage. Where a child of the detail is both a typed field and in xmlDetail, xmlDetail holds.
 * Fields that this version does not know are skipped.
 *
 * @source TAK protocol payload version 1.
 */
export function decodeTakPayload(payload: Uint8Array): Result<ProtobufMessage> {
  if (payload.length > MAX_MESSAGE_OCTETS)
    return refuse("too-long", "TakMessage", MAX_MESSAGE_OCTETS, `at most ${MAX_MESSAGE_OCTETS} octets, got ${payload.length}`);
  const message = readMessage(payload);
  if (!message.ok) return message;
  const { takControl, cotEvent } = message.value;
  if (!takControl && !cotEvent) return refuse("missing", "TakMessage", 0, "neither control nor event");
  const control = takControl && { control: readControl(takControl) };
  if (!cotEvent) return ok({ encoding: "protobuf", ...control });
  const event = readEvent(cotEvent);
  return event.ok ? ok({ encoding: "protobuf", ...control, event: event.value }) : event;
}

/** Encodes a payload, without the frame. Throws for what {@link requireEvent} refuses, and for versions that are no whole numbers. */
export function encodeTakPayload({ event, control }: TakDraft): Uint8Array<ArrayBuffer> {
  if (!event && !control) throw new TypeError("A TakMessage needs an event or a control, got neither");
  if (event) requireEvent(event);
  const message = create(TakMessageSchema, {
    ...(control ? { takControl: draftControl(control) } : {}),
    ...(event ? { cotEvent: draftEvent(event) } : {}),
  });
  return toBinary(TakMessageSchema, message);
}

function readMessage(payload: Uint8Array): Result<Shape<"TakMessage">> {
  try {
    return ok(fromBinary(TakMessageSchema, payload, { readUnknownFields: false }));
  } catch (error) {
    return refuse("malformed-protobuf", "TakMessage", 0, String(error).slice(0, LONGEST_DETAIL));
  }
}

/** Version 0 is the wire's "not said" and means 1. */
function readControl({ minProtoVersion, maxProtoVersion, contactUid }: Shape<"TakControl">): TakControl {
  return {
    minVersion: minProtoVersion || VERSION,
    maxVersion: maxProtoVersion || VERSION,
    ...(contactUid === "" ? {} : { contactUid }),
  };
}

function readEvent(wire: Shape<"CotEvent">): Result<CotEvent> {
  const { how, access, qos, opex, caveat, releaseableTo: releasableTo } = wire;
  const uid = sanitise(wire.uid);
  const type = sanitise(wire.type);
  if (uid === "") return refuse("missing", "uid", 0, "uid is empty");
  if (type === "") return refuse("missing", "type", 0, "type is empty");
  const times = { sendTime: Number(wire.sendTime), startTime: Number(wire.startTime), staleTime: Number(wire.staleTime) };
  for (const [item, timeMs] of Object.entries(times)) {
    if (timeMs === 0) return refuse("missing", item, 0, `${item} is not said`);
    if (!isTimeMs(timeMs)) return refuse("bad-time", item, 0, `a time up to the year 9999 expected, got ${timeMs}`);
  }
  const point = makePoint(wire.lat, wire.lon, wire.hae, wire.ce, wire.le);
  if (!point.ok) return point;
  const detail = readDetailElements(wire.detail);
  if (!detail.ok) return detail;
  const known = { how, access, qos, opex, caveat, releasableTo };
  return ok({
    uid,
    type,
    timeMs: times.sendTime,
    startMs: times.startTime,
    staleMs: times.staleTime,
    ...Object.fromEntries(Object.entries(known).flatMap(([key, value]) => (value === "" ? [] : [[key, sanitise(value)]]))),
    point: point.value,
    detail: detail.value,
  });
}

function readDetailElements(detail: Shape<"Detail"> | undefined): Result<readonly CotElement[]> {
  if (!detail) return ok([]);
  const typed = joinTyped(detail);
  if (detail.xmlDetail === "") return ok(typed);
  const root = parseXml(`<${WRAPPER}>${detail.xmlDetail}</${WRAPPER}>`, "xmlDetail");
  if (!root.ok) return root;
  const others = root.value.children.filter((child) => typeof child !== "string");
  const names = new Set(others.map(({ name }) => name));
  return ok([...typed.filter(({ name }) => !names.has(name)), ...others]);
}

const draftControl = ({ minVersion, maxVersion, contactUid = "" }: TakControl) => ({
  minProtoVersion: minVersion,
  maxProtoVersion: maxVersion,
  contactUid,
});

function draftEvent(event: CotEvent) {
  const { point, detail } = event;
  const { typed, rest } = splitTyped(detail);
  return {
    type: sanitise(event.type),
    access: sanitise(event.access ?? ""),
    qos: sanitise(event.qos ?? ""),
    opex: sanitise(event.opex ?? ""),
    uid: sanitise(event.uid),
    sendTime: BigInt(event.timeMs),
    startTime: BigInt(event.startMs),
    staleTime: BigInt(event.staleMs),
    how: sanitise(event.how ?? ""),
    lat: point.latDeg,
    lon: point.lonDeg,
    hae: point.altHaeM ?? UNKNOWN_M,
    ce: point.circularErrorM ?? UNKNOWN_M,
    le: point.linearErrorM ?? UNKNOWN_M,
    ...(detail.length > 0 ? { detail: { ...typed, xmlDetail: formatElements(rest) } } : {}),
    caveat: sanitise(event.caveat ?? ""),
    releaseableTo: sanitise(event.releasableTo ?? ""),
  };
}
