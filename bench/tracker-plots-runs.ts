import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createTracker, type TrackerLook, type TrackState, type TruthLine } from "@picket/tracker";
import { simulateCommand } from "../apps/cli/src/simulate.ts";
import { readLooks, readScenario } from "../apps/cli/src/track-scenario.ts";

/** A scenario with its tracks at every whole second, as they were known then: with covariance, existence and classes. */
export type PlayedRun = Readonly<{
  truth: ReadonlyMap<number, readonly TruthLine[]>;
  tracks: ReadonlyMap<number, readonly TrackState[]>;
  answers: Readonly<{
    impacts?: Readonly<Record<string, Readonly<{ t: number }>>>;
    first_detection?: Readonly<Record<string, number>>;
  }>;
  protectedM: readonly (readonly [number, number])[];
  /** Before each look: the look, and what the tracker expected. */
  expected: readonly Readonly<{ look: TrackerLook; tracks: readonly TrackState[] }>[];
  tookMs: readonly number[];
  durationS: number;
}>;

export type RunOptions = Readonly<{ kind: string; seed: string; targets?: number; durationS?: number; keepsExpected?: boolean }>;

/** Simulates a look-alike and runs the tracker over it, look by look. */
export async function playRun({ keepsExpected = false, ...options }: RunOptions): Promise<PlayedRun> {
  const dir = mkdtempSync(join(tmpdir(), "picket-plots-"));
  const note = process.stderr.write;
  try {
    process.stderr.write = () => true;
    await simulateCommand({ ...options, out: dir });
  } finally {
    process.stderr.write = note;
  }
  const scenario = readScenario(dir);
  const tracker = createTracker({ sensors: scenario.sensors });
  const tracks = new Map<number, readonly TrackState[]>();
  const expected: { look: TrackerLook; tracks: readonly TrackState[] }[] = [];
  const tookMs: number[] = [];
  let second = 0;
  for await (const look of readLooks(dir, scenario)) {
    for (; second < Math.ceil(look.receivedMs / 1000 - 0.05); second++) tracks.set(second, tracker.tracks(1000 * second));
    if (keepsExpected) expected.push({ look, tracks: tracker.tracks(look.measuredMs) });
    const start = performance.now();
    tracker.look(look);
    tookMs.push(performance.now() - start);
  }
  for (; second <= scenario.durationS; second++) tracks.set(second, tracker.tracks(1000 * second));
  const lines = gunzipSync(readFileSync(join(dir, "truth.jsonl.gz")))
    .toString("utf8")
    .trimEnd()
    .split("\n");
  const truth = Map.groupBy(
    lines.map((line) => JSON.parse(line) as TruthLine),
    ({ t }) => t,
  );
  const answers = JSON.parse(readFileSync(join(dir, "answers.json"), "utf8")) as PlayedRun["answers"];
  const meta = JSON.parse(readFileSync(join(dir, "meta.json"), "utf8")) as { protected?: { x: number; y: number }[] };
  rmSync(dir, { recursive: true });
  const protectedM = (meta.protected ?? []).map(({ x, y }) => [x, y] as const);
  return { truth, tracks, answers, protectedM, expected, tookMs, durationS: scenario.durationS };
}

/** Each truth of a second with the nearest confirmed track within reach that no nearer truth has. */
export function heldAt(
  { truth, tracks }: PlayedRun,
  second: number,
  reachM = 50,
): readonly Readonly<{ truth: TruthLine; track: TrackState }>[] {
  const pairs = (truth.get(second) ?? []).flatMap((one) =>
    (tracks.get(second) ?? []).flatMap((track) => {
      const apartM = Math.hypot(one.x - track.posEnuM[0], one.y - track.posEnuM[1], one.z - track.posEnuM[2]);
      return track.confirmed && track.existence > 0.5 && apartM < reachM ? [{ truth: one, track, apartM }] : [];
    }),
  );
  const taken = new Set<unknown>();
  return pairs
    .toSorted((a, b) => a.apartM - b.apartM)
    .filter(({ truth: one, track }) => {
      if (taken.has(one) || taken.has(track)) return false;
      taken.add(one).add(track);
      return true;
    });
}
