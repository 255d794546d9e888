import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  type CotEvent,
  decodeTakPayload,
  detailElements,
  emergencyEvent,
  encodeTakPayload,
  encodeXml,
  startNegotiation,
} from "./index.ts";

const needs = (program: string, ...args: readonly string[]): string | false =>
  spawnSync(program, args).status === 0 ? false : `${program} is not installed`;

const NOW_MS = 1_767_323_045_678;
const event: CotEvent = {
  uid: "track-<1>&\"'",
  type: "a-u-A-M-H-Q",
  how: "m-f",
  timeMs: NOW_MS,
  startMs: NOW_MS,
  staleMs: NOW_MS + 10_000,
  access: "Undefined",
  point: { latDeg: 32.5443, lonDeg: -117.0382, altHaeM: 112.5, circularErrorM: 35 },
  detail: [
    ...detailElements({
      contact: { callsign: "Drone ñ 無 𝛀", endpoint: "*:-1:stcp" },
      group: { name: "Cyan", role: "HQ" },
      status: { batteryPercent: 87 },
      track: { courseDeg: 187, speedMps: 12.5 },
      links: [{ uid: "site-1", type: "a-f-G-E-S", relation: "p-p", productionTimeMs: NOW_MS }],
      remarks: { text: "]]> & <b>bold</b>\r\n\ttab \u0000 zero" },
    }),
    { name: "__own", attributes: { "a.b-c": "\n\t\r<>" }, children: ["mixed ", { name: "x", attributes: {}, children: [] }] },
  ],
};

test("xmllint finds every event we write well-formed", { skip: needs("xmllint", "--version") }, () => {
  const who = { uid: "agent", type: "a-f-G-U-C", callsign: "SEVEN" };
  const alert = emergencyEvent({ who, kind: "911 Alert", point: event.point, nowMs: NOW_MS, staleMs: NOW_MS + 1 });
  const { send } = startNegotiation("server", "server-1", NOW_MS);
  for (const made of [event, alert, send ?? assert.fail("an offer is sent")]) {
    const { status, stderr } = spawnSync("xmllint", ["--nonet", "--noout", "-"], { input: encodeXml(made) });
    assert.equal(status, 0, stderr.toString());
  }
});

test("a parser of Python's own reads the same out of our XML", {
  skip: needs("python3", "--version"),
}, () => {
  const script = `
import json, sys, xml.etree.ElementTree as E
walk = lambda e: [e.tag, dict(e.attrib), e.text or "", [walk(c) for c in e], e.tail or ""]
print(json.dumps(walk(E.fromstring(sys.stdin.buffer.read().decode("utf-8")))))`;
  const { stdout, stderr } = spawnSync("python3", ["-c", script], { input: encodeXml(event) });
  const [tag, attributes, , [point, detail]] = JSON.parse(stdout.toString() || stderr.toString()) as [
    string,
    Record<string, string>,
    string,
    Walked[],
  ];
  assert.equal(tag, "event");
  assert.equal(attributes["uid"], event.uid);
  assert.equal(attributes["time"], "2026-01-02T03:04:05.678Z");
  assert.deepEqual(point?.[1], { lat: "32.5443", lon: "-117.0382", hae: "112.5", ce: "35", le: "9999999.0" });
  const children = detail?.[3] ?? [];
  assert.deepEqual(children[0]?.[1], { callsign: "Drone ñ 無 𝛀", endpoint: "*:-1:stcp" });
  assert.equal(children.find(([name]) => name === "remarks")?.[2], "]]> & <b>bold</b>\r\n\ttab \ufffd zero");
  assert.deepEqual(children.at(-1)?.[1], { "a.b-c": "\n\t\r<>" });
});
type Walked = [string, Record<string, string>, string, Walked[], string];

test("protoc reads our payload by field numbers alone", { skip: needs("protoc", "--version") }, () => {
  const { stdout, stderr } = spawnSync("protoc", ["--decode_raw"], {
    input: encodeTakPayload({ event, control: { minVersion: 1, maxVersion: 1 } }),
  });
  const text = stdout.toString();
  assert.match(text, /^1 \{\n {2}1: 1\n {2}2: 1\n\}\n2 \{/, stderr.toString());
  for (const field of [
    '1: "a-u-A-M-H-Q"',
    '2: "Undefined"',
    `6: ${NOW_MS}`,
    `8: ${NOW_MS + 10_000}`,
    '9: "m-f"',
    "10: 0x4040",
    "5 {\n      1: 87",
  ])
    assert.ok(text.includes(field), `${field} in ${text}`);
});

test("protoc reads our payload by a schema of its own, and we what it writes", { skip: needs("protoc", "--version") }, () => {
  const folder = mkdtempSync(join(tmpdir(), "picket-cot-"));
  try {
    writeFileSync(join(folder, "tak.proto"), SCHEMA);
    const run = (direction: string, input: Uint8Array | string): Buffer => {
      const { stdout, stderr, status } = spawnSync("protoc", [`--${direction}=t.Message`, "-I", folder, "tak.proto"], { input });
      assert.equal(status, 0, stderr.toString());
      return stdout;
    };
    const text = run("decode", encodeTakPayload({ event })).toString();
    for (const line of [
      'type: "a-u-A-M-H-Q"',
      `send: ${NOW_MS}`,
      `stale: ${NOW_MS + 10_000}`,
      "lat: 32.5443",
      "lon: -117.0382",
      "hae: 112.5",
      "ce: 35",
      "le: 9999999",
      'endpoint: "*:-1:stcp"',
      'name: "Cyan"',
      "battery: 87",
      "course: 187",
    ])
      assert.ok(text.includes(line), `${line} in ${text}`);
    const message = decodeTakPayload(run("encode", text));
    assert.deepEqual(message, decodeTakPayload(encodeTakPayload({ event })));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const SCHEMA = `syntax = "proto3"; package t;
message Contact { string endpoint = 1; string callsign = 2; }
message Group { string name = 1; string role = 2; }
message Status { uint32 battery = 1; }
message Track { double speed = 1; double course = 2; }
message Detail { string xml = 1; Contact contact = 2; Group group = 3; Status status = 5; Track track = 7; }
message Event { string type = 1; string access = 2; string uid = 5; uint64 send = 6; uint64 start = 7; uint64 stale = 8; string how = 9;
  double lat = 10; double lon = 11; double hae = 12; double ce = 13; double le = 14; Detail detail = 15; }
message Message { Event event = 2; }`;
