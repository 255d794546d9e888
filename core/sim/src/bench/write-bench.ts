import { endS, kinematicsInto } from "../motion/trajectory.ts";
import { look } from "./bench-radar.ts";
import type { BenchScenario, BenchScene, BenchTarget } from "./bench-scenario.ts";

/** Plays a scene and writes it in the bench's file format. */
export function writeBench({ meta, targets, reality, about, random }: BenchScene): BenchScenario {
  const { lines, counts, firstDetection } = writeDetections({ meta, targets, reality, about, random });
  const truth = writeTruth(meta.duration, targets);
  const { pd, clutter_per_scan } = meta.sensors[0] ?? {};
  return {
    meta,
    detections: lines,
    truth,
    answers: {
      name: meta.name,
      stated_is_wrong: pd !== reality.detectionProbability || clutter_per_scan !== reality.clutterPerScan || !!reality.sector,
      radars: Object.fromEntries(
        meta.sensors.map(({ id }) => [id, { pd: reality.detectionProbability, sector_clutter: reality.sector ?? null }]),
      ),
      first_detection: firstDetection,
      about,
      counts: { targets: targets.length, truth_lines: truth.length, ...counts },
    },
  };
}

function writeDetections({ meta, targets, reality, random }: BenchScene) {
  const looks = meta.sensors.flatMap((radar) => {
    const times: { tS: number; receivedS: number; radar: typeof radar }[] = [];
    for (let i = 0; radar.phase + i * radar.period <= meta.duration + 1e-9; i++) {
      const tS = radar.phase + i * radar.period;
      times.push({ tS, receivedS: tS + random.between(radar.delay[0], radar.delay[1]), radar });
    }
    return times;
  });
  looks.sort((a, b) => a.receivedS - b.receivedS);

  const lines: string[] = [];
  const firstDetection: Record<string, number> = {};
  let detections = 0;
  for (const { tS, receivedS, radar } of looks) {
    const plots = look(radar, reality, targets, tS, random);
    const head = { t: rounded(tS, 1e3), received: rounded(receivedS, 1e3), sensor: radar.id };
    lines.push(JSON.stringify({ ...head, kind: "scan", n: plots.length }));
    for (const { r, az, el, truth } of plots) {
      const measured = {
        r: rounded(r, 10),
        az: rounded(az, 1e5),
        el: rounded(el, 1e5),
        sr: radar.sr,
        saz: radar.saz,
        sel: radar.sel,
      };
      lines.push(JSON.stringify({ ...head, kind: radar.kind, ...measured, truth }));
      if (truth !== null) firstDetection[truth] ??= head.t;
    }
    detections += plots.length;
  }
  return { lines, counts: { detections, looks: looks.length }, firstDetection };
}

/** Each target at every whole second of its life. */
function writeTruth(durationS: number, targets: readonly BenchTarget[]): string[] {
  const lines: string[] = [];
  const state = new Float64Array(6);
  for (const { id, class: cls, trajectory } of targets) {
    for (let t = Math.ceil(trajectory.startS); t <= Math.min(durationS, endS(trajectory)); t++) {
      if (!kinematicsInto(trajectory, t, state)) continue;
      const [x, y, z] = Array.from(state.subarray(0, 3), (m) => rounded(m, 10));
      const [vx, vy, vz] = Array.from(state.subarray(3), (mps) => rounded(mps, 100));
      lines.push(JSON.stringify({ t, id, cls, x, y, z, vx, vy, vz }));
    }
  }
  return lines;
}

const rounded = (value: number, perUnit: number): number => Math.round(value * perUnit) / perUnit;
