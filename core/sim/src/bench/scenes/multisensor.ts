import type { EnuM } from "@picket/geo";
import { kinematicsInto } from "../../motion/trajectory.ts";
import type { Random } from "../../random.ts";
import type {
  BenchBroadcast,
  BenchFinder,
  BenchOptions,
  BenchReceiver,
  BenchScene,
  BenchTarget,
  FinderReality,
} from "../bench-scenario.ts";
import { raid } from "./raid.ts";
import { type Recipe, realities, statedHead, statedRadar } from "./statement.ts";

const DURATION_S = 150;
const DRONES = 15;
const NOTE = "score against truth at integer seconds with what was *received* by then";
const SPOOFED_BY_M = 800;

/** Two radars, three direction finders and a Remote ID receiver; two of six claims are spoofs. */
export const multisensor: Recipe = {
  stem: "S5-multisensor",
  scene: (options, name, random) => {
    const note = "Remote ID: one batch per message; carriers about 40%; some are spoofed";
    const receiver: BenchReceiver = { id: "rid-1", kind: "position", sigma: 5, pd: 0.95, delay: [0.3, 3], note };
    const stated = { sx: 5, sy: 5, sz: 7.5 };
    const errors = { horizontalM: 5, verticalM: 7.5, lastsS: 0 };
    const kinds = ["genuine", "genuine", "spoof", "genuine", "spoof", "genuine"] as const;
    const finders = statedFinders("bearing only; about 80% of drones emit");
    return withRadars(options, name, random, {
      about: "2 radars + 3 RF direction finders + Remote ID (some spoofed 800 m), asynchronous, out of sequence",
      finders,
      receivers: [receiver],
      broadcasts: (targets, source) => claims(targets, kinds, source, { stated, errors, hasAddress: false }),
      ears: (targets, source) => {
        const emitters = targets.filter(() => source.chance(0.8)).map(({ id }) => id);
        return { emitters, biasRad: 0, operators: new Map(), gross: 0 };
      },
    });
  },
};

/** Five receivers of one broadcast, errors that last, honest claims that are offset or late, finders that are biased and misled. */
export const remoteId: Recipe = {
  stem: "S5b-remoteid",
  scene: (options, name, random) => {
    const note =
      "Remote ID receiver: several receivers hear the same broadcast (same tx, stamp, content). A stated place may be false";
    const receivers = RECEIVER_PLACES.map(
      (pos, i): BenchReceiver => ({ id: `rid-${i + 1}`, kind: "position", pos, range: 3500, delay: [0.2, 3], note }),
    );
    const stated = { sx: 10, sy: 10, sz: 22 };
    const errors = { horizontalM: 6.5, verticalM: 20, lastsS: 15 };
    const kinds = ["latency", "genuine", "genuine", "spoof", "spoof", "datum", "genuine", "genuine"] as const;
    const finders = statedFinders(
      "bearing only; hears aircraft or the controllers on the ground; may have a bias of some degrees and multipath",
    );
    return withRadars(options, name, random, {
      about:
        "2 radars, 3 biased RF direction finders (multipath, controllers on the ground), 5 Remote ID receivers; spoofs, and honest but offset Remote ID; asynchronous, out of sequence",
      finders,
      receivers,
      broadcasts: (targets, source) => claims(targets, kinds, source, { stated, errors, hasAddress: true }),
      ears: (targets, source) => ({
        emitters: targets.filter(() => source.chance(0.87)).map(({ id }) => id),
        biasRad: (2 * Math.PI * source.normal()) / 180,
        operators: operatorsOf(targets),
        gross: 0.05,
      }),
    });
  },
};

const RECEIVER_PLACES: readonly EnuM[] = [
  [-1200, 0, 12],
  [1400, 200, 20],
  [0, 2000, 15],
  [-2200, 2500, 10],
  [2300, 2800, 10],
];

type Make = Readonly<{
  about: string;
  durationS?: number;
  drones?: number;
  finders: readonly BenchFinder[];
  receivers: readonly BenchReceiver[];
  broadcasts: (targets: readonly BenchTarget[], random: Random) => BenchBroadcast[];
  ears: (targets: readonly BenchTarget[], random: Random) => FinderReality;
}>;

