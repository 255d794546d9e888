/**
 * Kills a whole site with SIGKILL at random moments under 2,000 messages a second, starts it again, and counts what was lost.
 * Acknowledged is what the server said is recorded: the newest committed sequence of /api/record, and commands answered with
 * `recorded`. Datagrams that never reached the journal are counted apart, from the sender's own sequence.
 * Usage: node bench/kill-server.ts [--kills 50] [--objects 20] [--seed 1]
 */
import { createSocket } from "node:dgram";
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { destination } from "@picket/geo";
import type { Alert, AssessedTrack, RecordHealth, Warning } from "@picket/model";
import { openJournalReader } from "@picket/server";
import { freePort, spawnSite, summary } from "./spawn-site.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    objects: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
  },
});
const KILLS = Number(values.kills);
const OBJECTS = Number(values.objects);
const MESSAGES_PER_S = 2000;
const SITE = { latDeg: 32.55, lonDeg: -117.04 };
const sensor = {
  name: "Radar",
  kind: "radar",
  ...SITE,
  height: { valueM: 10, sigmaM: 1, reference: "hae" },
  rangeMaxM: 20_000,
  revisitMs: Math.max(10, (1000 * OBJECTS) / MESSAGES_PER_S),
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
  // On the way of the innermost object, so that there is a warning.
  persons: [{ id: "guard", name: "Guard", language: "en", fixed: destination(SITE, 0.3, 400) }],
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
  acknowledgements: 0,
  acknowledgementsLost: 0,
  restoresShort: 0,
  chainBreaks: 0,
  bootsReused: 0,
  idsReused: 0,
  oldTracksLive: 0,
  sightingsLost: 0,
  alertsForgotten: 0,
  warningsForgotten: 0,
};
const restartMs: number[] = [];
const restartCpuMs: number[] = [];
const boots = new Set<number>();
/** Which life gave a track or an alert its id. */
const givenIn = new Map<string, string>();
let alertsBefore: readonly Alert[] = [];
let warningsBefore: readonly Warning[] = [];
/** Alerts that somebody took, each with the revision that was taken: a later one may call again. */
const acknowledged = new Map<string, number>();
/** Reports that the server said are recorded, and those of them whose alert somebody took. */
const sightings = new Set<string>();
const taken = new Set<string>();
let readFrom = 1;

const isUnacknowledged = ({ state }: Alert): boolean => state.endsWith("Unacknowledged");

