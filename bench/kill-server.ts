/**
 * Kills a whole site with SIGKILL at random moments under 2,000 messages a second, starts it again, and counts what was lost.
 * Acknowledged is what /api/record had reported as committed. Datagrams that never reached the journal are counted apart, from
 * the sender's own sequence. Usage: node bench/kill-server.ts [--kills 50] [--seed 1]
 */
import { createSocket } from "node:dgram";
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Alert, AssessedTrack, RecordHealth } from "@picket/model";
import { openJournalReader } from "@picket/server";
import { freePort, spawnSite, summary } from "./spawn-site.ts";

const { values } = parseArgs({ options: { kills: { type: "string", default: "50" }, seed: { type: "string", default: "1" } } });
const KILLS = Number(values.kills);
const MESSAGES_PER_S = 2000;
const SITE = { latDeg: 32.55, lonDeg: -117.04 };
const sensor = {
  name: "Radar",
  kind: "radar",
  ...SITE,
  height: { valueM: 10, sigmaM: 1, reference: "hae" },
  rangeMaxM: 20_000,
  revisitMs: 500,
};

const udpPort = await freePort();
const dir = mkdtempSync(join(tmpdir(), "picket-kill-"));
const journalDir = join(dir, "data", "journal");
const configuration = {
  site: { id: "kill", name: "Kill", ...SITE },
  server: { port: await freePort(), dataDir: "data" },
  feeds: [{ id: "radar", protocol: "detections", transport: { kind: "udp", port: udpPort } }],
  sensors: [{ id: "radar", ...sensor }],
  zones: [
    {
      id: "here",
      name: "Here",
      purpose: "protected",
      shape: { kind: "circle", centre: SITE, radiusM: 3000 },
      entryLevel: "warning",
    },
  ],
};

/** Mulberry32: the same seed kills at the same moments. */
let state = Number(values.seed);
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const totals = {
  sent: 0,
  journalled: 0,
  acknowledgedLost: 0,
  chainBreaks: 0,
  bootsReused: 0,
  idsReused: 0,
  oldTracksLive: 0,
  alertsForgotten: 0,
};
const restartMs: number[] = [];
const boots = new Set<number>();
const trackIds = new Map<string, number>();
let alertsBefore: readonly Alert[] = [];

for (let kill = 0; kill < KILLS; kill++) {
  const site = await spawnSite(dir, configuration);
  const get = async <T>(path: string): Promise<T> => (await fetch(`${site.url}${path}`)).json() as Promise<T>;
  const first = await get<AssessedTrack[]>("/api/tracks");
  restartMs.push(site.startedInMs);
  for (const { id } of first) if ((trackIds.get(id) ?? kill) !== kill) totals.oldTracksLive++;
  const alertsNow = await get<Alert[]>("/api/alerts");
  for (const before of alertsBefore) {
    if (before.state !== "cleared" && !alertsNow.some((alert) => alert.id === before.id)) totals.alertsForgotten++;
  }

  const socket = createSocket("udp4");
  const untilMs = performance.now() + 500 + random() * 1500;
  let acknowledged = 0;
  const watching = (async () => {
    while (performance.now() < untilMs - 20) {
      acknowledged = Math.max(acknowledged, (await get<RecordHealth>("/api/record")).committed);
      await sleep(20);
    }
    for (const { id } of await get<AssessedTrack[]>("/api/tracks")) {
      const before = trackIds.get(id);
      if (before !== undefined && before !== kill) totals.idsReused++;
      trackIds.set(id, kill);
    }
    alertsBefore = await get<Alert[]>("/api/alerts");
  })();
  const sentBefore = totals.sent;
  const startMs = performance.now();
  while (performance.now() < untilMs) {
    while (totals.sent - sentBefore < ((performance.now() - startMs) / 1000) * MESSAGES_PER_S) {
      const azimuthDeg = (totals.sent * 36.5) % 360;
      const polar = { kind: "polar", rangeM: 1000 + (totals.sent % 10), rangeSigmaM: 5, azimuthDeg, azimuthSigmaDeg: 0.3 };
      socket.send(
        JSON.stringify({ sensor: "radar", detail: `n${totals.sent}`, state: "working", detections: [polar] }),
        udpPort,
        "127.0.0.1",
      );
      totals.sent++;
    }
    await sleep(2);
  }
  await watching;
  site.child.kill("SIGKILL");
  await site.exited;
  socket.close();

  const reader = openJournalReader(journalDir);
  let expected = 1;
  for (const { sequence, entry } of reader.entries({ fromSequence: 1 })) {
    if (sequence !== expected) totals.acknowledgedLost += Math.max(0, Math.min(sequence, acknowledged + 1) - expected);
    expected = sequence + 1;
    if (kill === KILLS - 1 && entry?.kind === "bytes") totals.journalled++;
    if (entry?.kind === "boot" && kill === KILLS - 1) {
      if (boots.has(entry.bootNumber)) totals.bootsReused++;
      boots.add(entry.bootNumber);
    }
  }
  if (expected <= acknowledged) totals.acknowledgedLost += acknowledged - expected + 1;
  if (kill === KILLS - 1 && !reader.verify().ok) totals.chainBreaks++;
  reader.close();
}

const { p50, max } = summary(restartMs);
console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, seed ${values.seed}, ${KILLS} kills`);
console.log(
  `datagrams sent ${totals.sent}, journalled ${totals.journalled}, lost before the journal ${totals.sent - totals.journalled}`,
);
console.log(
  `acknowledged lost ${totals.acknowledgedLost}; chain breaks ${totals.chainBreaks}; boot numbers reused ${totals.bootsReused}`,
);
console.log(
  `track ids reused ${totals.idsReused}; old tracks live ${totals.oldTracksLive}; open alerts forgotten ${totals.alertsForgotten}`,
);
console.log(`process start to address printed: median ${p50.toFixed(0)} ms, max ${max.toFixed(0)} ms`);
console.log(`fsync baseline of this run: ${fsyncBaseline()}`);
rmSync(dir, { recursive: true });

function fsyncBaseline(): string {
  const file = openSync(join(dir, "fsync"), "w");
  const times = Array.from({ length: 200 }, () => {
    const startMs = performance.now();
    writeSync(file, "x".repeat(4096));
    fsyncSync(file);
    return performance.now() - startMs;
  });
  closeSync(file);
  const { p50: middle, p99 } = summary(times);
  return `4 KiB write + fsync p50 ${middle.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
}