/** Two radars that look at a raid, and what else hears of it. */
export function withRadars(options: BenchOptions, name: string, random: Random, make: Make): BenchScene {
  const { durationS = DURATION_S, drones = DRONES } = make;
  const pd = options.detectionProbability ?? 0.85;
  const clutter = options.clutterPerScan ?? 15;
  const radars = [
    statedRadar({ id: "radar-1", pos: [-1200, 0, 12], pd, clutter, reach: [100, 5500], delay: [0.1, 0.4] }),
    statedRadar({
      id: "radar-2",
      pos: [1400, 200, 20],
      period: 1.5,
      phase: 0.37,
      pd,
      clutter,
      sigmas: [8, 0.008727, 0.013963],
      reach: [100, 5500],
      delay: [0.2, 0.8],
    }),
  ];
  const targets = raid(random.fork("targets"), options.targets ?? drones, durationS);
  const emitting = make.ears(targets, random.fork("emitters")).emitters;
  const finders = make.finders.map(({ id }) => [id, { ...make.ears(targets, random.fork(id)), emitters: emitting }] as const);
  return {
    meta: { ...statedHead(name, durationS), note: NOTE, sensors: [...radars, ...make.finders, ...make.receivers] },
    about: make.about,
    targets,
    radars: realities(radars, options, random.fork("lie")),
    finders: new Map(finders),
    broadcasts: make.broadcasts(targets, random.fork("broadcasts")),
  };
}

function statedFinders(note: string): BenchFinder[] {
  const places: readonly EnuM[] = [
    [-2500, 500, 15],
    [0, -300, 25],
    [2600, 600, 15],
  ];
  const times = [
    [0.8, 0.11],
    [1, 0.34],
    [1.3, 0.57],
  ] as const;
  return places.map((pos, i) => ({
    id: `df-${i + 1}`,
    kind: "bearing",
    pos,
    period: times[i]?.[0] ?? 1,
    phase: times[i]?.[1] ?? 0,
    pd: 0.7,
    saz: 0.05236,
    rmax: 7000,
    clutter_per_scan: 1,
    clutter_density: 1 / (2 * Math.PI),
    delay: [0.2, 1.5],
    note,
  }));
}

type Manner = Pick<BenchBroadcast, "errors" | "stated"> & Readonly<{ hasAddress: boolean }>;

/** One claim for each of as many drones as there are kinds, chosen by chance. */
export function claims(
  targets: readonly BenchTarget[],
  kinds: readonly BenchBroadcast["kind"][],
  random: Random,
  { errors, stated, hasAddress }: Manner,
): BenchBroadcast[] {
  const chosen = [...targets];
  random.shuffle(chosen);
  return kinds.flatMap((kind, i): BenchBroadcast[] => {
    const target = chosen[i];
    if (!target) return [];
    return [
      {
        rid: `RID-${i + 1}`,
        ...(hasAddress && { tx: addressOf(random) }),
        target,
        kind,
        offset: offsetOf(kind, random),
        latencyS: kind === "latency" ? random.between(4, 6) : 0,
        phaseS: random.between(0, 1),
        errors,
        stated,
      },
    ];
  });
}

/** A spoof claims to be far off; a wrong datum or home point puts an honest claim some eighty metres away. */
function offsetOf(kind: BenchBroadcast["kind"], random: Random): EnuM {
  if (kind !== "spoof" && kind !== "datum") return [0, 0, 0];
  const distanceM = kind === "spoof" ? SPOOFED_BY_M : random.between(70, 95);
  const angle = random.between(0, 2 * Math.PI);
  return [distanceM * Math.sin(angle), distanceM * Math.cos(angle), 0];
}

const addressOf = (random: Random): string =>
  Array.from({ length: 6 }, () => random.below(256).toString(16).padStart(2, "0")).join(":");

/** Controllers stand where their drones pass, some hundred metres nearer to the radars. */
function operatorsOf(targets: readonly BenchTarget[]): ReadonlyMap<string, EnuM> {
  const state = new Float64Array(6);
  return new Map(
    targets.map(({ id, trajectory }): [string, EnuM] => {
      kinematicsInto(trajectory, trajectory.startS, state);
      return [id, [0.9 * (state[0] as number), 0.6 * (state[1] as number), 2]];
    }),
  );
}
