import type { SimulatedObject, Waypoint } from "@picket/model";
import { PERMITTED_SERIAL } from "./demo-site.ts";

const at = (latDeg: number, lonDeg: number, heightM: number, more: Pick<Waypoint, "speedMps" | "holdS"> = {}): Waypoint => ({
  latDeg,
  lonDeg,
  heightM,
  ...more,
});

/** Everything that flies in the demonstration, in the order in which it appears. */
export const demoAircraft = (): SimulatedObject[] => [
  helicopter(),
  ...birds(),
  hobbyDrone(),
  reconnaissance(),
  balloon(),
  permittedDrone(),
  crossing(),
  airliner(),
  misplacedBroadcast(),
  phantomBroadcast(),
  runAtPerson(),
  swarm(),
];

const helicopter = (): SimulatedObject => ({
  id: "helicopter",
  class: "mannedAircraft",
  fromS: 0,
  toS: 200,
  motion: {
    kind: "route",
    points: [at(32.566, -117.131, 220), at(32.568, -117.08, 220), at(32.572, -117.02, 260)],
    cruiseMps: 52,
    accelMps2: 6,
    startsMoving: true,
  },
});

function birds(): SimulatedObject[] {
  const bird = (id: string, from: Waypoint, driftEastMps: number): SimulatedObject => ({
    id,
    class: "bird",
    fromS: 0,
    toS: 585,
    motion: { kind: "soar", from, cruiseMps: 9, radiusM: 45, driftEastMps, driftNorthMps: 0 },
  });
  return [
    bird("gull-1", at(32.569, -117.122, 45), 0.3),
    bird("gull-2", at(32.57, -117.118, 60), 0.2),
    bird("hawk", at(32.5565, -117.092, 110), -0.2),
    bird("pelican", at(32.6, -117.107, 35), 0.1),
  ];
}

const hobbyDrone = (): SimulatedObject => ({
  id: "hobby",
  class: "multirotor",
  fromS: 5,
  toS: 260,
  motion: {
    kind: "route",
    points: [
      at(32.5765, -117.1265, 0),
      at(32.5765, -117.1265, 50, { speedMps: 4, holdS: 10 }),
      at(32.578, -117.124, 55, { holdS: 15 }),
      at(32.5752, -117.1232, 55, { holdS: 20 }),
      at(32.5765, -117.1265, 50, { holdS: 5 }),
      at(32.5765, -117.1265, 0, { speedMps: 3 }),
    ],
    cruiseMps: 8,
  },
  remoteId: {
    carrier: "wifi-beacon",
    address: "02:50:4b:00:00:01",
    serial: "TESTA0000000057",
    registration: "FA3TEST057",
    description: "Recreational flight",
    operatorId: "USA0000000057",
    operator: { latDeg: 32.5764, lonDeg: -117.1266 },
  },
  radio: { frequencyMhz: 2462, controller: { latDeg: 32.5764, lonDeg: -117.1266 } },
});

/** Up from the south, along the fence, and home. */
const reconnaissance = (): SimulatedObject => ({
  id: "reconnaissance",
  class: "multirotor",
  fromS: 10,
  toS: 230,
  motion: {
    kind: "route",
    points: [
      at(32.5295, -117.1085, 0),
      at(32.5305, -117.1082, 70, { speedMps: 12 }),
      at(32.5378, -117.106, 95),
      at(32.539, -117.0995, 95, { holdS: 8 }),
      at(32.5402, -117.0905, 95, { holdS: 8 }),
      at(32.5415, -117.0785, 95),
      at(32.5315, -117.0775, 60),
      at(32.5312, -117.0775, 0, { speedMps: 5 }),
    ],
    cruiseMps: 15,
  },
  radio: { frequencyMhz: 5785, controller: { latDeg: 32.5296, lonDeg: -117.1086 } },
});

const balloon = (): SimulatedObject => ({
  id: "balloon",
  class: "balloon",
  fromS: 60,
  toS: 480,
  motion: { kind: "drift", from: at(32.562, -117.091, 20), windEastMps: 2.2, windNorthMps: 0.4, climbMps: 0.7 },
});

/** Has a permission bound to its serial number, and keeps to it. */
const permittedDrone = (): SimulatedObject => ({
  id: "permitted",
  class: "multirotor",
  fromS: 80,
  toS: 390,
  motion: {
    kind: "route",
    points: [
      at(32.5512, -117.0315, 0),
      at(32.5512, -117.0315, 70, { speedMps: 4, holdS: 10 }),
      at(32.5455, -117.0335, 80),
      at(32.5432, -117.03, 80),
      at(32.545, -117.026, 80),
      at(32.5512, -117.0315, 70),
      at(32.5512, -117.0315, 0, { speedMps: 3 }),
    ],
    cruiseMps: 9,
  },
  remoteId: {
    carrier: "wifi-nan",
    address: "02:50:4b:00:01:12",
    serial: PERMITTED_SERIAL,
    description: "Port police",
    operatorId: "USA0000000112",
    operator: { latDeg: 32.5512, lonDeg: -117.0316 },
  },
  radio: { frequencyMhz: 2412, controller: { latDeg: 32.5512, lonDeg: -117.0316 } },
});

