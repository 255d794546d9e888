/**
 * A day of three feeders, as fast as the machine can: a readsb page, a BaseStation port and a kit at a broker, through the site's own
 * feed monitors and engine, on a clock that is stepped by the second. They die in every way a feeder dies, come back, and the site itself
 * is started anew three times. Exits 1 when one that is dead is green for more than 10 s, one that is well is called dead, a track is
 * shown of what nobody hears any more, or memory grows. Usage: node bench/feeder-day.ts [--hours 24] [--seed 1]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type AssessedTrack, type Frame, feedId, type Sensor, type Site, sensorId } from "@picket/model";
import { createEngine, createFeedMonitor, EMPTY_SITE, type FeedConfig, type FeedMonitor } from "@picket/server";
import { createRandom } from "@picket/sim";
import { createSky } from "./feeder-sky.ts";
import { type Condition, type Feeder, kitFeeder, lineFeeder, pageFeeder } from "./feeders.ts";

const DEAD_SEEN_WITHIN_S = 10;
const GREEN_AGAIN_WITHIN_S = 10;
/** A track may be predicted for as long as its own uncertainty allows; then it ends. */
const TRACK_OUTLIVES_S = 300;
/** A standing page is found out within 5 s; until then its ages look young. */
const FRESHER_THAN_HEARD_MS = 6000;
const WELL_S = { least: 60, most: 1500 };
const ILL_S = { least: 15, most: 900 };
const SITE_RESTARTS_AT_H = [7, 13, 19];
/** Of the median of the last six hours over that of hours two to seven; a shorter day is not judged. */
const LARGEST_GROWTH = 0.15;
const LEAST_HOURS = 14;

const { values } = parseArgs({ options: { hours: { type: "string", default: "24" }, seed: { type: "string", default: "1" } } });
const HOURS = Number(values.hours);
const START_MS = Date.UTC(2026, 10, 21);
const PLACE = { latDeg: 32.55, lonDeg: -117.04 };
setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const random = createRandom(values.seed);
const feeders = [pageFeeder(random.fork("page")), lineFeeder(random.fork("lines")), kitFeeder(random.fork("kit"))];
const skies = {
  aircraft: createSky("aircraft", PLACE, random.fork("sky")),
  drones: createSky("drone", PLACE, random.fork("drones")),
};
const sensors: Sensor[] = feeders.map(({ id, protocol }) => ({
  id: sensorId.parse(id),
  name: id,
  kind: protocol === "dragonsync" ? "remoteId" : "adsb",
  ...PLACE,
  rangeMaxM: 60_000,
  covers: false,
  silentAfterMs: 10_000,
}));
const site: Site = { ...EMPTY_SITE, ...PLACE, name: "Feeder day", sensors };
const configs = feeders.map(
  ({ id, protocol, transport }): FeedConfig => ({
    id: feedId.parse(id),
    protocol,
    sensor: sensorId.parse(id),
    transport: transportOf(transport),
    legalBasis: "Simulated",
  }),
);

function transportOf(kind: string): FeedConfig["transport"] {
  if (kind === "httpPoll") return { kind, url: "http://feeder.local/data/aircraft.json" };
  if (kind === "mqtt") return { kind, url: "mqtt://192.0.2.9", topics: ["wardragon/#"] };
  return { kind: "tcpClient", host: "192.0.2.7", port: 30_003 };
}

/** One feeder as it goes through the day, and what was seen of it. */
type Watched = {
  readonly feeder: Feeder;
  readonly monitor: FeedMonitor;
  readonly chance: ReturnType<typeof createRandom>;
  condition: Condition;
  sinceMs: number;
  untilMs: number;
  /** When the site's word first fitted its condition. */
  fitsSinceMs: number | undefined;
  deaths: Map<Condition, number[]>;
  recoveriesS: number[];
  falseAlarms: number;
};

