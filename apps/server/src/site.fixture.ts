import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { destination } from "@picket/geo";
import { type Command, type CommandId, type DetectionLine, type Frame, feedId, sensorId } from "@picket/model";
import { createClock, platformTime } from "./clock.ts";
import type { CommandRequest } from "./command-request.ts";
import { parseConfiguration, type SiteConfiguration } from "./config/read-configuration.ts";
import { createDecider, type Decider } from "./decider.ts";
import type { createEngine } from "./engine.ts";
import { type Journal, openJournal } from "./record/journal.ts";
import { createRecorder } from "./recorder.ts";
import { restoreEngine } from "./restore.ts";
import { type SiteProcess, startSiteProcess } from "./site-process.ts";

/** Where the test's site stands. */
export const HERE = { latDeg: 32.55, lonDeg: -117.04 };
export const RADAR = feedId.parse("radar");
const LOOK_MS = 100;

/** A radar on UDP, one that posts, one on standard input; a zone of a kilometre around the site; two people, one with a fixed post. */
export const CONFIGURATION: SiteConfiguration = parseConfiguration(
  JSON.stringify({
    site: { id: "test", name: "Test site", ...HERE, groundHaeM: 5 },
    feeds: [
      { id: "radar", protocol: "detections", transport: { kind: "udp", port: 0 }, owner: "us", legalBasis: "own sensor" },
      { id: "posted", protocol: "detections", transport: { kind: "http" } },
      { id: "piped", protocol: "detections", transport: { kind: "stdin" } },
    ],
    sensors: [
      {
        id: "radar",
        name: "Radar",
        kind: "radar",
        ...HERE,
        height: { valueM: 10, sigmaM: 1, reference: "hae" },
        rangeMaxM: 10_000,
        revisitMs: LOOK_MS,
        silentAfterMs: 1000,
      },
    ],
    zones: [
      {
        id: "yard",
        name: "Yard",
        purpose: "protected",
        shape: { kind: "circle", centre: HERE, radiusM: 1000 },
        entryLevel: "warning",
      },
    ],
    persons: [
      { id: "ana", name: "Ana", language: "en", fixed: HERE },
      { id: "ben", name: "Ben", language: "es" },
    ],
  }),
  "site.yaml",
);

/** A directory that is gone after the test. */
export function temporaryDir(context: Readonly<{ after(clean: () => void): void }>): string {
  const dir = mkdtempSync(join(tmpdir(), "picket-test-"));
  context.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export type TestSite = Readonly<{ site: SiteProcess; input: PassThrough; reports: string[] }>;

export async function startTestSite(dataDir: string, configuration = CONFIGURATION): Promise<TestSite> {
  const input = new PassThrough();
  const reports: string[] = [];
  const clock = createClock(platformTime);
  const report = (fault: string) => void reports.push(fault);
  const site = await startSiteProcess({ configuration, dataDir, clock, input, version: "test", report });
  return { site, input, reports };
}

/** Resolves with what `get` gives once it gives something, asked every 5 ms. */
export async function until<T>(get: () => T | undefined | false, withinMs = 30_000): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const value = get();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > endMs) throw new Error(`Not so within ${withinMs} ms: ${get}`);
    await sleep(5);
  }
}

/** One look of the radar at a drone `rangeM` north of the site. */
export const lookAt = (rangeM: number): string => {
  const { latDeg, lonDeg } = destination(HERE, 0, rangeM);
  const height = { valueM: 80, sigmaM: 5, reference: "hae" as const };
  const line: DetectionLine = {
    sensor: sensorId.parse("radar"),
    detections: [{ kind: "position", latDeg, lonDeg, horizontalSigmaM: 5, height }],
  };
  return `${JSON.stringify(line)}\n`;
};

