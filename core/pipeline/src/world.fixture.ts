import { createLocalFrame, fromEnu, polarFromEnu, toEnu } from "@picket/geo";
import {
  commandId,
  type Detection,
  type Input,
  type ProtectedPerson,
  personId,
  type Reality,
  type Scan,
  type Sensor,
  type Site,
  sensorId,
  siteId,
  type Zone,
  zoneId,
} from "@picket/model";

/** A small world for tests: one site near San Diego, flat, with a radar in its middle, and things that fly straight. */
const ORIGIN = { latDeg: 32.55, lonDeg: -117.04, altHaeM: 0 };
export const START_MS = 1_790_000_000_000;
const FRAME = createLocalFrame(ORIGIN);

export const radar: Sensor = {
  id: sensorId.parse("radar-1"),
  name: "Radar 1",
  kind: "radar",
  latDeg: ORIGIN.latDeg,
  lonDeg: ORIGIN.lonDeg,
  height: { valueM: 10, sigmaM: 0.1, reference: "hae" },
  rangeMinM: 50,
  rangeMaxM: 8000,
  elevationMinDeg: -5,
  elevationMaxDeg: 80,
  detectionProbability: 0.9,
  clutterPerLook: 0.5,
  revisitMs: 1000,
  silentAfterMs: 5000,
};

export const placeAt = (eastM: number, northM: number) => {
  const { latDeg, lonDeg } = fromEnu(FRAME, [eastM, northM, 0]);
  return { latDeg, lonDeg };
};

export const circle = (id: string, eastM: number, northM: number, radiusM: number, more: Partial<Zone> = {}): Zone => ({
  id: zoneId.parse(id),
  name: `Zone ${id}`,
  purpose: "protected",
  shape: { kind: "circle", centre: placeAt(eastM, northM), radiusM },
  entryLevel: "warning",
  ...more,
});

export const post = (id: string, eastM: number, northM: number): ProtectedPerson => ({
  id: personId.parse(id),
  name: `Post ${id}`,
  language: "en",
  fixed: placeAt(eastM, northM),
});

export const smallSite = (more: Partial<Site> = {}): Site => ({
  id: siteId.parse("site-1"),
  name: "Test site",
  latDeg: ORIGIN.latDeg,
  lonDeg: ORIGIN.lonDeg,
  groundHaeM: 0,
  sensors: [radar],
  zones: [],
  persons: [],
  authorisations: [],
  landmarks: [],
  policy: {},
  ...more,
});

/** Sebastiano Vigna's splitmix-like 32-bit mixer, enough for repeatable noise. */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Where something is at a time in seconds since START_MS, ENU metres; undefined when it is not there. */
export type Flyer = (tS: number) => readonly [number, number, number] | undefined;

export const straight =
  (from: readonly [number, number, number], velocity: readonly [number, number, number], fromS = 0, toS = 1e9): Flyer =>
  (tS) =>
    tS < fromS || tS > toS
      ? undefined
      : [from[0] + velocity[0] * (tS - fromS), from[1] + velocity[1] * (tS - fromS), from[2] + velocity[2] * (tS - fromS)];

/** One look of the radar at everything that flies: each is seen with probability `pD`. */
export function radarScan(
  tS: number,
  flyers: readonly Flyer[],
  random: () => number,
  { pD = 0.95, reality = "live" as Reality, sensor = radar } = {},
): Scan {
  const own = createLocalFrame({ latDeg: sensor.latDeg, lonDeg: sensor.lonDeg, altHaeM: sensor.height?.valueM ?? 0 });
  const detections: Detection[] = [];
  for (const flyer of flyers) {
    const at = flyer(tS);
    if (!at || random() > pD) continue;
    const { rangeM, azimuthRad, elevationRad } = polarFromEnu(toEnu(own, fromEnu(FRAME, at)));
    detections.push({
      measurement: {
        kind: "polar",
        rangeM: Math.max(0, rangeM + 5 * normal(random)),
        rangeSigmaM: 5,
        azimuthRad: azimuthRad + 0.004 * normal(random),
        azimuthSigmaRad: 0.004,
        elevationRad: Math.min(1.5, elevationRad + 0.006 * normal(random)),
        elevationSigmaRad: 0.006,
      },
      classLikelihoods: { multirotor: 1, fixedWing: 0.4, bird: 0.05, mannedAircraft: 0.01, balloon: 0.05, other: 0.2 },
    });
  }
  const measuredMs = START_MS + Math.round(tS * 1000);
  return {
    kind: "scan",
    sensor: sensor.id,
    measuredMs,
    measuredSigmaMs: 20,
    receivedMs: measuredMs + 50,
    reality,
    detections,
  };
}

let commands = 0;
type CommandInput = Extract<Input, { kind: "command" }>;
type Plain<C> = C extends unknown ? Omit<C, "id" | "by" | "atMs"> : never;
/** A command of the watch officer, with an id of its own. */
export const command = (what: Plain<CommandInput["command"]>, atMs = START_MS): CommandInput => ({
  kind: "command",
  command: { ...what, id: commandId.parse(`c-${++commands}`), by: "Officer", atMs } as CommandInput["command"],
});