const watched = feeders.map((feeder, i): Watched => {
  const config = configs[i] as FeedConfig;
  const monitor = createFeedMonitor(config, feeder.transport);
  monitor.state({ kind: "listening", where: feeder.transport });
  const chance = random.fork(`fate ${feeder.id}`);
  const untilMs = START_MS + 1000 * chance.between(WELL_S.least, WELL_S.most);
  const deaths = new Map<Condition, number[]>();
  return {
    feeder,
    monitor,
    chance,
    condition: "well",
    sinceMs: START_MS,
    untilMs,
    fitsSinceMs: undefined,
    deaths,
    recoveriesS: [],
    falseAlarms: 0,
  };
});
const faults: string[] = [];
const lastHeardMs = new Map<string, number>();
const heapMb: number[] = [];
const restarts: { atH: number; againS: number }[] = [];
let longestOutliveS = 0;
let boot = 1;
let bootMs = START_MS;
let engine = createEngine({ site, feeds: configs, bootNumber: boot });
let sequence = 0;

/** Lets fate change a feeder's condition, and the transport say what it notices of that. */
function turn(one: Watched, nowMs: number): void {
  if (nowMs < one.untilMs) return;
  if (one.fitsSinceMs === undefined) judge(one, nowMs, Number.POSITIVE_INFINITY);
  const before = one.condition;
  const isWell = before === "well";
  one.condition = isWell ? (one.feeder.faults[one.chance.below(one.feeder.faults.length)] ?? "off") : "well";
  one.sinceMs = nowMs;
  one.fitsSinceMs = undefined;
  const lasts = one.condition === "well" ? WELL_S : ILL_S;
  one.untilMs = nowMs + 1000 * one.chance.between(lasts.least, lasts.most);
  if (one.condition === "off") one.monitor.state({ kind: "reconnecting", inMs: 1000, why: "nothing listens there" });
  else if (before === "off") one.monitor.state({ kind: "listening", where: one.feeder.transport });
}

/** Takes down how long it was until the site's word fitted. */
function judge(one: Watched, nowMs: number, tookS = (nowMs - one.sinceMs) / 1000): void {
  one.fitsSinceMs = nowMs;
  if (one.condition === "well") one.recoveriesS.push(tookS);
  else one.deaths.set(one.condition, [...(one.deaths.get(one.condition) ?? []), tookS]);
}

/** Green is what an operator takes for well: the feed is heard and its sensor watches. */
function look(one: Watched, frame: Frame, nowMs: number): void {
  const sensor = frame.sensors.find(({ id }) => id === one.feeder.id);
  const isGreen = one.monitor.health(nowMs).state === "receiving" && sensor?.state === "watching";
  const fits = isGreen === (one.condition === "well");
  if (fits && one.fitsSinceMs === undefined) judge(one, nowMs);
  if (fits || one.fitsSinceMs === undefined || nowMs - bootMs < 1000 * GREEN_AGAIN_WITHIN_S) return;
  one.falseAlarms++;
  faults.push(
    `${one.feeder.id}: ${isGreen ? "green" : "not green"} though ${one.condition}, ${(nowMs - one.sinceMs) / 1000} s after that began`,
  );
}

function lookForGhosts(tracks: readonly AssessedTrack[], nowMs: number): void {
  for (const track of tracks) {
    if (!track.id.startsWith(`t${boot}-`)) faults.push(`${track.id} is of another boot than ${boot}`);
    const heardMs = Math.max(...track.identities.map(({ claim }) => lastHeardMs.get(claim.value) ?? 0));
    if (heardMs <= 0) continue;
    longestOutliveS = Math.max(longestOutliveS, (nowMs - heardMs) / 1000);
    if (nowMs - heardMs > 1000 * TRACK_OUTLIVES_S)
      faults.push(`${track.id} is shown ${(nowMs - heardMs) / 1000} s after it was heard last`);
    if (track.measuredMs > heardMs + FRESHER_THAN_HEARD_MS)
      faults.push(`${track.id} is said to be measured ${(track.measuredMs - heardMs) / 1000} s after it was heard last`);
  }
}

function restartSite(nowMs: number): void {
  const snapshot = engine.snapshot();
  bootMs = nowMs;
  engine = createEngine({ site, feeds: configs, bootNumber: ++boot }, snapshot);
  restarts.push({ atH: (nowMs - START_MS) / 3_600_000, againS: Number.NaN });
}

