import { feedId, type Scenario, type Sensor, type SimulatedClutter, type SimulatedSensor } from "@picket/model";
import { demoAircraft } from "./demo-aircraft.ts";
import { NODES_FEED, RADARS_FEED, STATUS_FEED } from "./demo-feeds.ts";
import { DEMO_GROUND_HAE_M, demoSite } from "./demo-site.ts";

const DURATION_S = 600;

/**
 * Ten minutes at the San Diego–Tijuana site, then again. A reconnaissance flight along the fence comes first, then a crossing that sets
 * something down and returns, two false Remote IDs, a run at a person, and a swarm of forty; harmless traffic is there all along.
 */
export function demoScenario(): Scenario {
  const { latDeg, lonDeg, sensors } = demoSite();
  return {
    name: "San Diego–Tijuana",
    latDeg,
    lonDeg,
    groundHaeM: DEMO_GROUND_HAE_M,
    durationS: DURATION_S,
    loops: true,
    sensors: sensors.map(simulated),
    objects: demoAircraft(),
    walks: [
      {
        person: "patrol-3",
        line: [
          [-117.084, 32.547],
          [-117.0752, 32.5485],
          [-117.0655, 32.5483],
          [-117.0602, 32.5497],
        ],
        speedMps: 6,
      },
    ],
  };
}

/** What a sheet leaves out: a direction finder has a bias and hears by way of walls, a radar has clutter that is not even. */
function simulated(sensor: Sensor): SimulatedSensor {
  const feed = feedId.parse(sensor.id);
  const node = { sensor, feed: NODES_FEED, speaks: "sapient" } as const;
  if (sensor.kind === "radar") return { sensor, feed: RADARS_FEED, speaks: "asterix", clutter: RADAR_CLUTTER };
  if (sensor.kind === "directionFinder") return { ...node, azimuthBiasDeg: BIAS_DEG[sensor.id] ?? 0, multipath: 0.05 };
  if (sensor.kind === "acoustic") return node;
  if (KITS.has(sensor.id)) return { sensor, feed, speaks: "dragonsync" };
  return sensor.kind === "remoteId" ? { sensor, feed, statusFeed: STATUS_FEED } : { sensor, feed };
}

/** Remote ID receivers that decode what they hear. */
const KITS: ReadonlySet<string> = new Set(["rid-1"]);
const BIAS_DEG: Readonly<Record<string, number>> = { "df-1": 1.5, "df-2": -1, "df-3": 2 };

/** What a radar's own clutter map lets through: little, but there where it is always the same. */
const RADAR_CLUTTER: SimulatedClutter[] = [
  { perLook: 2, rcsDbsm: -24, radialMps: 4 },
  // Traffic on the road by the river.
  {
    perLook: 0.5,
    line: [
      [-117.0905, 32.5665],
      [-117.0655, 32.5597],
      [-117.046, 32.5562],
    ],
    spreadM: 15,
    heightM: 2,
    rcsDbsm: 8,
    radialMps: 12,
  },
  // Willows along the river, in the wind.
  {
    perLook: 0.2,
    line: [
      [-117.111, 32.5537],
      [-117.087, 32.5555],
      [-117.066, 32.5518],
    ],
    spreadM: 40,
    heightM: 6,
    rcsDbsm: -20,
    radialMps: 0.6,
  },
  // Surf.
  {
    perLook: 0.2,
    line: [
      [-117.1255, 32.5405],
      [-117.1325, 32.567],
    ],
    spreadM: 30,
    heightM: 1,
    rcsDbsm: -10,
    radialMps: 1.5,
  },
];
