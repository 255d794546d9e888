import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  CAP_ERROR_CODES,
  CAP_RULE_CODES,
  type CapAlert,
  type DecodedAlert,
  decodeAlert,
  decodeDistribution,
  encodeAlert,
} from "@picket/cap";
import { type Count, hexOf, pick, pieceOf, type Random, type Subject, splice } from "./fuzzing.ts";

const ROOT = resolve(import.meta.dirname, "..");
const LONGEST_INPUT = 20_000;
/** Longer samples take most of the time and reach nothing that shorter ones do not. */
const LONGEST_SEED = 4000;
const CHECKED_OF = 4;
const CODES: ReadonlySet<string> = new Set<string>([...CAP_ERROR_CODES, ...CAP_RULE_CODES]);
const TOKENS = [
  "<info>",
  "</info>",
  "<area>",
  "</alert>",
  "<polygon>1,1 2,2 3,1</polygon>",
  "<circle>95,0 1</circle>",
  "<references>a b,c</references>",
  "<ceiling>100</ceiling>",
  "<scope>Private</scope>",
  "<!DOCTYPE a [<!ENTITY b '&c;'>]>",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?xml version='1.0' encoding='UTF-16'?>",
  "&amp;",
  "&lol;",
  "&#0;",
  'xmlns="urn:x" ',
  "\0",
  "\ufeff",
  "<a>".repeat(40),
].map((token) => Buffer.from(token));

/** The decoders of CAP and EDXL-DE: a sound alert encodes to what decodes the same. */
export function capSubject(): Subject<Buffer, readonly CapAlert[]> {
  const seeds = loadSeeds();
  return {
    name: "cap",
    seeds: seeds.length,
    codes: CODES,
    mutate: (random) => mutate(seeds, random),
    take: decode,
    check(alerts, _, { index }) {
      if (index % CHECKED_OF === 0) for (const alert of alerts) checkAlert(alert);
    },
    show: hexOf,
  };
}

/** Decodes a document as what it is, counts what was answered, and gives the alerts. */
function decode(octets: Buffer, count: Count): readonly CapAlert[] {
  const alert = decodeAlert(octets);
  if (alert.ok) return [taken(alert.value, count)];
  if (alert.error.code !== "not-cap") return refused(alert.error, count);
  const envelope = decodeDistribution(octets);
  if (!envelope.ok) return refused(envelope.error, count);
  return envelope.value.alerts.flatMap((one) => (one.ok ? [taken(one.value, count)] : refused(one.error, count)));
}

function taken({ alert, breaches }: DecodedAlert, count: Count): CapAlert {
  count("ok");
  for (const { code } of breaches) count(code);
  return alert;
}

function refused({ code, at, detail }: Readonly<{ code: string; at: number; detail: string }>, count: Count): [] {
  if (!(at >= 0) || detail.length > 400) throw new Error(`an error at ${at} of ${detail.length} characters`);
  count(code);
  return [];
}

/** What breaks no rule must encode to what decodes to the same; what does must be refused as a RangeError. */
function checkAlert(alert: CapAlert): void {
  let text: string;
  try {
    text = encodeAlert(alert);
  } catch (error) {
    if (error instanceof RangeError) return;
    throw error;
  }
  const again = decodeAlert(Buffer.from(text));
  if (!again.ok) throw new Error(`${text} was refused: ${again.error.code}`);
  const unsigned = { ...alert, isSigned: false };
  if (JSON.stringify(again.value.alert) !== JSON.stringify(unsigned))
    throw new Error(`${JSON.stringify(unsigned)} came back otherwise`);
}

/** None to four changes of a seed: a bit, an octet, a cut, a token, a piece of another seed put in or over, a piece twice. */
function mutate(seeds: readonly Buffer[], random: Random): Buffer {
  let octets = pick(seeds, random);
  for (let changes = random(5); changes > 0; changes--) octets = change(octets, seeds, random);
  return octets.subarray(0, LONGEST_INPUT);
}

function change(octets: Buffer, seeds: readonly Buffer[], random: Random): Buffer {
  const at = random(Math.max(octets.length, 1));
  switch (random(7)) {
    case 0:
      return splice(octets, at, at + 1, Buffer.of((octets[at] ?? 0) ^ (1 << random(8))));
    case 1:
      return splice(octets, at, at + 1, Buffer.of(random(256)));
    case 2:
      return octets.subarray(0, at);
    case 3:
      return splice(octets, at, at, pick(TOKENS, random));
    case 4:
      return splice(octets, at, at + random(40), pieceOf(pick(seeds, random), random));
    case 5:
      return swapElement(octets, pick(seeds, random), random);
    default:
      return splice(octets, at, at, octets.subarray(at, at + random(64)));
  }
}

/** Puts a whole element of another document in at a place between two: what is well formed goes deeper than what is not. */
function swapElement(octets: Buffer, other: Buffer, random: Random): Buffer {
  const from = other.indexOf("<", random(Math.max(other.length, 1)));
  const name = /^<([A-Za-z]+)>/.exec(other.subarray(from, from + 40).toString("latin1"))?.[1];
  const end = name === undefined ? -1 : other.indexOf(`</${name}>`, from);
  const at = octets.indexOf(">\n<", random(Math.max(octets.length, 1))) + 1;
  return end < 0 || at <= 0 ? octets : splice(octets, at, at, other.subarray(from, end + `</${name}>`.length));
}

function loadSeeds(): readonly Buffer[] {
  const vector = (name: string) => readFileSync(join(ROOT, "codecs/cap/vectors", name), "utf8");
  const least = vector("small.cap");
  const envelope = [
    '<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0">',
    "<distributionID>d</distributionID><senderID>s@x</senderID><dateTimeSent>2026-01-02T03:04:05-00:00</dateTimeSent>",
    "<distributionStatus>Test</distributionStatus><distributionType>Report</distributionType>",
    "<combinedConfidentiality>none</combinedConfidentiality>",
    `<contentObject><xmlContent><embeddedXMLContent>${least}</embeddedXMLContent></xmlContent></contentObject>`,
    "</EDXLDistribution>",
  ].join("");
  const area = "<areaDesc>d</areaDesc>";
  const small = [
    least,
    least.replace("Public", "Private"),
    least.replace("Public", "Restricted"),
    least.replace("Alert</msgType>", "Update</msgType>"),
    least.replace("</scope>", "</scope><references>a@b,c,2026-01-02T03:04:05-00:00 d</references>"),
    least.replace(area, `${area}<polygon>1,1 2,2 3,1 1,1</polygon><circle>1,1 1</circle><ceiling>9</ceiling>`),
    least.replace(area, `${area}<polygon>1,1 2,2 3,1</polygon><circle>91,1 1</circle>`),
  ];
  const own = [vector("full.cap"), envelope, ...small].map((text) => Buffer.from(text));
  const shared = resolve(ROOT, process.env["PICKET_SHARED"] ?? "../shared", "vectors/cap");
  if (!existsSync(shared)) return own;
  const samples = readdirSync(shared).filter((name) => /\.(cap|xml|edxlde)$/.test(name));
  return [...own, ...samples.map((name) => readFileSync(join(shared, name))).filter(({ length }) => length <= LONGEST_SEED)];
}
