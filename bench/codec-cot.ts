import {
  type CotEvent,
  createCotStream,
  decodeTakPayload,
  decodeXml,
  detailElements,
  encodeTakPayload,
  encodeXml,
  readDetail,
} from "@picket/cot";
import { fastestCalls, type Options, type Row, rateOf } from "./codec-rates.ts";

type Parser = Readonly<Record<"from_xml" | "from_proto" | "to_xml" | "to_proto", (input: unknown) => unknown>>;
type Case = Readonly<{ what: string; octets: number; ours: () => unknown; peer?: (() => unknown) | undefined; events?: number }>;

const EVENTS = 20_000;
/** The peer is slower: a part of the events tells its rate as well. */
const PEER_SHARE = 10;
const STREAMED = 64;
const PEER: string = "@tak-ps/node-cot";

/** A drone of DragonSync's size. */
const event: CotEvent = {
  uid: "drone-1581F5FKD229400ABCDE",
  type: "a-u-A-M-H-R",
  how: "m-g",
  timeMs: 1_767_323_045_678,
  startMs: 1_767_323_045_678,
  staleMs: 1_767_323_105_678,
  point: { latDeg: 32.54321, lonDeg: -116.97123, altHaeM: 245.5, circularErrorM: 35 },
  detail: detailElements({
    contact: { callsign: "drone-1581F5FKD229400ABCDE" },
    precisionLocation: { geopointsrc: "gps", altsrc: "gps" },
    track: { courseDeg: 187, speedMps: 12.25 },
    colorArgb: -256,
    remarks: {
      text: `RSSI: -71dBm; ID Type: Serial Number; UA Type: Helicopter or Multirotor; ${"Speed: 12.25 m/s; ".repeat(20)}`,
    },
  }),
};

/** Both ways, in XML and protobuf; node-cot beside it. */
export async function cotRows({ rounds, scale }: Options): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { what, octets, ours, peer, events = 1 } of await cases()) {
    const calls = Math.ceil((EVENTS * scale) / events);
    const [own = 0, other] = await fastestCalls(rounds, [
      { run: ours, calls },
      ...(peer ? [{ run: peer, calls: Math.ceil(calls / PEER_SHARE) }] : []),
    ]);
    rows.push({
      codec: "Cursor on Target",
      what,
      ours: rateOf(own, events, octets),
      peer:
        other === undefined
          ? { missing: peerless.has(what) ? "node-cot has no such thing" : "node-cot is not installed" }
          : { name: "node-cot", rate: rateOf(other, events, octets) },
    });
  }
  return rows;
}

const peerless: ReadonlySet<string> = new Set(["stream of XML", "detail to values"]);

async function cases(): Promise<readonly Case[]> {
  const xml = encodeXml(event);
  const text = new TextDecoder().decode(xml);
  const payload = encodeTakPayload({ event });
  const streamed = Uint8Array.from(Array.from({ length: STREAMED }, () => [...xml]).flat());
  const parser = ((await import(PEER).catch(() => undefined)) as Readonly<{ CoTParser: Parser }> | undefined)?.CoTParser;
  const theirs = await parser?.from_xml(text);
  return [
    { what: "XML to event", octets: xml.length, ours: () => decodeXml(xml), peer: parser && (() => parser.from_xml(text)) },
    {
      what: "protobuf to event",
      octets: payload.length,
      ours: () => decodeTakPayload(payload),
      peer: parser && (() => parser.from_proto(payload)),
    },
    { what: "event to XML", octets: xml.length, ours: () => encodeXml(event), peer: parser && (() => parser.to_xml(theirs)) },
    {
      what: "event to protobuf",
      octets: payload.length,
      ours: () => encodeTakPayload({ event }),
      peer: parser && (() => parser.to_proto(theirs)),
    },
    { what: "detail to values", octets: xml.length, ours: () => readDetail(event.detail) },
    { what: "stream of XML", octets: streamed.length, ours: () => createCotStream().push(streamed), events: STREAMED },
  ];
}
