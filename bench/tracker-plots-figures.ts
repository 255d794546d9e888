import { heldAt, type PlayedRun, playRun } from "./tracker-plots-runs.ts";
import { meanAndError } from "./tracker-table.ts";

/** A kind of drone, and the look-alikes it flies in. */
const DRONES = [
  { name: "multirotor in a raid", kind: "S3", ids: /^D/ },
  { name: "multirotor among birds", kind: "S6", ids: /^D/ },
  { name: "hoverer in the notch", kind: "S9", ids: /^D/ },
  { name: "racing attacker", kind: "S10", ids: /^F/ },
  { name: "swarm of a hundred", kind: "S4", ids: /^D/ },
] as const;
const ELLIPSE_95 = 5.991;
const NEAR_M = 150;
const AHEAD_S = 10;

type Lives = Map<string, { fromS: number; toS: number; held: number; firstS?: number; rangeM?: number }>;

/**
 * What counter-drone test standards ask for, one line a kind of drone, over look-alikes.
 *
 * @source CEN Workshop Agreement CWA 18150:2024, detection, tracking and identification metrics.
 */
export async function figures(runs: number): Promise<readonly string[]> {
  const rows = [
    "| drone | first track s | at m | flight tracked | horizontal m, median / 95 % | vertical m | 95 % ellipse holds | lead s |",
  ];
  rows.push("| --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const { name, kind, ids } of DRONES) {
    const lives: { firstS: number[]; rangeM: number[]; share: number[]; lead: number[] } = {
      firstS: [],
      rangeM: [],
      share: [],
      lead: [],
    };
    const errors = { horizontal: [] as number[], vertical: [] as number[], inside: 0 };
    for (let k = 0; k < runs; k++) {
      const run = await playRun({ kind, seed: `figures-${k}` });
      for (const [id, life] of livesOf(run, ids, errors)) {
        lives.share.push(life.held / (life.toS - life.fromS + 1));
        if (life.firstS !== undefined) lives.firstS.push(life.firstS - life.fromS);
        if (life.rangeM !== undefined) lives.rangeM.push(life.rangeM);
        const impact = run.answers.impacts?.[id];
        if (impact) lives.lead.push(leadOf(run, id, impact.t));
      }
    }
    const both = (values: readonly number[]): string => `${quantile(values, 0.5)} / ${quantile(values, 0.95)}`;
    rows.push(
      `| ${name} | ${meanAndError(lives.firstS)} | ${meanAndError(lives.rangeM)} | ${meanAndError(lives.share)} | ${both(errors.horizontal)} | ${both(errors.vertical)} | ${((100 * errors.inside) / errors.horizontal.length).toFixed(1)} % | ${meanAndError(lives.lead)} |`,
    );
  }
  rows.push("", await falseAlarms(Math.max(1, Math.round(runs / 4))));
  return rows;
}

function livesOf(run: PlayedRun, ids: RegExp, errors: { horizontal: number[]; vertical: number[]; inside: number }): Lives {
  const lives: Lives = new Map();
  for (let s = 0; s <= run.durationS; s++) {
    for (const { id } of run.truth.get(s) ?? [])
      if (ids.test(String(id))) {
        const life = lives.get(String(id)) ?? { fromS: s, toS: s, held: 0 };
        lives.set(String(id), { ...life, toS: s });
      }
    for (const { truth, track } of heldAt(run, s)) {
      const life = lives.get(String(truth.id));
      if (!life) continue;
      life.held++;
      life.firstS ??= s;
      life.rangeM ??= Math.hypot(truth.x, truth.y);
      const [e, n] = [truth.x - track.posEnuM[0], truth.y - track.posEnuM[1]];
      errors.horizontal.push(Math.hypot(e, n));
      errors.vertical.push(Math.abs(truth.z - track.posEnuM[2]));
      const [ee = 0, en = 0] = track.covariance;
      const nn = track.covariance[7] ?? 0;
      if ((nn * e * e - 2 * en * e * n + ee * n * n) / (ee * nn - en * en) <= ELLIPSE_95) errors.inside++;
    }
  }
  return lives;
}

/** Seconds before impact from which some track held on the attacker flies at a protected point: straight on it passes it within 150 m in 10 s. */
function leadOf(run: PlayedRun, id: string, impactS: number): number {
  for (let s = 0; s <= impactS; s++)
    for (const { truth, track } of heldAt(run, s)) {
      if (String(truth.id) !== id) continue;
      const [e, n] = track.posEnuM;
      const [ve, vn] = track.velEnuMps;
      const threatens = run.protectedM.some(([x, y]) => {
        const [dx, dy] = [x - e, y - n];
        const t = Math.min(AHEAD_S, Math.max(0, (dx * ve + dy * vn) / Math.max(1e-9, ve * ve + vn * vn)));
        return Math.hypot(dx - ve * t, dy - vn * t) < NEAR_M;
      });
      if (threatens) return impactS - s;
    }
  return 0;
}

/** Tracks that are named drones where there is none. */
async function falseAlarms(runs: number): Promise<string> {
  const perHour: number[] = [];
  for (let k = 0; k < runs; k++) {
    const run = await playRun({ kind: "S11", seed: `figures-${k}`, durationS: 3600 });
    const drones = new Set<number>();
    for (const tracks of run.tracks.values())
      for (const {
        confirmed,
        existence,
        serial,
        classProbabilities: { multirotor, fixedWing },
      } of tracks)
        if (confirmed && existence > 0.5 && multirotor + fixedWing >= 0.99) drones.add(serial);
    perHour.push(drones.size / (run.durationS / 3600));
  }
  return `False drones an hour where there is none (S11, ${runs} h): ${meanAndError(perHour)}`;
}

const quantile = (values: readonly number[], share: number): string =>
  (values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN).toFixed(1);