const began = performance.now();
for (let s = 1; s <= HOURS * 3600; s++) {
  const nowMs = START_MS + 1000 * s;
  const [aircraft, drones] = [skies.aircraft.at(nowMs), skies.drones.at(nowMs)];
  if (SITE_RESTARTS_AT_H.some((hour) => s === 3600 * hour)) restartSite(nowMs);
  for (const one of watched) {
    turn(one, nowMs);
    const { feeder, monitor, condition } = one;
    const sky = feeder.protocol === "dragonsync" ? drones : aircraft;
    for (const { bytes, from } of feeder.say(condition, sky, nowMs, one.sinceMs)) {
      monitor.heard(bytes.length, nowMs);
      const { records, rejected } = engine.bytes(feedId.parse(feeder.id), bytes, nowMs, from, ++sequence);
      monitor.ingested(records, rejected, nowMs);
    }
    if (condition !== "well") continue;
    for (const { hex } of sky)
      lastHeardMs.set(feeder.protocol === "dragonsync" ? `TESTA${hex.padStart(10, "0")}` : hex.toUpperCase(), nowMs);
  }
  const frame = engine.tick(nowMs);
  for (const one of watched) look(one, frame, nowMs);
  lookForGhosts(frame.tracks, nowMs);
  const restart = restarts.at(-1);
  if (restart && Number.isNaN(restart.againS) && frame.tracks.length >= Math.min(3, aircraft.length))
    restart.againS = (nowMs - bootMs) / 1000;
  if (s % 600 === 0)
    for (const [id, heardMs] of lastHeardMs) if (nowMs - heardMs > 2000 * TRACK_OUTLIVES_S) lastHeardMs.delete(id);
  if (s % 3600 !== 0) continue;
  // What one collection frees of outside memory the next one gives back.
  for (let times = 0; times < 2; times++) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  heapMb.push((heapUsed + arrayBuffers) / 2 ** 20);
}
const tookS = (performance.now() - began) / 1000;
const ownS = process.threadCpuUsage().user / 1e6;

console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, seed ${values.seed}`);
console.log(
  `${HOURS} h in ${tookS.toFixed(1)} s: ×${Math.round((HOURS * 3600) / tookS)}, of the thread's own time ×${Math.round((HOURS * 3600) / ownS)}; ${skies.aircraft.born} aircraft, ${skies.drones.born} drones, ${sequence} chunks, ${boot} boots\n`,
);
console.log("feeder   condition      times  seen or green again after, s: median    most");
for (const { feeder, deaths, recoveriesS } of watched)
  for (const [condition, times] of [...deaths, ["well", recoveriesS] as const]) {
    const sorted = times.toSorted((a, b) => a - b);
    const [median = 0, most = 0] = [sorted[sorted.length >> 1], sorted.at(-1)];
    const line = `${feeder.id.padEnd(8)} ${condition.padEnd(14)} ${String(times.length).padStart(5)}`;
    console.log(`${line} ${median.toFixed(1).padStart(43)} ${most.toFixed(1).padStart(7)}`);
    if (most > (condition === "well" ? GREEN_AGAIN_WITHIN_S : DEAD_SEEN_WITHIN_S))
      faults.push(`${feeder.id}: ${condition} seen after ${most} s`);
  }
const [first, last] = [heapMb.slice(1, 7), heapMb.slice(-6)].map((part) => part.toSorted((a, b) => a - b)[part.length >> 1]);
const growth = HOURS < LEAST_HOURS ? 0 : (last ?? 0) / (first ?? 1) - 1;
console.log(
  `\nrestarts of the site: tracks again after ${restarts.map(({ againS }) => `${againS} s`).join(", ")}; none of another boot was shown`,
);
console.log(`longest that a track was shown after its aircraft was heard last: ${longestOutliveS.toFixed(0)} s`);
console.log(`memory at each hour, MB: ${heapMb.map((mb) => mb.toFixed(1)).join(" ")}; growth ${(100 * growth).toFixed(1)} %`);
if (growth > LARGEST_GROWTH) faults.push(`memory grew by ${(100 * growth).toFixed(0)} %`);
for (const { feeder, falseAlarms } of watched)
  if (falseAlarms > 0) console.log(`${feeder.id}: ${falseAlarms} s on which the site's word did not fit`);
for (const fault of faults.slice(0, 20)) console.error(fault);
if (faults.length > 20) console.error(`… and ${faults.length - 20} more`);
if (faults.length > 0) process.exitCode = 1;
