import type { EnuM } from "@picket/geo";
import { kinematicsInto } from "../../motion/trajectory.ts";
import type { Random } from "../../random.ts";
import type { BenchBroadcast, BenchReceiver, BenchTarget } from "../bench-scenario.ts";
import { claims, withRadars } from "./multisensor.ts";
import type { Recipe } from "./statement.ts";

const DURATION_S = 70;
const DRONES = 18;
/** Who lies is there for so long before the end, that it can be seen how soon it is told. */
const LIES_FOR_S = 40;
const SPOOFED_BY_M = [200, 2000] as const;
/** Half of the false places are so near to where another drone passes. */
const BESIDE_M = 200;
const WRONG_DATUM_M = [20, 120] as const;
const LATE_S = [1, 8] as const;

const TRUE: readonly BenchBroadcast["kind"][] = [
  ...(["genuine", "genuine", "genuine", "genuine", "genuine", "genuine"] as const),
  ...(["datum", "latency", "latency"] as const),
];
const FALSE: readonly BenchBroadcast["kind"][] = ["spoof", "spoof", "spoof", "spoof"];

/** Many claims in a short time: of eighteen drones nine tell truly who and where they are, three of them offset or late or both; four lie. */
export const manyClaims: Recipe = {
  stem: "C1-claims",
  scene: (options, name, random) =>
    withRadars(options, name, random, {
      about: "2 radars, 2 Remote ID receivers; nine honest claims, three offset, late or both, and four false by 200 to 2,000 m",
      durationS: DURATION_S,
      drones: DRONES,
      finders: [],
      receivers: RECEIVERS,
      ears: () => ({ emitters: [], biasRad: 0, operators: new Map(), gross: 0 }),
      broadcasts: (targets, source) => {
        const liars = targets.filter(({ trajectory }) => trajectory.startS <= DURATION_S - LIES_FOR_S);
        source.shuffle(liars);
        const others = targets.filter((target) => !liars.slice(0, FALSE.length).includes(target));
        const lies = claims(liars, FALSE, source, MANNER).map((broadcast, i) => ({
          ...broadcast,
          rid: `RID-${TRUE.length + i + 1}`,
          offset: i % 2 === 0 ? offsetOf(SPOOFED_BY_M, source) : besideAnother(broadcast.target, targets, source),
        }));
        return [...claims(others, TRUE, source, MANNER).map((broadcast, i) => steady(broadcast, i, source)), ...lies];
      },
    }),
};

const RECEIVERS = [
  [-1200, 0, 12],
  [1400, 200, 20],
].map(
  ([e = 0, n = 0, u = 0], i): BenchReceiver => ({
    id: `rid-${i + 1}`,
    kind: "position",
    pos: [e, n, u],
    range: 6000,
    pd: 0.9,
    delay: [0.2, 3],
    note: "Remote ID receiver. A stated place may be false",
  }),
);

const MANNER = {
  stated: { sx: 10, sy: 10, sz: 22 },
  errors: { horizontalM: 6.5, verticalM: 20, lastsS: 15 },
  hasAddress: true,
} as const;

/** The steady error of an honest claim; the last of them is both late and off. */
function steady(broadcast: BenchBroadcast, index: number, random: Random): BenchBroadcast {
  const isOff = broadcast.kind === "datum" || index === TRUE.length - 1;
  return {
    ...broadcast,
    offset: isOff ? offsetOf(WRONG_DATUM_M, random) : [0, 0, 0],
    latencyS: broadcast.kind === "latency" ? random.between(...LATE_S) : 0,
  };
}

function offsetOf([fromM, toM]: readonly [number, number], random: Random): EnuM {
  const distanceM = random.between(fromM, toM);
  const angle = random.between(0, 2 * Math.PI);
  return [distanceM * Math.sin(angle), distanceM * Math.cos(angle), 0];
}

/** An offset by which it tells, at some moment of its first half minute, of a place beside another drone. */
function besideAnother(liar: BenchTarget, targets: readonly BenchTarget[], random: Random): EnuM {
  const own = new Float64Array(6);
  const other = new Float64Array(6);
  const atS = liar.trajectory.startS + random.between(0, LIES_FOR_S - 10);
  kinematicsInto(liar.trajectory, atS, own);
  const [beE, beN] = offsetOf([0, BESIDE_M], random);
  const offsets = targets.flatMap(({ trajectory }): EnuM[] => {
    if (trajectory === liar.trajectory || !kinematicsInto(trajectory, atS, other)) return [];
    const [e, n] = [(other[0] as number) - (own[0] as number) + beE, (other[1] as number) - (own[1] as number) + beN];
    const awayM = Math.sqrt(e * e + n * n);
    return awayM >= SPOOFED_BY_M[0] && awayM <= SPOOFED_BY_M[1] ? [[e, n, 0]] : [];
  });
  return offsets[random.below(Math.max(1, offsets.length))] ?? offsetOf(SPOOFED_BY_M, random);
}
