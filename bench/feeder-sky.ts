import type { Random } from "@picket/sim";

/** One aircraft on its straight way past the site, or one drone near it. */
export type Flyer = Readonly<{
  hex: string;
  fromMs: number;
  toMs: number;
  latDeg: number;
  lonDeg: number;
  northMps: number;
  eastMps: number;
  altM: number;
}>;

const DEG_PER_M = 1 / 111_320;
const BORN_EVERY_MS = { aircraft: 60_000, drone: 240_000 };
const LIVES_MS = { aircraft: 150_000, drone: 120_000 };
const COS_LAT = 0.843;

/** Makes those that fly, in the order in which they appear; every one has an address that no other has. */
export function createSky(kind: "aircraft" | "drone", place: { latDeg: number; lonDeg: number }, random: Random) {
  let bornMs = Number.NEGATIVE_INFINITY;
  let born = 0;
  let flying: Flyer[] = [];
  const isAircraft = kind === "aircraft";

  const bear = (nowMs: number): Flyer => {
    const awayM = isAircraft ? random.between(3000, 25_000) : random.between(300, 2000);
    const bearingRad = random.between(0, 2 * Math.PI);
    const headingRad = bearingRad + random.between(2, 4.2);
    const speedMps = isAircraft ? random.between(90, 230) : random.between(4, 15);
    born++;
    return {
      hex: (isAircraft ? 0xf00000 + (born % 0x8000) : born).toString(16).padStart(6, "0"),
      fromMs: nowMs,
      toMs: nowMs + LIVES_MS[kind],
      latDeg: place.latDeg + awayM * Math.cos(bearingRad) * DEG_PER_M,
      lonDeg: place.lonDeg + (awayM * Math.sin(bearingRad) * DEG_PER_M) / COS_LAT,
      northMps: speedMps * Math.cos(headingRad),
      eastMps: speedMps * Math.sin(headingRad),
      altM: isAircraft ? random.between(600, 9000) : random.between(40, 110),
    };
  };

  return {
    /** Who is in the air at `nowMs`, which never goes back. */
    at(nowMs: number): readonly Flyer[] {
      if (nowMs - bornMs >= BORN_EVERY_MS[kind]) {
        bornMs = nowMs;
        flying.push(bear(nowMs));
      }
      flying = flying.filter(({ toMs }) => toMs > nowMs);
      return flying;
    },
    get born() {
      return born;
    },
  };
}

/** Where a flyer is at `nowMs`. */
export function placeOf({ latDeg, lonDeg, fromMs, northMps, eastMps }: Flyer, nowMs: number): { lat: number; lon: number } {
  const flownS = (nowMs - fromMs) / 1000;
  return {
    lat: rounded(latDeg + northMps * flownS * DEG_PER_M, 1e6),
    lon: rounded(lonDeg + (eastMps * flownS * DEG_PER_M) / COS_LAT, 1e6),
  };
}

export const courseOf = ({ northMps, eastMps }: Flyer): { speedMps: number; trackDeg: number } => ({
  speedMps: Math.hypot(northMps, eastMps),
  trackDeg: ((Math.atan2(eastMps, northMps) * 180) / Math.PI + 360) % 360,
});

export const rounded = (value: number, perUnit: number): number => Math.round(value * perUnit) / perUnit;