/** Over the fence, down, something set down, and back. */
const crossing = (): SimulatedObject => ({
  id: "crossing",
  class: "multirotor",
  fromS: 215,
  toS: 380,
  motion: {
    kind: "route",
    points: [
      at(32.532, -117.0715, 0),
      at(32.533, -117.0714, 60, { speedMps: 14 }),
      at(32.5448, -117.0705, 60),
      at(32.5452, -117.0704, 8, { speedMps: 6, holdS: 8 }),
      at(32.5448, -117.0705, 60, { speedMps: 10 }),
      at(32.5325, -117.0714, 60),
      at(32.532, -117.0715, 0, { speedMps: 6 }),
    ],
    cruiseMps: 20,
    accelMps2: 5,
  },
  radio: { frequencyMhz: 915, controller: { latDeg: 32.5319, lonDeg: -117.0716 } },
});

const airliner = (): SimulatedObject => ({
  id: "airliner",
  class: "mannedAircraft",
  fromS: 290,
  toS: 520,
  motion: {
    kind: "route",
    points: [at(32.63, -117.17, 1100), at(32.5, -116.98, 900)],
    cruiseMps: 100,
    accelMps2: 3,
    startsMoving: true,
  },
  // An address of the block that is no state's.
  transponder: { icao: "f00290", callsign: "TEST290", category: "A3" },
});

/** A real drone whose broadcast names a place a kilometre to the east of it. */
const misplacedBroadcast = (): SimulatedObject => ({
  id: "misplaced",
  class: "multirotor",
  fromS: 350,
  toS: 450,
  motion: {
    kind: "route",
    points: [
      at(32.5535, -117.0985, 0),
      at(32.5535, -117.0985, 60, { speedMps: 8 }),
      at(32.558, -117.098, 65),
      at(32.5575, -117.102, 65),
      at(32.5535, -117.0985, 60),
      at(32.5535, -117.0985, 0, { speedMps: 6 }),
    ],
    cruiseMps: 10,
  },
  remoteId: {
    carrier: "ble-extended",
    address: "c2:50:4b:00:02:01",
    serial: "TESTA0000000201",
    offset: { eastM: 1000, northM: 150 },
    operator: { latDeg: 32.554, lonDeg: -117.088 },
  },
});

/** A broadcast from a box on the ground that tells of a drone where both radars would see one. */
const phantomBroadcast = (): SimulatedObject => ({
  id: "phantom",
  class: "multirotor",
  fromS: 365,
  toS: 460,
  motion: {
    kind: "route",
    points: [at(32.5745, -117.098, 90), at(32.58, -117.0925, 95), at(32.577, -117.0865, 95), at(32.5745, -117.098, 90)],
    cruiseMps: 12,
    startsMoving: true,
  },
  phantom: true,
  sender: { latDeg: 32.5728, lonDeg: -117.1045 },
  remoteId: {
    carrier: "wifi-beacon",
    address: "02:50:4b:00:02:02",
    serial: "TESTA0000000202",
    description: "Survey",
    operator: { latDeg: 32.5728, lonDeg: -117.1045 },
  },
});

/** Low and fast from behind the hills at the post on the levee. It broadcasts nothing. */
const runAtPerson = (): SimulatedObject => ({
  id: "fpv",
  class: "multirotor",
  fromS: 410,
  toS: 470,
  motion: {
    kind: "popUp",
    from: at(32.5295, -117.0575, 15),
    at: { latDeg: 32.5465, lonDeg: -117.05 },
    cruiseMps: 60,
    accelMps2: 40,
    topM: 60,
  },
  radio: { frequencyMhz: 5840 },
});

/** Forty, from the south over the fence to the port of entry, and home again before the story begins anew. */
const swarm = (): SimulatedObject => ({
  id: "swarm",
  class: "multirotor",
  fromS: 484,
  toS: 594,
  motion: {
    kind: "swarm",
    points: [
      at(32.5328, -117.0385, 50),
      at(32.538, -117.0355, 80),
      at(32.543, -117.031, 80, { holdS: 5 }),
      at(32.538, -117.0345, 70),
      at(32.5318, -117.0385, 50),
    ],
    cruiseMps: 26,
    accelMps2: 6,
    startsMoving: true,
    count: 40,
    spacingM: 22,
  },
});