/** Sends a look every 100 ms, of a drone that comes in from 1,200 m at 100 m/s and then stays at 400 m, until stopped. */
export function flyIn(send: (line: string) => void): () => void {
  let looks = 0;
  const timer = setInterval(() => send(lookAt(Math.max(400, 1200 - 10 * looks++))), LOOK_MS);
  return () => clearInterval(timer);
}

/** The UDP port a feed listens on. */
const portOf = (site: SiteProcess): Promise<number> =>
  until(() => {
    const detail = site.feeds().find(({ id }) => id === RADAR)?.detail;
    return detail?.startsWith("udp") ? Number(detail.split(":").at(-1)) : undefined;
  });

/** Flies the drone in over the radar's own UDP feed. */
export async function flyInByUdp(site: SiteProcess): Promise<() => void> {
  const port = await portOf(site);
  const socket = createSocket("udp4");
  const stop = flyIn((line) => socket.send(line, port, "127.0.0.1"));
  return () => {
    stop();
    socket.close();
  };
}

let commands = 0;
/** A command with an id of its own. */
export const request = <K extends Command["kind"]>(
  kind: K,
  rest: Omit<Extract<CommandRequest, { kind: K }>, "kind" | "id">,
): CommandRequest => ({ kind, id: `test-${++commands}` as CommandId, ...rest }) as unknown as CommandRequest;

/** The zone's alert, once it is raised. */
export const entryAlert = (site: SiteProcess) =>
  until(() => site.frame()?.alerts.find(({ kind, state }) => kind === "zoneEntry" && state !== "cleared"));

export type Boot = Readonly<{ journal: Journal; decider: Decider; reports: string[]; fault: string | undefined }>;

/** The deciding half of a site without its clock and feeds: the caller says what comes and when a tick is. */
export async function boot(
  dataDir: string,
  nowMs: number,
  create?: typeof createEngine,
  { site, feeds } = CONFIGURATION,
): Promise<Boot> {
  const dir = `${dataDir}/journal`;
  let newestMs = nowMs;
  const journal = await openJournal({ dir, nowMs: () => newestMs, version: "test" });
  const engineOptions = { site, feeds, bootNumber: journal.bootNumber };
  const { engine, fault } = restoreEngine(engineOptions, dir);
  const reports: string[] = [];
  const report = (words: string) => void reports.push(words);
  const recorder = createRecorder(journal);
  const plain = createDecider({ engine, engineOptions, recorder, nowMs, report, ...(create && { create }) });
  const decider: Decider = {
    ...plain,
    tick(atMs) {
      newestMs = atMs;
      return plain.tick(atMs);
    },
  };
  return { journal, decider, reports, fault };
}

/** The name and time that the server adds to what was asked for. */
export const named = (asked: CommandRequest, by: string, atMs: number): Command => ({ ...asked, by, atMs }) as Command;

/** Ticks of 100 ms, each with a look at the drone of {@link flyIn}, until `isEnough`. Answers every frame. */
export function flyThrough({ decider }: Boot, fromMs: number, isEnough: (frame: Frame) => boolean, most = 100): Frame[] {
  const frames: Frame[] = [];
  for (let look = 0; look < most; look++) {
    const nowMs = fromMs + look * LOOK_MS;
    decider.bytes(RADAR, Buffer.from(lookAt(Math.max(400, 1200 - 10 * look))), nowMs - 20, "test");
    const frame = decider.tick(nowMs);
    if (frame) frames.push(frame);
    if (frame && isEnough(frame)) return frames;
  }
  throw new Error(`Not so within ${most} looks`);
}

export const hasEntryAlert = ({ alerts }: Frame): boolean => alerts.some(({ kind }) => kind === "zoneEntry");

/** Frames are long: says which is the first that differs, not what all of them hold. */
export function assertSameFrames(actual: readonly string[], expected: readonly string[], message = ""): void {
  const at = expected.findIndex((frame, index) => frame !== actual[index]);
  assert.equal(at, -1, `frame ${at} of ${expected.length} differs ${message}`);
  assert.equal(actual.length, expected.length, message);
}
