import { encodeBlock, type ItemsDraft } from "@picket/asterix";
import { convertHeight, radFromDeg } from "@picket/geo";
import { type LineDetection, OBJECT_CLASSES, type Sensor } from "@picket/model";
import type { Voice } from "./voice.ts";

const METRES_PER_NAUTICAL_MILE = 1852;
const METRES_PER_FOOT = 0.3048;
/** The sphere on which a radar's height and its elevation say the same. */
const EARTH_RADIUS_M = 6_371_000;
const DAY_MS = 86_400_000;
/** A turn is told in so many sectors, each with the plots in it. */
const SECTORS = 4;
const SECTOR_DEG = 360 / SECTORS;
const PRIMARY_DETECTION = 1;
const NORTH_MARKER = 1;
const SECTOR_CROSSING = 2;
const BIRDS = 19;
/** A radar says that it sees a bird when it is surer of it than this. */
const SURE_OF_BIRD = 0.5;
/** What I048/120 and the expansion field can carry. */
const FASTEST_MPS = 511;
const RCS_DBSM = { least: -60, most: 30 };

type Polar = Extract<LineDetection, { kind: "polar" }>;

/**
 * A radar that speaks ASTERIX: the plots of a sector (048), then the message that the sector is passed (034), and once a turn the north
 * marker with its state. Every target says that it is simulated. What a plot's class is has no place in 048 but for birds.
 */
export function createAsterixVoice(sensor: Sensor, look: (tS: number) => readonly LineDetection[]): Voice {
  const { revisitMs = 1000, asterix: { sac, sic } = { sac: 0, sic: 0 } } = sensor;
  const i010 = { sac, sic };
  let sector = 0;
  return {
    periodMs: revisitMs / SECTORS,
    tell(tS, atMs) {
      const timeOfDayS = (atMs % DAY_MS) / 1000;
      const plots = look(tS).filter(
        (seen) => seen.kind === "polar" && Math.floor(seen.azimuthDeg / SECTOR_DEG) === sector,
      ) as Polar[];
      sector = (sector + 1) % SECTORS;
      const station: ItemsDraft<34>[] = [
        { i010, i000: { messageType: SECTOR_CROSSING }, i030: { timeOfDayS }, i020: { sectorDeg: sector * SECTOR_DEG } },
      ];
      const i041 = { antennaRotationPeriodS: revisitMs / 1000 };
      if (sector === 0)
        station.push({ i010, i000: { messageType: NORTH_MARKER }, i030: { timeOfDayS }, i041, i050: { com: {} } });
      const targets = plots.map((plot): ItemsDraft<48> => ({ i010, i140: { timeOfDayS }, ...targetOf(plot, sensor) }));
      const blocks = [...(targets.length > 0 ? [encodeBlock(48, targets)] : []), encodeBlock(34, station)];
      return Uint8Array.from(blocks.flatMap((block) => [...block]));
    },
  };
}

function targetOf(plot: Polar, sensor: Sensor): ItemsDraft<48> {
  const heightFt = heightOf(plot, sensor);
  const { rangeM, azimuthDeg, rangeRateMps, rcsDbsm } = plot;
  return {
    i020: { typ: PRIMARY_DETECTION, sim: 1 },
    i040: { rhoNm: rangeM / METRES_PER_NAUTICAL_MILE, thetaDeg: azimuthDeg },
    ...(heightFt !== undefined && { i110: { height3dFt: heightFt } }),
    ...(rangeRateMps !== undefined && { i120: { cal: { calMps: clamped(rangeRateMps, -FASTEST_MPS, FASTEST_MPS) } } }),
    ...(isBird(plot) && { i030: [BIRDS] }),
    ...(rcsDbsm !== undefined && { re: { gen48: { rcsdb: { rcsdbDbsm: clamped(rcsDbsm, RCS_DBSM.least, RCS_DBSM.most) } } } }),
  };
}

/** Above the sea, feet: what is at that elevation and range over a sphere. */
function heightOf({ elevationDeg, rangeM }: Polar, sensor: Sensor): number | undefined {
  const own = sensor.height && convertHeight(sensor.height, "msl", sensor, {});
  if (elevationDeg === undefined || !own) return undefined;
  const above = EARTH_RADIUS_M + own.valueM;
  const square = above * above + rangeM * rangeM + 2 * above * rangeM * Math.sin(radFromDeg(elevationDeg));
  return (Math.sqrt(square) - EARTH_RADIUS_M) / METRES_PER_FOOT;
}

function isBird({ classLikelihoods }: Polar): boolean {
  const total = OBJECT_CLASSES.reduce((sum, name) => sum + (classLikelihoods?.[name] ?? 0), 0);
  return total > 0 && (classLikelihoods?.bird ?? 0) / total > SURE_OF_BIRD;
}

const clamped = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
