import { fly } from "../../motion/fly.ts";
import { routePilot } from "../../motion/route.ts";
import { straightPilot } from "../../motion/straight.ts";
import type { Random } from "../../random.ts";
import type { BenchBroadcast, BenchSite, BenchTarget, GroundClutter } from "../bench-scenario.ts";
import { aircraft, bird } from "./birds.ts";
import { type Recipe, realities, statedHead, statedRadar } from "./statement.ts";

const DURATION_S = 7200;
/** How many of each come in an hour. */
const PER_HOUR = { singleBirds: 93, flocks: 6, vehicles: 75, aircraft: 1.5 };

/** Hours without a drone: turbines, a road, trees, water, flocks, single birds, a balloon, aircraft that say where they are. */
export const quiet: Recipe = {
  stem: "S11-quiet",
  scene: (options, name, random) => {
    const durationS = options.durationS ?? DURATION_S;
    const hours = durationS / 3600;
    const source = random.fork("targets");
    const site = siteOf(source.fork("site"));
    const radar = statedRadar({
      pos: [0, 0, 25],
      period: 2,
      pd: options.detectionProbability ?? 0.85,
      clutter: options.clutterPerScan ?? 5,
      azimuthHalfRad: Math.PI,
      elevation: [-Math.PI / 180, 0.436332],
    });
    const note = "ADS-B of manned aircraft: position, not a drone";
    const planes = many("A", PER_HOUR.aircraft * hours, source, (id, own) =>
      aircraft(id, Math.floor(own.between(0, durationS)), own),
    );
    return {
      meta: {
        ...statedHead(name, durationS),
        protected: [{ id: "P1", x: 0, y: 0, z: 5 }],
        site,
        sensors: [radar, { id: "adsb-1", kind: "position", delay: [0.2, 1], note }],
      },
      about: "hours without a drone: birds, flocks, vehicles, a balloon, aircraft with ADS-B, turbines, trees, water",
      targets: [
        ...many("B", PER_HOUR.singleBirds * hours, source, (id, own) => singleBird(id, durationS, own)),
        ...Array.from({ length: Math.round(PER_HOUR.flocks * hours) }, (_, i) =>
          flock(`K${i}-`, durationS, source.fork(`K${i}`)),
        ).flat(),
        ...many("V", PER_HOUR.vehicles * hours, source, (id, own) => vehicle(id, site, durationS, own)),
        ...planes,
        balloon("L0", durationS, source.fork("L0")),
      ],
      radars: realities([radar], options, random.fork("lie"), () => ({
        hasFeatures: true,
        ground: groundOf(site, source.fork("ground")),
      })),
      broadcasts: planes.map((target) => adsb(target, source.fork(`adsb-${target.id}`))),
    };
  },
};

const many = (stem: string, count: number, random: Random, make: (id: string, own: Random) => BenchTarget): BenchTarget[] =>
  Array.from({ length: Math.round(count) }, (_, i) => make(`${stem}${i}`, random.fork(`${stem}${i}`)));

function siteOf(random: Random): BenchSite {
  const x = random.between(1800, 2800);
  const y = random.between(600, 1200);
  return {
    turbines: [
      [x, y, 90],
      [x + 500, y - 300, 90],
    ],
    road: [
      [-4200, random.between(600, 1200)],
      [-1500, 1400],
      [300, random.between(1700, 2100)],
      [2200, 1700],
      [4600, 2600],
    ],
    water: { x0: -3500, x1: 3500, y0: -3300, y1: -2300 },
  };
}

