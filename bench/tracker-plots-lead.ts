import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createLocalFrame, degFromRad, fromEnu, type LocalFrame, toEnu } from "@picket/geo";
import { type Detection, type Frame, personId, type Scan, type Sensor, type Site, sensorId, siteId } from "@picket/model";
import { createPipeline } from "@picket/pipeline";
import type { TrackerLook, TruthLine } from "@picket/tracker";
import { simulateCommand } from "../apps/cli/src/simulate.ts";
import { readLooks, readScenario, type Scenario } from "../apps/cli/src/track-scenario.ts";
import { meanAndError } from "./tracker-table.ts";

const EPOCH_MS = 1_790_000_000_000;
const TICK_S = 0.25;
const NEAR_M = 60;
const REACHES = new Set(["reason.reachesPerson", "reason.overPerson"]);

type Told = { possibleS?: number; confirmedS?: number };

/**
 * How long before impact a site warns whom an attacker flies at (look-alikes of S10, a person at every protected point): from the first
 * warning, which may still say that the drone is only possible, and from the first that is sure of it.
 */
export async function leadTimes(runs: number): Promise<string> {
  const [possible, confirmed]: [number[], number[]] = [[], []];
  let unwarned = 0;
  for (let k = 0; k < runs; k++) {
    const dir = mkdtempSync(join(tmpdir(), "picket-lead-"));
    await simulateCommand({ kind: "S10", seed: `lead-${k}`, out: dir });
    for (const { told, impactS } of await warnedIn(dir)) {
      if (told.possibleS === undefined) unwarned++;
      possible.push(impactS - (told.possibleS ?? impactS));
      confirmed.push(impactS - (told.confirmedS ?? impactS));
    }
    rmSync(dir, { recursive: true });
  }
  return `lead of the first warning ${meanAndError(possible)} s, of the first that is sure ${meanAndError(confirmed)} s, before impact; ${unwarned} of ${possible.length} attackers unwarned`;
}

async function warnedIn(dir: string): Promise<{ told: Told; impactS: number }[]> {
  const scenario = readScenario(dir);
  const frame = createLocalFrame(scenario.origin);
  const json = (name: string) => JSON.parse(readFileSync(join(dir, name), "utf8"));
  const { impacts } = json("answers.json") as { impacts: Record<string, { t: number }> };
  const points = (json("meta.json") as { protected: { id: string; x: number; y: number }[] }).protected;
  const truth = truthOf(dir);
  const told = new Map<string, Told>(Object.keys(impacts).map((id) => [id, {}]));
  const pipeline = createPipeline(siteOf(scenario, points, frame), { bootNumber: 1 });
  let waiting: Scan[] = [];
  let tickS = TICK_S;
  for await (const look of readLooks(dir, scenario)) {
    for (; tickS * 1000 < look.receivedMs; tickS += TICK_S) {
      note(pipeline.tick(waiting, EPOCH_MS + 1000 * tickS), tickS, truth, frame, told);
      waiting = [];
    }
    waiting.push(scanOf(look));
  }
  return Object.entries(impacts).map(([id, { t }]) => ({ told: told.get(id) ?? {}, impactS: t }));
}

/** Which attackers a frame warns of: those near whom it has a track that reaches somebody. */
function note(
  { tracks }: Frame,
  atS: number,
  truth: ReadonlyMap<string, TruthLine>,
  frame: LocalFrame,
  told: Map<string, Told>,
): void {
  for (const [id, known] of told) {
    const at = truth.get(`${id}@${Math.round(atS)}`);
    if (!at || known.confirmedS !== undefined) continue;
    const aheadS = atS - at.t;
    for (const { latDeg, lonDeg, assessment } of tracks) {
      const [e, n] = toEnu(frame, { latDeg, lonDeg, altHaeM: 0 });
      const apartM = Math.hypot(at.x + (at.vx ?? 0) * aheadS - e, at.y + (at.vy ?? 0) * aheadS - n);
      if (apartM > NEAR_M || !assessment.reasons.some(({ code }) => REACHES.has(code))) continue;
      known.possibleS ??= atS;
      if (!assessment.reasons.some(({ code }) => code === "reason.notConfirmed")) known.confirmedS ??= atS;
    }
  }
}

function truthOf(dir: string): Map<string, TruthLine> {
  const lines = gunzipSync(readFileSync(join(dir, "truth.jsonl.gz")))
    .toString("utf8")
    .trimEnd()
    .split("\n");
  return new Map(
    lines.map((text) => {
      const line = JSON.parse(text) as TruthLine;
      return [`${line.id}@${line.t}`, line];
    }),
  );
}

const scanOf = ({ sensor, measuredMs, receivedMs, detections }: TrackerLook): Scan => ({
  kind: "scan",
  sensor: sensorId.parse(sensor),
  measuredMs: EPOCH_MS + measuredMs,
  measuredSigmaMs: 5,
  receivedMs: EPOCH_MS + receivedMs,
  reality: "live",
  detections: detections.flatMap(({ measurement }): Detection[] => (measurement.kind === "position" ? [] : [{ measurement }])),
});

function siteOf(
  { origin, sensorLines }: Scenario,
  points: readonly { id: string; x: number; y: number }[],
  frame: LocalFrame,
): Site {
  return {
    id: siteId.parse("bench"),
    name: "Bench",
    latDeg: origin.latDeg,
    lonDeg: origin.lonDeg,
    groundHaeM: origin.altHaeM,
    sensors: sensorLines.map((line): Sensor => {
      const { latDeg, lonDeg, altHaeM } = fromEnu(frame, line.pos ?? [0, 0, 0]);
      const { rmin, rmax, az0, az1, el0, el1 } = line.fov ?? { rmin: 0, rmax: 5000, az0: 0, az1: 2 * Math.PI, el0: -1, el1: 1 };
      return {
        id: sensorId.parse(line.id),
        name: line.id,
        kind: "radar",
        ...{ latDeg, lonDeg, height: { valueM: altHaeM, sigmaM: 0.1, reference: "hae" } },
        ...{ rangeMinM: rmin, rangeMaxM: rmax, azimuthFromDeg: degFromRad(az0), azimuthToDeg: degFromRad(az1) },
        ...{ elevationMinDeg: degFromRad(el0), elevationMaxDeg: degFromRad(el1) },
        ...(line.pd !== undefined && { detectionProbability: line.pd }),
        ...(line.period !== undefined && { revisitMs: 1000 * line.period }),
        ...(line.clutter_per_scan !== undefined && { clutterPerLook: line.clutter_per_scan }),
      };
    }),
    zones: [],
    persons: points.map(({ id, x, y }) => {
      const { latDeg, lonDeg } = fromEnu(frame, [x, y, 0]);
      return { id: personId.parse(id.toLowerCase()), name: id, language: "en", fixed: { latDeg, lonDeg } };
    }),
    authorisations: [],
    landmarks: [],
    policy: {},
  };
}