for (let kill = 0; kill < KILLS; kill++) {
  const site = await spawnSite(dir, configuration);
  restartMs.push(site.startedInMs);
  if (site.startCpuMs !== undefined) restartCpuMs.push(site.startCpuMs);
  const get = async <T>(path: string): Promise<T> => (await fetch(`${site.url}/api/${path}`)).json() as Promise<T>;
  for (const { id } of await get<AssessedTrack[]>("tracks")) if (givenIn.has(id)) totals.oldTracksLive++;
  const alertsNow = new Map((await get<Alert[]>("alerts")).map((alert) => [alert.id, alert]));
  const warningsNow = new Set((await get<Warning[]>("warnings")).map(({ id }) => id));
  const reported = new Set([...alertsNow.values()].map(({ sighting: of }) => of as string | undefined));
  for (const id of sightings) if (!reported.has(id) && !taken.has(id)) totals.sightingsLost++;
  for (const alert of alertsBefore) {
    const now = alertsNow.get(alert.id);
    if (now && isUnacknowledged(now) && acknowledged.get(alert.id) === now.revision) totals.acknowledgementsLost++;
    if (!acknowledged.has(alert.id) && isUnacknowledged(alert) && !now) totals.alertsForgotten++;
  }
  for (const { id, closedMs } of warningsBefore) if (closedMs === undefined && !warningsNow.has(id)) totals.warningsForgotten++;

  const socket = createSocket("udp4");
  const untilMs = performance.now() + 500 + random() * 3500;
  let committed = 0;
  /** Answers whether it is on disk. */
  const command = async (body: unknown): Promise<boolean> => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${site.url}/api/commands`, { method: "POST", headers, body: JSON.stringify(body) });
    return ((await answer.json()) as { recorded: boolean }).recorded;
  };
  const watching = (async () => {
    // Somebody reports a drone in every life: its alert waits for a person, over any number of lives.
    if (await command(sighting(kill))) sightings.add(`s-${kill}`);
    while (performance.now() < untilMs - 20) {
      committed = Math.max(committed, (await get<RecordHealth>("record")).committed);
      await sleep(20);
    }
    for (const { id } of await get<AssessedTrack[]>("tracks")) noteId(id, `boot ${kill}`);
    alertsBefore = await get<Alert[]>("alerts");
    for (const { id, raisedMs } of alertsBefore) noteId(id, `raised ${raisedMs}`);
    warningsBefore = await get<Warning[]>("warnings");
    const [alert] = alertsBefore.filter((one) => isUnacknowledged(one) && !acknowledged.has(one.id));
    if (!alert || kill % 2 === 0) return;
    if (!(await command({ kind: "acknowledge", id: `ack-${kill}`, alert: alert.id, revision: alert.revision }))) return;
    totals.acknowledgements++;
    acknowledged.set(alert.id, alert.revision);
    if (alert.sighting) taken.add(alert.sighting);
  })();
  const sentBefore = totals.sent;
  const startMs = performance.now();
  while (performance.now() < untilMs) {
    while (totals.sent - sentBefore < ((performance.now() - startMs) / 1000) * MESSAGES_PER_S) {
      socket.send(JSON.stringify(message(totals.sent)), udpPort, "127.0.0.1");
      totals.sent++;
    }
    await sleep(2);
  }
  await watching;
  site.child.kill("SIGKILL");
  await site.exited;
  socket.close();
  for (const line of site.said.filter((words) => words.includes("could not be played again"))) {
    totals.restoresShort++;
    console.log(`life ${kill}: ${line}`);
  }

  const reader = openJournalReader(journalDir);
  for (const { sequence, entry } of reader.entries({ fromSequence: readFrom })) {
    if (sequence !== readFrom) totals.acknowledgedLost += Math.max(0, Math.min(sequence, committed + 1) - readFrom);
    readFrom = sequence + 1;
    if (entry?.kind === "bytes") totals.journalled++;
    if (entry?.kind !== "boot") continue;
    if (boots.has(entry.bootNumber)) totals.bootsReused++;
    boots.add(entry.bootNumber);
  }
  if (readFrom <= committed) totals.acknowledgedLost += committed - readFrom + 1;
  if (kill === KILLS - 1 && !reader.verify().ok) totals.chainBreaks++;
  reader.close();
}

/** One plot of one of the objects, which circle the site at 12 m/s, 60 m apart. */
function message(serial: number): unknown {
  const object = serial % OBJECTS;
  const rangeM = 400 + 60 * object;
  const { latDeg, lonDeg } = destination(SITE, object * 2.4 + (12 * (serial / MESSAGES_PER_S)) / rangeM, rangeM);
  return { sensor: "radar", detections: [{ kind: "position", latDeg, lonDeg, horizontalSigmaM: 5 }] };
}

function sighting(kill: number): unknown {
  const place = destination(SITE, kill, 3000 + 2000 * kill);
  const seen = { id: `s-${kill}`, by: "Guard", seenMs: Date.now(), seenSigmaMs: 1000, ...place, placeSigmaM: 10, count: 1 };
  return { kind: "sighting", id: `sighting-${kill}`, reality: "live", sighting: { ...seen, moving: "hovering" } };
}

/** An id belongs to one life for ever. */
function noteId(id: string, life: string): void {
  if ((givenIn.get(id) ?? life) !== life) totals.idsReused++;
  givenIn.set(id, life);
}

const { p50, max } = summary(restartMs);
console.log(
  `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}, seed ${values.seed}, ${KILLS} kills`,
);
console.log(
  `datagrams of ${OBJECTS} objects sent ${totals.sent}, journalled ${totals.journalled}, lost before the journal ${totals.sent - totals.journalled}`,
);
console.log(
  `acknowledged entries lost ${totals.acknowledgedLost}; acknowledgements of alerts ${totals.acknowledgements}, lost ${totals.acknowledgementsLost}; sightings ${sightings.size}, lost ${totals.sightingsLost}`,
);
console.log(
  `restores that fell short ${totals.restoresShort}; chain breaks ${totals.chainBreaks}; boot numbers reused ${totals.bootsReused}; track or alert ids reused ${totals.idsReused}`,
);
console.log(
  `old tracks live ${totals.oldTracksLive}; unacknowledged alerts forgotten ${totals.alertsForgotten}; open warnings forgotten ${totals.warningsForgotten}`,
);
const cpu = summary(restartCpuMs);
console.log(
  `process start to address printed: median ${p50.toFixed(0)} ms, max ${max.toFixed(0)} ms; of that on a core: median ${cpu.p50.toFixed(0)} ms, max ${cpu.max.toFixed(0)} ms`,
);
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