/** Rotor blades, swaying trees along a line, and waves. */
function groundOf({ turbines, water }: BenchSite, random: Random): GroundClutter[] {
  const treesFrom = [random.between(-2200, -1800), random.between(600, 900)] as const;
  return [
    ...turbines.map(
      ([x, y, z]): GroundClutter => ({
        features: "turbine",
        perLook: 1.1,
        place: (draw) => [x + 22 * draw.normal(), y + 22 * draw.normal(), z + 33 * draw.normal()],
      }),
    ),
    {
      features: "tree",
      perLook: 2.1,
      place: (draw) => {
        const along = draw.between(0, 1200);
        return [treesFrom[0] + along, treesFrom[1] + 0.45 * along + 15 * draw.normal(), draw.between(3, 18)];
      },
    },
    {
      features: "sea",
      perLook: 2.7,
      place: (draw) => [draw.between(water.x0, water.x1), draw.between(water.y0, water.y1), draw.between(0, 10)],
    },
  ];
}

const birdLifeS = (random: Random): number => random.between(80, 250);

function singleBird(id: string, durationS: number, random: Random): BenchTarget {
  const fromS = random.between(0, durationS - 10);
  const angle = random.between(0, 2 * Math.PI);
  const distanceM = random.between(400, 4800);
  const at = [distanceM * Math.sin(angle), distanceM * Math.cos(angle)] as const;
  return bird(id, { at, fromS, toS: Math.min(durationS, fromS + birdLifeS(random)) }, random);
}

/** Six to thirteen that go the same way, some ten metres apart. */
function flock(stem: string, durationS: number, random: Random): BenchTarget[] {
  const startS = random.between(0, durationS - 10);
  const endS = Math.min(durationS, startS + birdLifeS(random));
  const angle = random.between(0, 2 * Math.PI);
  const distanceM = random.between(1500, 4500);
  const courseRad = angle + Math.PI + random.between(-0.7, 0.7);
  const speedMps = random.between(10, 15);
  const velocity = [speedMps * Math.sin(courseRad), speedMps * Math.cos(courseRad), 0] as const;
  const middle = [distanceM * Math.sin(angle), distanceM * Math.cos(angle), random.between(40, 150)] as const;
  return Array.from({ length: 6 + random.below(8) }, (_, i) => {
    const own = random.fork(`${i}`);
    const from = [middle[0] + 12 * own.normal(), middle[1] + 12 * own.normal(), middle[2] + 4 * own.normal()] as const;
    return {
      id: `${stem}${i}`,
      class: "bird",
      trajectory: fly({ from, velocity, startS, endS, accelMps2: 5 }, straightPilot(velocity, 1, own)),
    };
  });
}

function vehicle(id: string, { road }: BenchSite, durationS: number, random: Random): BenchTarget {
  const speedMps = random.between(15, 30);
  const way = random.chance(0.5) ? [...road] : [...road].reverse();
  const points = way.map(([x, y]) => ({ posEnuM: [x, y, 4] as const, speedMps, holdS: 0 }));
  const startS = random.between(0, durationS - 10);
  const pilot = routePilot(points.slice(1), 3, () => random.normal());
  const from = points[0]?.posEnuM ?? [0, 0, 4];
  return { id, class: "vehicle", trajectory: fly({ from, startS, endS: durationS, accelMps2: 3 }, pilot) };
}

function balloon(id: string, durationS: number, random: Random): BenchTarget {
  const startS = Math.floor(random.between(0, 0.5 * durationS));
  const windRad = random.between(0, 2 * Math.PI);
  const velocity = [3 * Math.sin(windRad), 3 * Math.cos(windRad), 0.24] as const;
  const from = [random.between(-1100, 1100), random.between(-1100, 1100), 40] as const;
  const endS = Math.min(durationS, startS + 1500);
  return {
    id,
    class: "balloon",
    trajectory: fly({ from, velocity, startS, endS, accelMps2: 1 }, straightPilot(velocity, 0.5, random)),
  };
}

function adsb(target: BenchTarget, random: Random): BenchBroadcast {
  const tx = random.below(0x100_0000).toString(16).padStart(6, "0");
  return {
    rid: `ADSB-${tx}`,
    tx,
    target,
    kind: "genuine",
    offset: [0, 0, 0],
    latencyS: 0,
    phaseS: random.between(0, 1),
    errors: { horizontalM: 7, verticalM: 12, lastsS: 15 },
    stated: { sx: 10, sy: 10, sz: 15 },
  };
}
