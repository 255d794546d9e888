/**
 * Times Cursor on Target both ways, in XML and protobuf, per event and in MB/s: a drone of DragonSync's size, from memory, one core; and
 * beside it node-cot, where that is installed (npm install --no-save @tak-ps/node-cot). Best of some rounds, the two by turns.
 * Usage: node bench/cot.ts [--events 20000] [--rounds 5]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
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

type Parser = Readonly<Record<"from_xml" | "from_proto" | "to_xml" | "to_proto", (input: unknown) => unknown>>;
type Case = Readonly<{ name: string; octets: number; ours: () => unknown; peer?: (() => unknown) | undefined }>;

const { values } = parseArgs({
  options: { events: { type: "string", default: "20000" }, rounds: { type: "string", default: "5" } },
});
const EVENTS = Number(values.events);
const ROUNDS = Number(values.rounds);
/** The peer is slower: a part of the events tells its rate as well. */
const PEER_EVENTS = Math.ceil(EVENTS / 10);
const STREAMED = 64;

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
const xml = encodeXml(event);
const text = new TextDecoder().decode(xml);
const payload = encodeTakPayload({ event });
const streamed = Uint8Array.from(Array.from({ length: STREAMED }, () => [...xml]).flat());
const PEER: string = "@tak-ps/node-cot";
const parser = ((await import(PEER).catch(() => undefined)) as Readonly<{ CoTParser: Parser }> | undefined)?.CoTParser;
const theirs = await parser?.from_xml(text);

const cases: readonly Case[] = [
  { name: "decode XML", octets: xml.length, ours: () => decodeXml(xml), peer: parser && (() => parser.from_xml(text)) },
  {
    name: "decode protobuf",
    octets: payload.length,
    ours: () => decodeTakPayload(payload),
    peer: parser && (() => parser.from_proto(payload)),
  },
  { name: "encode XML", octets: xml.length, ours: () => encodeXml(event), peer: parser && (() => parser.to_xml(theirs)) },
  {
    name: "encode protobuf",
    octets: payload.length,
    ours: () => encodeTakPayload({ event }),
    peer: parser && (() => parser.to_proto(theirs)),
  },
  { name: "read detail", octets: xml.length, ours: () => readDetail(event.detail) },
];

console.log(
  `${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, best of ${ROUNDS}; ${xml.length} octets XML, ${payload.length} protobuf`,
);
if (!parser) console.log("node-cot is not installed: nothing beside it");
for (const { name, octets, ours, peer } of cases) {
  const own: number[] = [];
  const other: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    own.push(await time(ours, EVENTS));
    if (peer) other.push(await time(peer, PEER_EVENTS));
  }
  print(name, octets, Math.min(...own), peer && Math.min(...other));
}
const stream = (): unknown => createCotStream().push(streamed);
const rounds: number[] = [];
for (let round = 0; round < ROUNDS; round++) rounds.push((await time(stream, Math.ceil(EVENTS / STREAMED))) / STREAMED);
print("stream of XML", xml.length, Math.min(...rounds), undefined);

/** Seconds per call. */
async function time(run: () => unknown, calls: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const answer = run();
    if (answer instanceof Promise) await answer;
  }
  return (performance.now() - start) / 1000 / calls;
}

function print(name: string, octets: number, seconds: number, peerSeconds: number | undefined): void {
  const beside =
    peerSeconds === undefined ? "" : `   node-cot ${rate(peerSeconds)}   ratio ${(peerSeconds / seconds).toFixed(1)}`;
  console.log(`${name.padEnd(16)} ${rate(seconds)}  ${(octets / seconds / 1e6).toFixed(1).padStart(6)} MB/s${beside}`);
}

function rate(seconds: number): string {
  return `${Math.round(1 / seconds)
    .toString()
    .padStart(8)} events/s`;
}
