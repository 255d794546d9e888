import type { Fields } from "@picket/bytes";
import { GVA_M, NACP_M, NACV_MPS, NIC_M, NUCP_M } from "./accuracy.ts";
import { addressOf, isIcaoAddress } from "./address.ts";
import { type Aircraft, METRES_PER_FOOT, MPS_PER_FOOT_A_MINUTE, MPS_PER_KNOT, type PositionSource } from "./aircraft.ts";
import { categoryOf, type EmitterCategory, isCategoryCode } from "./category.ts";

const GROUND = "ground";
const NO_EMERGENCY = "none";
const SQUAWK = /^[0-7]{4}$/;
const ALTITUDE_FT = { min: -2000, max: 150_000 } as const;
const SPEED_KT = { min: 0, max: 4000 } as const;
const RATE_FPM = { min: -60_000, max: 60_000 } as const;
const NOT_NEGATIVE = { min: 0 } as const;

/**
 * Decodes one aircraft as readsb, dump1090 and tar1090 write it, their names of old too (`altitude`, `speed`, `vert_rate`, `nucp`).
 * Without an address it is refused; any other field that is wrong is `undefined` and noted. 0°/0° is no position. `lastPosition` and
 * `rr_lat` are not positions of now and are left.
 *
 * @source wiedehopf/readsb README-json.md; flightaware/dump1090 README-json.md.
 */
export function decodeAircraft(fields: Fields): Aircraft | undefined {
  const hex = fields.text("hex");
  const address = addressOf(hex);
  if (address === undefined) return fields.refuse("no-address", "hex", `six hex digits expected, got ${hex ?? "nothing"}`);
  const heardAs = fields.text("type", 32);
  const position = positionOf(fields);
  const baro = fields.has("alt_baro") ? "alt_baro" : "altitude";
  const isOnGround = fields.value(baro) === GROUND;
  return {
    kind: "aircraft",
    address,
    isIcaoAddress: isIcaoAddress(address),
    heardAs,
    callsign: fields.text("flight", 16),
    registration: fields.text("r", 16),
    typeDesignator: fields.text("t", 16),
    category: category(fields),
    squawk: squawk(fields),
    emergency: emergency(fields),
    isOnGround: fields.has(baro) ? isOnGround : undefined,
    latDeg: position?.latDeg,
    lonDeg: position?.lonDeg,
    positionSource: position && positionSource(fields, heardAs),
    positionAgeS: fields.number("seen_pos", NOT_NEGATIVE),
    heardAgeS: fields.number("seen", NOT_NEGATIVE),
    altPressureM: isOnGround ? undefined : scaled(fields.number(baro, ALTITUDE_FT), METRES_PER_FOOT),
    altHaeM: scaled(fields.number("alt_geom", ALTITUDE_FT), METRES_PER_FOOT),
    speedMps: scaled(fields.number("gs", SPEED_KT) ?? fields.number("speed", SPEED_KT), MPS_PER_KNOT),
    trackDeg: trackOf(fields),
    verticalSpeedMps: scaled(
      fields.number("geom_rate", RATE_FPM) ?? fields.number("baro_rate", RATE_FPM) ?? fields.number("vert_rate", RATE_FPM),
      MPS_PER_FOOT_A_MINUTE,
    ),
    horizontalAccuracyM: coded(fields, "nac_p", NACP_M),
    verticalAccuracyM: coded(fields, "gva", GVA_M, 3),
    speedAccuracyMps: coded(fields, "nac_v", NACV_MPS, 7),
    containmentM: containment(fields),
    rssiDbfs: fields.number("rssi", { min: -200, max: 20 }),
  };
}

function positionOf(fields: Fields): { latDeg: number; lonDeg: number } | undefined {
  const latDeg = fields.number("lat", { min: -90, max: 90 });
  const lonDeg = fields.number("lon", { min: -180, max: 180 });
  if (latDeg === undefined || lonDeg === undefined || (latDeg === 0 && lonDeg === 0)) return undefined;
  return { latDeg, lonDeg };
}

/** The receiver lists under `mlat` and `tisb` the fields that came that way; otherwise its word for the aircraft says it. */
function positionSource(fields: Fields, heardAs = ""): PositionSource {
  if (fields.list("mlat").includes("lat") || heardAs === "mlat") return "mlat";
  if (fields.list("tisb").includes("lat") || heardAs.startsWith("tisb")) return "tisb";
  if (heardAs.startsWith("adsr")) return "adsr";
  if (heardAs === "adsc") return "adsc";
  // Receivers of old have no word for it, and position only what ADS-B tells.
  return heardAs === "" || heardAs.startsWith("adsb") ? "adsb" : "other";
}

function category(fields: Fields): EmitterCategory | undefined {
  const code = fields.text("category", 8);
  if (code === undefined) return undefined;
  if (!isCategoryCode(code)) return fields.refuse("out-of-range", "category", `A0 to D7 expected, got ${code}`);
  return categoryOf(code);
}

function squawk(fields: Fields): string | undefined {
  const code = fields.text("squawk", 8);
  if (code === undefined || SQUAWK.test(code)) return code;
  return fields.refuse("out-of-range", "squawk", `four octal digits expected, got ${code}`);
}

function emergency(fields: Fields): string | undefined {
  const name = fields.text("emergency", 32);
  return name === NO_EMERGENCY ? undefined : name;
}

function trackOf(fields: Fields): number | undefined {
  const trackDeg = fields.number("track", { min: 0, max: 360 });
  return trackDeg === 360 ? 0 : trackDeg;
}

/** `rc` where it is told; 0 says nothing. */
function containment(fields: Fields): number | undefined {
  const rcM = fields.number("rc", NOT_NEGATIVE);
  if (rcM !== undefined && rcM > 0) return rcM;
  return coded(fields, "nic", NIC_M) ?? coded(fields, "nucp", NUCP_M);
}

/** The bound that a code of `table` stands for; codes past it, up to `most`, are reserved and say nothing. */
function coded(
  fields: Fields,
  name: string,
  table: readonly (number | undefined)[],
  most = table.length - 1,
): number | undefined {
  const code = fields.number(name, { min: 0, max: most });
  return code === undefined ? undefined : table[Math.floor(code)];
}

const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;
