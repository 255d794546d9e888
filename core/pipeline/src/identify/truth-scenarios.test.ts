import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { createLocalFrame, degFromRad, fromEnu, type LocalFrame } from "@picket/geo";
import { type Detection, type Scan, type Sensor, type SensorId, sensorId, type TruthTest } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { START_MS, smallSite } from "../world.fixture.ts";

const SCENARIOS = join(process.env["PICKET_SHARED"] ?? join(import.meta.dirname, "../../../../../shared"), "bench/scenarios");
const skip = existsSync(SCENARIOS) ? false : "PICKET_SHARED has no bench/scenarios";

type Line = Record<"t" | "received" | "r" | "az" | "el" | "sr" | "saz" | "sel" | "x" | "y" | "z" | "sx" | "sz" | "n", number> & {
  sensor: string;
  kind: "scan" | "polar3d" | "bearing" | "position";
  rid: string;
  tx: string;
  stamp: number;
};
type Meta = {
  origin: { lat: number; lon: number; h: number };
  duration: number;
  sensors: {
    id: string;
    kind: string;
    pos: [number, number, number];
    pd?: number;
    period?: number;
    range?: number;
    rmax?: number;
    clutter_per_scan?: number;
    fov?: { rmin: number; rmax: number; az0: number; az1: number; el0: number; el1: number };
  }[];
};

function toSensor(
  { id, kind, pos, pd, period, range, rmax, clutter_per_scan, fov }: Meta["sensors"][number],
  frame: LocalFrame,
): Sensor {
  const { latDeg, lonDeg, altHaeM } = fromEnu(frame, pos);
  return {
    id: sensorId.parse(id),
    name: id,
    kind: kind === "polar3d" ? "radar" : kind === "bearing" ? "directionFinder" : "remoteId",
    latDeg,
    lonDeg,
    height: { valueM: altHaeM, sigmaM: 0.1, reference: "hae" },
    rangeMaxM: fov?.rmax ?? rmax ?? range ?? 5000,
    ...(fov && {
      rangeMinM: fov.rmin,
      azimuthFromDeg: degFromRad(fov.az0),
      azimuthToDeg: degFromRad(fov.az1),
      elevationMinDeg: degFromRad(fov.el0),
      elevationMaxDeg: degFromRad(fov.el1),
    }),
    ...(pd !== undefined && { detectionProbability: pd }),
    ...(period !== undefined && { revisitMs: period * 1000 }),
    ...(clutter_per_scan !== undefined && { clutterPerLook: clutter_per_scan }),
  };
}

function toDetection(line: Line, frame: LocalFrame): Detection {
  if (line.kind === "bearing")
    return { measurement: { kind: "bearing", azimuthRad: line.az, azimuthSigmaRad: line.saz }, emitter: "unknown" };
  if (line.kind === "polar3d") {
    const { r: rangeM, sr: rangeSigmaM, az: azimuthRad, saz: azimuthSigmaRad, el: elevationRad, sel: elevationSigmaRad } = line;
    return { measurement: { kind: "polar", rangeM, rangeSigmaM, azimuthRad, azimuthSigmaRad, elevationRad, elevationSigmaRad } };
  }
  const { latDeg, lonDeg, altHaeM } = fromEnu(frame, [line.x, line.y, line.z]);
  return {
    measurement: {
      kind: "position",
      latDeg,
      lonDeg,
      horizontalSigmaM: line.sx,
      height: { valueM: altHaeM, sigmaM: line.sz, reference: "hae" },
    },
    emitter: "aircraft",
    claims: [{ kind: "serial", value: line.rid }],
    origin: `remote-id:${line.tx}/${line.stamp}`,
  };
}

/** The scans of a scenario in the order in which they were received, with that time. */
function readScans(dir: string, frame: LocalFrame): { scan: Scan; received: number }[] {
  const scans: { scan: Scan; received: number; detections: Detection[] }[] = [];
  for (const text of gunzipSync(readFileSync(join(dir, "detections.jsonl.gz")))
    .toString()
    .split("\n")) {
    if (text === "") continue;
    const line = JSON.parse(text) as Line;
    if (line.kind !== "scan") {
      scans.at(-1)?.detections.push(toDetection(line, frame));
      continue;
    }
    const detections: Detection[] = [];
    const scan: Scan = {
      kind: "scan",
      sensor: line.sensor as SensorId,
      measuredMs: START_MS + line.t * 1000,
      measuredSigmaMs: 20,
      receivedMs: START_MS + line.received * 1000,
      reality: "live",
      detections,
    };
    scans.push({ scan, received: line.received, detections });
  }
  return scans;
}

/** Seconds of each scenario that are played: the rest takes long and says the same. */
const PLAYED_S = 60;

/** Second by second, what is said of each broadcast serial: as the tracks carry it, or as the alert says; and when it was first heard. */
function verdicts(dir: string): Map<string, { firstS: number; said: Map<number, TruthTest["verdict"]> }> {
  const meta = JSON.parse(readFileSync(join(dir, "meta.json"), "utf8")) as Meta;
  const { lat: latDeg, lon: lonDeg, h: altHaeM } = meta.origin;
  const frame = createLocalFrame({ latDeg, lonDeg, altHaeM });
  const pipeline = createPipeline(smallSite({ latDeg, lonDeg, sensors: meta.sensors.map((one) => toSensor(one, frame)) }), {
    bootNumber: 1,
  });
  const scans = readScans(dir, frame);
  const found = new Map<string, { firstS: number; said: Map<number, TruthTest["verdict"]> }>();
  for (let second = 1, next = 0; second <= PLAYED_S; second++) {
    const inputs: Scan[] = [];
    for (let scan = scans[next]; scan && scan.received <= second; scan = scans[++next]) inputs.push(scan.scan);
    for (const { detections } of inputs)
      for (const { claims } of detections)
        for (const { value } of claims ?? []) if (!found.has(value)) found.set(value, { firstS: second, said: new Map() });
    const { tracks, alerts } = pipeline.tick(inputs, START_MS + second * 1000);
    for (const { identities } of tracks)
      for (const { claim, truth } of identities) found.get(claim.value)?.said.set(second, truth.verdict);
    for (const { kind, reasons } of alerts)
      if (kind === "remoteIdContradicted")
        for (const { code, params } of reasons)
          if (code === "reason.identityContradicted") found.get(String(params["identity"]))?.said.set(second, "contradicted");
  }
  return found;
}

for (const name of ["S5b-remoteid-a", "S5b-remoteid-b", "S5b-remoteid-c"])
  test(`${name}: false broadcasts are contradicted within 20 s, honest ones never, however offset or late`, { skip }, () => {
    const dir = join(SCENARIOS, name);
    const { rids } = JSON.parse(readFileSync(join(dir, "answers.json"), "utf8")) as { rids: Record<string, { spoof: boolean }> };
    for (const [rid, { firstS, said }] of verdicts(dir)) {
      const contradicted = [...said].find(([, verdict]) => verdict === "contradicted");
      if (!rids[rid]?.spoof) assert.equal(contradicted, undefined, `${rid} is honest`);
      else if (firstS + 20 <= PLAYED_S) {
        const afterS = contradicted ? contradicted[0] - firstS : Number.POSITIVE_INFINITY;
        assert.ok(afterS <= 20, `${rid} is false and was contradicted after ${afterS} s`);
        console.log(`${name} ${rid}: contradicted ${afterS} s after its first broadcast`);
      }
    }
  });
