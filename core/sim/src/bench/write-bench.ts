import { endS, kinematicsInto } from "../motion/trajectory.ts";
import type { Random } from "../random.ts";
import { bestVisibility, eventsOf, isSilent } from "./bench-events.ts";
import { look } from "./bench-radar.ts";
import { broadcastsOf, listen } from "./bench-receivers.ts";
import type { BenchRadar, BenchReceiver, BenchScenario, BenchScene, FinderReality, RadarReality } from "./bench-scenario.ts";

/** One look before it is looked, stamped with its sensor's own time: detections are drawn in order of delivery. */
type Look = Readonly<{ tS: number; receivedS: number; sensor: string; see: () => Detection[] }>;
type Detection = Readonly<{ kind: string; truth: string | null }>;

/** Plays a scene and writes it in the bench's file format. */
export function writeBench(scene: BenchScene, random: Random): BenchScenario {
  const { meta, about, targets, broadcasts = [], finders } = scene;
  const looks = looksOf(scene, random);
  const { lines, detections, firstDetection } = writeDetections(looks);
  const truth = writeTruth(scene);
  return {
    meta,
    detections: lines,
    truth,
    answers: {
      name: meta.name,
      stated_is_wrong: meta.sensors.some((sensor) => isLie(sensor, scene.radars.get(sensor.id))),
      radars: Object.fromEntries([...scene.radars].map(([id, reality]) => [id, radarAnswer(reality)])),
      first_detection: firstDetection,
      about,
      counts: { targets: targets.length, truth_lines: truth.length, detections, looks: looks.length },
      events: eventsOf(scene),
      ...(finders && { df: Object.fromEntries([...finders].map(([id, finder]) => [id, finderAnswer(finder)])) }),
      ...(broadcasts.length > 0 && {
        spoofed: broadcasts.filter(({ kind }) => kind === "spoof").map(({ target }) => target.id),
        rids: Object.fromEntries(
          broadcasts.map(({ rid, tx, target, kind, offset, latencyS }) => [
            rid,
            { truth: target.id, spoof: kind === "spoof", kind, tx, offset, latency: latencyS },
          ]),
        ),
      }),
      ...(scene.impacts && { impacts: scene.impacts, harmless: scene.harmless ?? [] }),
    },
  };
}

const isLie = (sensor: BenchScene["meta"]["sensors"][number], reality: RadarReality | undefined): boolean =>
  sensor.kind === "polar3d" &&
  reality !== undefined &&
  (sensor.pd !== reality.detectionProbability || sensor.clutter_per_scan !== reality.clutterPerScan || !!reality.sector);

const radarAnswer = ({ detectionProbability, sector, silent, bias }: RadarReality) => ({
  pd: detectionProbability,
  sector_clutter: sector ?? null,
  outage: silent ? [silent] : null,
  ...(bias && { bias }),
});

const finderAnswer = ({ emitters, biasRad, operators, gross }: FinderReality) => ({
  emitters,
  bias_deg: (biasRad * 180) / Math.PI,
  operators: Object.fromEntries(operators),
  gross,
});

function looksOf(scene: BenchScene, random: Random): Look[] {
  const { meta, targets, radars, finders, broadcasts = [] } = scene;
  const looks: Look[] = [];
  const received = (tS: number, [from, to]: readonly [number, number]): number => tS + random.between(from, to);
  for (const sensor of meta.sensors) {
    if (sensor.kind === "position") continue;
    const radar = radars.get(sensor.id);
    const finder = finders?.get(sensor.id);
    for (let i = 0; sensor.phase + i * sensor.period <= meta.duration + 1e-9; i++) {
      const tS = sensor.phase + i * sensor.period;
      const receivedS = received(tS, sensor.delay);
      if (sensor.kind === "polar3d" && radar && !isSilent(radar, tS))
        looks.push({
          tS: tS + (radar.bias?.clockS ?? 0),
          receivedS,
          sensor: sensor.id,
          see: () => plotLines(sensor, radar, scene, tS, random),
        });
      if (sensor.kind === "bearing" && finder) {
        const see = () =>
          listen(sensor, finder, targets, tS, random).map((line) => ({ kind: "bearing", ...line, az: rounded(line.az, 1e5) }));
        looks.push({ tS, receivedS, sensor: sensor.id, see });
      }
    }
  }
  const receivers = meta.sensors.filter((sensor): sensor is BenchReceiver => sensor.kind === "position");
  for (const broadcast of broadcasts)
    for (const { tS, receivers: near, line } of broadcastsOf(broadcast, receivers, meta.duration, random.fork(broadcast.rid)))
      for (const { id, delay } of near)
        looks.push({ tS, receivedS: received(tS, delay), sensor: id, see: () => [{ kind: "position", ...line }] });
  return looks.sort((a, b) => a.receivedS - b.receivedS);
}

const plotLines = (radar: BenchRadar, reality: RadarReality, { targets }: BenchScene, tS: number, random: Random): Detection[] =>
  look(radar, reality, targets, tS, random).map(({ r, az, el, sr, saz, sel, rr, srr, truth, ...rest }) => ({
    kind: radar.kind,
    r: rounded(r, 10),
    az: rounded(az, 1e5),
    el: rounded(el, 1e5),
    sr,
    saz,
    sel,
    truth,
    ...(rr !== undefined && { rr: rounded(rr, 100), srr }),
    ...rest,
  }));

function writeDetections(looks: readonly Look[]) {
  const lines: string[] = [];
  const firstDetection: Record<string, number> = {};
  let detections = 0;
  for (const { tS, receivedS, sensor, see } of looks) {
    const seen = see();
    const head = { t: rounded(tS, 1e3), received: rounded(receivedS, 1e3), sensor };
    lines.push(JSON.stringify({ ...head, kind: "scan", n: seen.length }));
    for (const detection of seen) {
      lines.push(JSON.stringify({ ...head, ...detection }));
      if (detection.kind === "polar3d" && detection.truth !== null) firstDetection[detection.truth] ??= head.t;
    }
    detections += seen.length;
  }
  return { lines, detections, firstDetection };
}

/** Each target at every whole second of its life, with how likely the radar that sees it best would. */
function writeTruth(scene: BenchScene): string[] {
  const { meta, targets } = scene;
  const lines: string[] = [];
  const state = new Float64Array(6);
  for (const { id, class: cls, trajectory } of targets) {
    for (let t = Math.ceil(trajectory.startS); t <= Math.min(meta.duration, endS(trajectory)); t++) {
      if (!kinematicsInto(trajectory, t, state)) continue;
      const [x, y, z] = Array.from(state.subarray(0, 3), (m) => rounded(m, 10));
      const [vx, vy, vz] = Array.from(state.subarray(3), (mps) => rounded(mps, 100));
      lines.push(JSON.stringify({ t, id, cls, x, y, z, vx, vy, vz, pd: bestVisibility(scene, state, t) }));
    }
  }
  return lines;
}

const rounded = (value: number, perUnit: number): number => Math.round(value * perUnit) / perUnit;
