import type { EnuM } from "@picket/geo";
import { fly } from "../../motion/fly.ts";
import { popUpPilot } from "../../motion/pop-up.ts";
import { endS, kinematicsInto } from "../../motion/trajectory.ts";
import { wanderPilot } from "../../motion/wander.ts";
import type { Random } from "../../random.ts";
import type { BenchImpact, BenchTarget } from "../bench-scenario.ts";
import { type Recipe, realities, statedHead, statedRadar } from "./statement.ts";

const DURATION_S = 120;
const ATTACKERS = 8;
const HARMLESS = 4;
const PROTECTED: readonly Readonly<{ id: string; x: number; y: number; z: number }>[] = [
  { id: "P1", x: 0, y: 0, z: 3 },
  { id: "P2", x: 520, y: 180, z: 3 },
  { id: "P3", x: -430, y: 320, z: 5 },
  { id: "P4", x: 160, y: -460, z: 3 },
];

/** Eight racing drones that pop up near and dive on protected points, and four harmless ones. */
export const fpv: Recipe = {
  stem: "S10-fpv",
  scene: (options, name, random) => {
    const pd = options.detectionProbability ?? 0.9;
    const clutter = options.clutterPerScan ?? 30;
    const around = { pd, clutter, reach: [20, 2500], azimuthHalfRad: Math.PI, elevation: [0, Math.PI / 3] } as const;
    const radars = [
      { ...statedRadar({ ...around, pos: [60, 40, 8], sigmas: [3, 0.008727, 0.013963] }), srr: 0.5 },
      {
        ...statedRadar({
          ...around,
          id: "radar-2",
          pos: [-310, -220, 12],
          period: 2.5,
          phase: 0.3,
          sigmas: [4, 0.012217, 0.017453],
        }),
        srr: 0.5,
      },
    ];
    const source = random.fork("targets");
    const attacks = Array.from({ length: ATTACKERS }, (_, i) => attack(`F${i}`, source.fork(`F${i}`)));
    const others = Array.from({ length: HARMLESS }, (_, i) => harmless(`D${i}`, source.fork(`D${i}`)));
    return {
      meta: { ...statedHead(name, DURATION_S), protected: PROTECTED, sensors: radars },
      about:
        "8 FPV drones pop up at 600-1500 m, 30-60 m/s, jink to 40 m/s^2, dive on one of 4 protected points; 4 slow harmless drones; no RF, no Remote ID",
      targets: [...attacks.map(({ target }) => target), ...others],
      radars: realities(radars, options, random.fork("lie")),
      impacts: Object.fromEntries(attacks.map(({ target, impact }) => [target.id, impact])),
      harmless: others.map(({ id }) => id),
    };
  },
};

function attack(id: string, random: Random): { target: BenchTarget; impact: BenchImpact } {
  const point = PROTECTED[random.below(PROTECTED.length)] ?? { id: "P1", x: 0, y: 0, z: 3 };
  const aim: EnuM = [point.x, point.y, point.z];
  const angle = random.between(0, 2 * Math.PI);
  const distanceM = random.between(600, 1500);
  const from = [point.x + distanceM * Math.sin(angle), point.y + distanceM * Math.cos(angle), random.between(15, 40)] as const;
  const cruiseMps = random.between(30, 60);
  const velocity = [-cruiseMps * Math.sin(angle), -cruiseMps * Math.cos(angle), 0] as const;
  const startS = random.between(5, 50);
  const pilot = popUpPilot({ target: aim, cruiseMps, topM: random.between(15, 35), weaveRad: random.between(0.35, 0.7) });
  const trajectory = fly({ from, velocity, startS, endS: DURATION_S, accelMps2: 40, sampleS: 0.1 }, pilot);
  const state = new Float64Array(6);
  const t = endS(trajectory);
  kinematicsInto(trajectory, t, state);
  const miss = aim.map((m, axis) => m - (state[axis] as number));
  const missM = Math.sqrt(miss.reduce((sum, m) => sum + m * m, 0));
  return { target: { id, class: "drone", trajectory }, impact: { point: point.id, t, t0: startS, miss_m: missM } };
}

/** It wanders some hundred metres off, at no point in particular. */
function harmless(id: string, random: Random): BenchTarget {
  const angle = random.between(0, 2 * Math.PI);
  const distanceM = random.between(520, 1300);
  const from = [distanceM * Math.sin(angle), distanceM * Math.cos(angle), random.between(50, 80)] as const;
  const cruiseMps = random.between(6, 9);
  const headingRad = angle + random.between(-1.2, 1.2);
  const velocity = [cruiseMps * Math.sin(headingRad), cruiseMps * Math.cos(headingRad), 0] as const;
  const pilot = wanderPilot({ headingRad, cruiseMps, climbs: false }, random);
  return { id, class: "drone", trajectory: fly({ from, velocity, startS: 0, endS: DURATION_S, accelMps2: 4 }, pilot) };
}
