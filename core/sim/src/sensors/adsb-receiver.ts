import { degFromRad, fromEnu, wrapTurnRad } from "@picket/geo";
import type { SimulatedSensor } from "@picket/model";
import { kinematicsInto } from "../motion/trajectory.ts";
import type { Random } from "../random.ts";
import { type Air, forEachPresent } from "./air.ts";
import { PRESSURE_ABOVE_HAE_M } from "./broadcaster.ts";
import { type Stand, viewFrom } from "./stand.ts";

export type AdsbReceiver = {
  /** The whole aircraft.json at `tS` of the scenario, which is `atMs`. */
  page(tS: number, atMs: number): string;
};

/** Of satellite navigation and of height above the ellipsoid, metres, within what NACp 9 and GVA 2 promise. */
const FIX_SIGMA_M = 4;
const FIX_UP_SIGMA_M = 8;
/** A position is sent twice a second. */
const AGE_S = { least: 0.05, most: 0.5 };
const HEARD_EACH_SECOND = 0.95;
/** Messages without a place, most of them from beyond the horizon of what is listed. */
const FROM_AFAR_EACH_SECOND = 100;
/** Aircraft stay on the page for so long after they were heard last. */
const LISTED_S = 60;
const METRES_PER_FOOT = 0.3048;
const METRES_PER_NAUTICAL_MILE = 1852;
/** Steps of the altitudes on the air. */
const ALTITUDE_STEP_FT = 25;
const RATE_STEP_FPM = 64;
const ACCURACY = { version: 2, nic: 8, rc: 186, nac_p: 9, nac_v: 2, sil: 3, gva: 2 };

/**
 * A receiver with readsb behind it: what has a transponder is heard within the sensor's range, and stays listed at its last place for a
 * minute with its age.
 *
 * @source wiedehopf/readsb README-json.md.
 */
export function createAdsbReceiver({ sensor }: SimulatedSensor, stand: Stand, air: Air, random: Random): AdsbReceiver {
  const listed = new Map<string, Readonly<{ fixMs: number; entry: object }>>();
  let messages = 0;

  const hear = (tS: number, atMs: number): void =>
    forEachPresent(air, tS, ({ object: { transponder }, trajectory }, state) => {
      if (!transponder || viewFrom(stand, state).rangeM > sensor.rangeMaxM || !random.chance(HEARD_EACH_SECOND)) return;
      const ageS = random.between(AGE_S.least, AGE_S.most);
      const sent = new Float64Array(6);
      if (!kinematicsInto(trajectory, Math.max(trajectory.startS, tS - ageS), sent)) return;
      const { icao: hex, callsign, category } = transponder;
      const entry = { hex, type: "adsb_icao", flight: callsign.padEnd(8), category, ...ACCURACY, ...flightOf(sent, air, random) };
      listed.set(hex, { fixMs: atMs - 1000 * ageS, entry });
    });

  return {
    page(tS, atMs) {
      hear(tS, atMs);
      messages += random.below(FROM_AFAR_EACH_SECOND);
      for (const [hex, { fixMs }] of listed) if (atMs - fixMs > 1000 * LISTED_S) listed.delete(hex);
      const aircraft = [...listed.values()].map(({ fixMs, entry }) => {
        const ageS = rounded((atMs - fixMs) / 1000, 1000);
        return { ...entry, seen_pos: ageS, seen: ageS, rssi: -12.4 };
      });
      return `${JSON.stringify({ now: rounded(atMs / 1000, 1000), messages, aircraft })}\n`;
    },
  };
}

function flightOf([e = 0, n = 0, u = 0, ve = 0, vn = 0, vu = 0]: Float64Array, { frame }: Air, random: Random) {
  const fix = [
    e + FIX_SIGMA_M * random.normal(),
    n + FIX_SIGMA_M * random.normal(),
    u + FIX_UP_SIGMA_M * random.normal(),
  ] as const;
  const { latDeg, lonDeg, altHaeM } = fromEnu(frame, fix);
  const altitudeFt = (altM: number) => ALTITUDE_STEP_FT * Math.round(altM / METRES_PER_FOOT / ALTITUDE_STEP_FT);
  return {
    alt_baro: altitudeFt(altHaeM + PRESSURE_ABOVE_HAE_M),
    alt_geom: altitudeFt(altHaeM),
    gs: rounded((Math.sqrt(ve * ve + vn * vn) * 3600) / METRES_PER_NAUTICAL_MILE, 10),
    track: rounded(degFromRad(wrapTurnRad(Math.atan2(ve, vn))), 100),
    geom_rate: RATE_STEP_FPM * Math.round((vu * 60) / METRES_PER_FOOT / RATE_STEP_FPM),
    lat: rounded(latDeg, 1e6),
    lon: rounded(lonDeg, 1e6),
  };
}

const rounded = (value: number, perUnit: number): number => Math.round(value * perUnit) / perUnit;
