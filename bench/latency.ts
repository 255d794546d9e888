/**
 * Sensor byte to open WebSocket: 200 tracks, 1,000 messages a second of one detection each, 20 operators listening. Every few seconds a
 * drone appears in a zone, or flies into one; the clock starts when the newest detection in the alerted track was sent, which the track
 * itself tells, and stops when a client has the alert. Of one that appears it is the detection that made it sure, which raises the
 * alert. Of one that flies in it is the last before its predicted path crossed the boundary, up to a whole look earlier.
 * Usage: node bench/latency.ts [--crossings 30] [--per-message 1]
 */
import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { destination } from "@picket/geo";
import type { FeedHealth, LiveMessage } from "@picket/model";
import { freePort, spawnSite, summary } from "./spawn-site.ts";

const { values } = parseArgs({
  options: { crossings: { type: "string", default: "30" }, "per-message": { type: "string", default: "1" } },
});
const CROSSINGS = Number(values.crossings);
const TRACKS = 200;
const LOOK_MS = 200;
const CLIENTS = 20;
const EVERY_S = 3;
const SITE = { latDeg: 32.55, lonDeg: -117.04 };
/** Zones lie on a ring 12 km out, clear of the 200 others, which circle within 6 km. */
const RING_M = 12_000;
const ZONE_RADIUS_M = 500;
/** Every other drone appears in its zone, the rest begin this far from the middle. */
const START_M = [0, 900];
const SPEED_MPS = 30;
const PER_MESSAGE = Number(values["per-message"]);

const wallMs = () => performance.timeOrigin + performance.now();
const udpPort = await freePort();
const dir = mkdtempSync(join(tmpdir(), "picket-latency-"));
const site = await spawnSite(dir, {
  site: { id: "latency", name: "Latency", ...SITE },
  server: { port: await freePort(), dataDir: "data" },
  feeds: [{ id: "radar", protocol: "detections", transport: { kind: "udp", port: udpPort } }],
  sensors: [
    {
      id: "radar",
      name: "Radar",
      kind: "radar",
      ...SITE,
      height: { valueM: 10, sigmaM: 1, reference: "hae" },
      rangeMaxM: 20_000,
      revisitMs: LOOK_MS,
      detectionProbability: 0.95,
      clutterPerLook: 1,
    },
  ],
  zones: Array.from({ length: CROSSINGS }, (_, index) => ({
    id: `zone-${index}`,
    name: `Zone ${index}`,
    purpose: "protected",
    shape: { kind: "circle", centre: destination(SITE, (2 * Math.PI * index) / CROSSINGS, RING_M), radiusM: ZONE_RADIUS_M },
    entryLevel: "warning",
  })),
});

/** Milliseconds from the detection to each client, by zone. */
const arrivals = new Map<string, number[]>();
const traffic = { messages: 0, octets: 0 };
const clients = Array.from({ length: CLIENTS }, () => new WebSocket(`${site.url.replace("http", "ws")}/api/live`));
for (const client of clients) {
  client.addEventListener("message", ({ data }) => {
    const atMs = wallMs();
    const text = String(data);
    traffic.messages++;
    traffic.octets += text.length;
    if (!text.includes('"zoneEntry"')) return;
    const message = JSON.parse(text) as LiveMessage;
    if (message.type !== "delta") return;
    for (const { kind, zone, tracks } of message.alerts) {
      const track = message.tracks.find(({ id }) => id === tracks[0]);
      if (kind !== "zoneEntry" || !zone || !track) continue;
      const seen = arrivals.get(zone) ?? [];
      if (seen.length < CLIENTS) seen.push(atMs - track.measuredMs);
      arrivals.set(zone, seen);
    }
  });
}

const socket = createSocket("udp4");
const startMs = wallMs();
let detections = 0;
let messages = 0;
for (let look = 0; ; look++) {
  const inS = (look * LOOK_MS) / 1000;
  const list = Array.from({ length: TRACKS }, (_, index) => {
    const rangeM = 1000 + 25 * index;
    return detection(rangeM, index * 137.5 + (12 * inS * 180) / Math.PI / rangeM);
  });
  const newest = Math.floor(inS / EVERY_S) - 1;
  for (let index = Math.max(0, newest - 8); index <= Math.min(newest, CROSSINGS - 1); index++) {
    const aloftS = inS - EVERY_S * (index + 1);
    list.unshift(detection(RING_M + startM(index) - SPEED_MPS * aloftS, (360 * index) / CROSSINGS));
  }
  // Spread over the look, as a turning antenna reports.
  for (let from = 0; from < list.length; from += PER_MESSAGE) {
    const dueMs = startMs + (look + from / list.length) * LOOK_MS;
    if (dueMs > wallMs()) await sleep(dueMs - wallMs());
    const line = { sensor: "radar", measuredMs: Math.round(wallMs()), detections: list.slice(from, from + PER_MESSAGE) };
    socket.send(JSON.stringify(line), udpPort, "127.0.0.1");
    detections += line.detections.length;
    messages++;
  }
  if (newest > CROSSINGS + 8) break;
}

function startM(zone: number): number {
  return START_M[zone % START_M.length] ?? 0;
}

function detection(rangeM: number, azimuthDeg: number): Readonly<Record<string, unknown>> {
  const sigmas = { rangeSigmaM: 3, azimuthSigmaDeg: 0.1, elevationSigmaDeg: 0.2 };
  return { kind: "polar", rangeM, azimuthDeg: azimuthDeg % 360, elevationDeg: 1, ...sigmas };
}

await sleep(1000);
const ranS = (wallMs() - startMs) / 1000;
const per = (total: number) => total / ranS / CLIENTS;
console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`);
console.log(
  `${(messages / ranS).toFixed(0)} messages/s, ${(detections / ranS).toFixed(0)} detections/s of ${TRACKS} objects and more, ${CLIENTS} clients, ${ranS.toFixed(0)} s`,
);
const [feed] = (await (await fetch(`${site.url}/api/feeds`)).json()) as FeedHealth[];
console.log(`${feed?.records} of ${messages} messages understood, ${feed?.dropped} found no room in the socket`);
console.log(`${arrivals.size} of ${CROSSINGS} zones alerted`);
for (const [kind, what] of ["appears in a zone", "flies into a zone"].entries()) {
  const latencies = [...arrivals].filter(([zone]) => Number(zone.slice(5)) % START_M.length === kind).flatMap(([, seen]) => seen);
  const { p50, p99, max } = summary(latencies);
  const words = `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, max ${max.toFixed(0)} ms`;
  console.log(`sensor byte to open WebSocket, ${what}: ${words} of ${latencies.length} arrivals`);
}
console.log(`each client: ${per(traffic.messages).toFixed(1)} messages/s, ${(per(traffic.octets) / 1e6).toFixed(2)} MB/s`);
for (const client of clients) client.close();
socket.close();
site.child.kill();
await site.exited;
rmSync(dir, { recursive: true });
