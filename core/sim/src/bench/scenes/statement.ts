import type { EnuM } from "@picket/geo";
import type { Random } from "../../random.ts";
import type { BenchMeta, BenchOptions, BenchRadar, BenchScene, RadarReality } from "../bench-scenario.ts";

/** How a kind of scenario is made: `stem` is its name without the seed. */
export type Recipe = Readonly<{ stem: string; scene: (options: BenchOptions, name: string, random: Random) => BenchScene }>;

/** What differs between the bench's radars; the rest is the same, or follows. */
export type RadarSheet = Readonly<{
  id?: string;
  pos?: EnuM;
  pd: number;
  clutter: number;
  period?: number;
  phase?: number;
  sigmas?: readonly [number, number, number];
  reach?: readonly [number, number];
  azimuthHalfRad?: number;
  elevation?: readonly [number, number];
  delay?: readonly [number, number];
}>;

/** A radar's statement, with its clutter per metre and square radian. */
export function statedRadar(sheet: RadarSheet): BenchRadar {
  const [rmin, rmax] = sheet.reach ?? [100, 6000];
  const [el0, el1] = sheet.elevation ?? [0, Math.PI / 6];
  const az1 = sheet.azimuthHalfRad ?? Math.PI / 2;
  const [sr, saz, sel] = sheet.sigmas ?? [5, 0.005236, 0.008727];
  return {
    id: sheet.id ?? "radar-1",
    kind: "polar3d",
    pos: sheet.pos ?? [0, 0, 10],
    period: sheet.period ?? 1,
    phase: sheet.phase ?? 0,
    pd: sheet.pd,
    sr,
    saz,
    sel,
    fov: { rmin, rmax, az0: -az1, az1, el0, el1 },
    clutter_per_scan: sheet.clutter,
    delay: sheet.delay ?? [0.05, 0.05],
    clutter_density: sheet.clutter / ((rmax - rmin) * 2 * az1 * (el1 - el0)),
  };
}

/** The head that all statements share. */
export const statedHead = (name: string, durationS: number, cutoffM = 50, fromS = 10): Omit<BenchMeta, "sensors"> => ({
  name,
  origin: { lat: 32.55, lon: -117.04, h: 0 },
  duration: durationS,
  gospa: { c: cutoffM, p: 2, alpha: 2 },
  t0: fromS,
});

const LIED_PD = 0.7;
const LIED_SECTOR_RAD = Math.PI / 3;
const LIED_FACTOR = 3;

/** How radars are: as stated, or, where the statement lies, worse in detection and in the clutter of one sector. */
export function realities(
  radars: readonly BenchRadar[],
  { lies }: Pick<BenchOptions, "lies">,
  random: Random,
  also: (radar: BenchRadar) => Partial<RadarReality> = () => ({}),
): ReadonlyMap<string, RadarReality> {
  return new Map(
    radars.map((radar) => {
      const stated = { detectionProbability: radar.pd, clutterPerScan: radar.clutter_per_scan, ...also(radar) };
      if (!lies) return [radar.id, stated];
      const azimuthFromRad = random.between(radar.fov.az0, radar.fov.az1 - LIED_SECTOR_RAD);
      const sector = { azimuthFromRad, azimuthToRad: azimuthFromRad + LIED_SECTOR_RAD, factor: LIED_FACTOR };
      return [radar.id, { ...stated, detectionProbability: LIED_PD, sector }];
    }),
  );
}
