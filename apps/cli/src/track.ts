import { once } from "node:events";
import { createWriteStream, openSync } from "node:fs";
import { finished } from "node:stream/promises";
import { CLASS_NAMES, type ClaimVerdict, createRegistrar, createTracker, type TrackState, withoutBias } from "@picket/tracker";
import { fileError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";
import { CLAIM_PREFIX, CLASS_WORD, readLooks, readScenario, type Scenario } from "./track-scenario.ts";
import type { Verdict } from "./track-truth.ts";

/** How fast the tracker was: milliseconds a look, and for all that a second of the scenario brings; and the process's peak memory. */
export type TrackTiming = Readonly<{
  looks: number;
  meanMs: number;
  p95Ms: number;
  maxMs: number;
  secondMeanMs: number;
  secondP95Ms: number;
  peakMb: number;
}>;

/**
 * A look at second t that is received 50 ms later counts as known at t: the reference scorer takes a line as second t's within 50 ms of it,
 * and the reference tracker takes each look as known when it is measured.
 */
const GRACE_MS = 50;
/** A track is shown as there while it is likelier than not. */
const SHOWN_ABOVE = 0.5;
const NAMED_DRONE_ABOVE = 0.99;

/**
 * `out` is a file, or `-` for standard output. A line for second t is written `graceMs` after t, with what was received by then. With 0 it
 * knows nothing that came later than t.
 */
export type TrackOptions = Readonly<{ scenarioDir: string; out: string; graceMs?: number }>;

/** `picket track`: as {@link trackScenario}, with the timing on standard error. Answers the exit code. */
export async function trackCommand(options: TrackOptions): Promise<number> {
  const { meanMs, p95Ms, maxMs, secondMeanMs, secondP95Ms, peakMb } = await trackScenario(options);
  process.stderr.write(
    `mean ${meanMs.toFixed(3)} p95 ${p95Ms.toFixed(3)} max ${maxMs.toFixed(3)} ms per look, ` +
      `mean ${secondMeanMs.toFixed(3)} p95 ${secondP95Ms.toFixed(3)} ms per second, peak ${peakMb.toFixed(0)} MB\n`,
  );
  return EXIT.done;
}

/**
 * Runs the tracker over a scenario of the bench and writes one line per confirmed track and whole second, knowing only what had been
 * received by then, or so much later as is granted.
 */
export async function trackScenario({ scenarioDir, out, graceMs = GRACE_MS }: TrackOptions): Promise<TrackTiming> {
  const scenario = readScenario(scenarioDir);
  const tracker = createTracker({ sensors: scenario.sensors });
  const sink = out === "-" ? process.stdout : createWriteStream(out, { fd: openToWrite(out) });
  const tookMs: number[] = [];
  const secondMs: number[] = [];
  const truth = hasRemoteId(scenario) ? (await import("./track-truth.ts")).createTruthTester(scenario) : undefined;
  const registrar = createRegistrar(scenario.sensors);
  const verdicts = new Map<string, ClaimVerdict>();
  let second = 0;
  let looksBefore = 0;
  const write = async (upToS: number): Promise<void> => {
    for (; second <= upToS; second++) {
      const startMs = performance.now();
      const tracks = tracker.tracks(second * 1000);
      // Late looks are worked off when tracks are asked for: that is their time too.
      if (tookMs.length > 0) tookMs.push((tookMs.pop() ?? 0) + performance.now() - startMs);
      secondMs.push(sum(tookMs.slice(looksBefore)));
      looksBefore = tookMs.length;
      const said = truth?.verdicts(second) ?? [];
      for (const { rid, verdict } of said) verdicts.set(`${CLAIM_PREFIX}${rid}`, verdict);
      registrar.advance(second * 1000);
      const text = linesOf(tracks, second, scenario.features !== undefined) + verdictLines(said, second);
      if (text !== "" && !sink.write(text)) await once(sink, "drain");
    }
  };
  for await (const look of readLooks(scenarioDir, scenario)) {
    // What is received in the very moment of writing counts as known.
    await write(Math.ceil((look.receivedMs - graceMs) / 1000 - 1e-9) - 1);
    const startMs = performance.now();
    registrar.hear(look, (claim) => verdicts.get(claim));
    tracker.look(withoutBias(look, registrar.bias(look.sensor)));
    tookMs.push(performance.now() - startMs);
    truth?.look(look);
  }
  await write(scenario.durationS);
  if (sink !== process.stdout) await finished(sink.end());
  const [looks, seconds] = [figuresOf(tookMs), figuresOf(secondMs)];
  return {
    ...looks,
    looks: tookMs.length,
    secondMeanMs: seconds.meanMs,
    secondP95Ms: seconds.p95Ms,
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}

function openToWrite(file: string): number {
  try {
    return openSync(file, "w");
  } catch (error) {
    throw fileError("write", file, error);
  }
}

const hasRemoteId = ({ sensorLines }: Scenario): boolean =>
  sensorLines.some(({ id, kind }) => kind === "position" && id.startsWith("rid-"));

/** What is said of every broadcast identity, as lines that are verdicts only. */
const verdictLines = (said: readonly Verdict[], second: number): string =>
  said.map(({ rid, verdict }) => `${JSON.stringify({ t: second, rid, truth_test: verdict, claim: true })}\n`).join("");

function linesOf(tracks: readonly TrackState[], second: number, hasClasses: boolean): string {
  let text = "";
  const shown = tracks.filter(({ confirmed, existence }) => confirmed && existence > SHOWN_ABOVE);
  const membersOf = Map.groupBy(shown, ({ group }) => group?.leader);
  for (const track of shown) {
    const [x, y, z] = track.posEnuM.map(toHundredths) as [number, number, number];
    const [vx, vy, vz] = track.velEnuMps.map(toHundredths) as [number, number, number];
    const cls = hasClasses ? wordFor(track.classProbabilities) : undefined;
    // Every member of a group has a line of its own, and in it its part of what the group is about.
    const count = track.group && toHundredths(track.group.about / (membersOf.get(track.group.leader)?.length ?? 1));
    text += `${JSON.stringify({ t: second, id: track.serial, x, y, z, vx, vy, vz, cls, count })}\n`;
  }
  return text;
}

const toHundredths = (value: number): number => Math.round(value * 100) / 100;

/** The word for a track's class: a drone is named where it is ninety-nine to one, birds being what they are; else the likeliest. */
function wordFor(probabilities: TrackState["classProbabilities"]): string {
  const drone = probabilities.multirotor + probabilities.fixedWing;
  if (drone >= NAMED_DRONE_ABOVE) return "drone";
  const name = CLASS_NAMES.reduce((best, other) => (probabilities[other] > probabilities[best] ? other : best));
  return CLASS_WORD[name] === "drone" ? "unknown" : CLASS_WORD[name];
}

function figuresOf(tookMs: readonly number[]): Pick<TrackTiming, "meanMs" | "p95Ms" | "maxMs"> {
  const sorted = [...tookMs].sort((a, b) => a - b);
  const last = sorted.length - 1;
  return {
    meanMs: sum(sorted) / Math.max(1, sorted.length),
    p95Ms: sorted[Math.min(last, Math.floor(0.95 * sorted.length))] ?? 0,
    maxMs: sorted[last] ?? 0,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
