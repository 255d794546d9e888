import { createLocalFrame, toEnu } from "@picket/geo";
import type { Input, ObjectClass, Scenario } from "@picket/model";
import { createPipeline } from "@picket/pipeline";
import { createSimulation, demoFeeds, demoScenario, demoSite } from "@picket/sim";
import { CLASS_NAMES, type Score, scoreTracks, type TrackLine, type TruthLine } from "@picket/tracker";
import { createTranslator } from "@picket/translate";

/** What the radars and nodes of the demonstration say themselves in: JSON Lines, which lose nothing, or ASTERIX and SAPIENT. */
export type Words = "JSON Lines" | "standards";

export type Played = Readonly<{
  score: Score;
  /** Kinds of all alerts that were raised, by their ids. */
  alerts: ReadonlyMap<string, string>;
  /** Share of confirmed tracks near an object that have its class as their likeliest. */
  namedRight: number;
  /** Marks of no object that the map shows on average, "possible" ones too. */
  marksOfNothing: number;
  rejected: number;
  realities: ReadonlySet<string>;
  meanTickMs: number;
}>;

const START_MS = Date.UTC(2026, 8, 21, 20);
const TICK_MS = 250;
const CUTOFF_M = 50;
const SETTLED_S = 5;

/** Plays the demonstration through translators and pipeline, as a site would take it, and holds the picture against the truth. */
export function playDemo(words: Words, seconds: number, seed: string): Played {
  const site = demoSite();
  const frame = createLocalFrame({ latDeg: site.latDeg, lonDeg: site.lonDeg, altHaeM: site.groundHaeM ?? 0 });
  const simulation = createSimulation(scenarioIn(words), seed, START_MS);
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const translators = translatorsFor(words);
  const truth: TruthLine[] = [];
  const tracks: TrackLine[] = [];
  const alerts = new Map<string, string>();
  const realities = new Set<string>();
  let rejected = 0;
  let marks = 0;
  let held = 0;
  let named = 0;
  let tickMs = 0;
  for (let ms = 0; ms <= seconds * 1000; ms += TICK_MS) {
    const nowMs = START_MS + ms;
    const inputs: Input[] = [];
    for (const { feed, bytes, atMs, from } of simulation.step(nowMs)) {
      const translated = translators.get(feed)?.bytes(bytes, atMs, from, ms);
      inputs.push(...(translated?.inputs ?? []));
      rejected += translated?.rejected.length ?? 0;
    }
    const beganMs = performance.now();
    const picture = pipeline.tick(inputs, nowMs);
    tickMs += performance.now() - beganMs;
    for (const { id, kind } of picture.alerts) alerts.set(id, kind);
    for (const { reality } of [...picture.tracks, ...picture.alerts, ...picture.warnings]) realities.add(reality);
    if (ms % 1000 !== 0) continue;
    const there = simulation.truth(nowMs).map(({ id, class: cls, eastMps, northMps, upMps, ...place }): TruthLine => {
      const [x, y, z] = toEnu(frame, place);
      return { t: ms / 1000, id, cls, x, y, z, vx: eastMps, vy: northMps, vz: upMps };
    });
    truth.push(...there);
    for (const { id, confirmed, latDeg, lonDeg, height, classes } of picture.tracks) {
      const [x, y, z] = toEnu(frame, { latDeg, lonDeg, altHaeM: height?.valueM ?? site.groundHaeM ?? 0 });
      const object = there.find((one) => Math.hypot(one.x - x, one.y - y, one.z - z) < CUTOFF_M);
      if (!object) marks++;
      if (!confirmed) continue;
      tracks.push({ t: ms / 1000, id, x, y, z });
      if (!object) continue;
      held++;
      if (likeliest(classes) === object.cls) named++;
    }
  }
  const { score } = scoreTracks(truth, tracks, { cutoffM: CUTOFF_M, fromS: SETTLED_S, toS: seconds });
  const meanTickMs = (tickMs * TICK_MS) / (seconds * 1000);
  return { score, alerts, marksOfNothing: marks / seconds, namedRight: named / held, rejected, realities, meanTickMs };
}

function scenarioIn(words: Words): Scenario {
  const scenario = demoScenario();
  if (words === "standards") return scenario;
  const sensors = scenario.sensors.map(({ speaks, ...plain }) => (speaks === "dragonsync" ? { ...plain, speaks } : plain));
  return { ...scenario, sensors };
}

function translatorsFor(words: Words) {
  const { sensors } = demoSite();
  return new Map(
    demoFeeds.map(({ id: feed, protocol: own, reality, sensor: name }) => {
      const protocol = words === "JSON Lines" && (own === "asterix" || own === "sapient") ? "detections" : own;
      const framing = protocol === "sapient" ? "stream" : "datagram";
      const sensor = sensors.find(({ id }) => id === name);
      return [feed, createTranslator({ feed, protocol, reality, sensors, framing, ...(sensor && { sensor }) })];
    }),
  );
}

const likeliest = (classes: Readonly<Partial<Record<ObjectClass, number>>>): ObjectClass =>
  CLASS_NAMES.reduce((a, b) => ((classes[b] ?? 0) > (classes[a] ?? 0) ? b : a));
