import { alongGeodesic } from "@picket/geo";
import {
  authorisationId,
  type Height,
  type Landmark,
  type Position,
  personId,
  type Sensor,
  type Site,
  sensorId,
  siteId,
  type Zone,
  zoneId,
} from "@picket/model";

/** The ground of the river valley above the ellipsoid: some 15 m above the sea, and the geoid lies 35 m below the ellipsoid there. */
export const DEMO_GROUND_HAE_M = -20;
/** Of the radars' ASTERIX: no country's. */
const SAC = 0;
/** The serial number of the drone that has a permission. */
export const PERMITTED_SERIAL = "TESTA0000000112";

const hae = (valueM: number, sigmaM = 1): Height => ({ valueM, sigmaM, reference: "hae" });
/** Airliners fly above it, drones below. */
const CEILING = hae(480, 0);

/** The western end of the land boundary and its corner at the Colorado River, between which the treaty draws a straight line. */
const MONUMENT_258 = { latDeg: 32.53433, lonDeg: -117.12385 };
const COLORADO_CORNER = { latDeg: 32.7187, lonDeg: -114.7196 };
/** Known points of the marked boundary lie up to this far from the geodesic between its ends. */
const BOUNDARY_ACCURACY_M = 75;
const BOUNDARY_STEP_M = 2000;

/** The San Diego–Tijuana site: sensors, zones, people and places. */
export function demoSite(): Site {
  return {
    id: siteId.parse("san-diego-tijuana"),
    name: "San Diego–Tijuana (simulated)",
    latDeg: 32.552,
    lonDeg: -117.075,
    groundHaeM: DEMO_GROUND_HAE_M,
    sensors: [...radars(), ...directionFinders(), acousticArray(), ...receivers(), adsbReceiver()].map((sensor) => ({
      ...sensor,
      reality: "simulated",
    })),
    zones: zones(),
    persons: [
      {
        id: personId.parse("goat-canyon-post"),
        name: "Goat Canyon post",
        team: "West",
        language: "en",
        fixed: { latDeg: 32.5402, lonDeg: -117.0945 },
      },
      {
        id: personId.parse("levee-post"),
        name: "Levee post",
        team: "East",
        language: "es",
        fixed: { latDeg: 32.5465, lonDeg: -117.05 },
      },
      { id: personId.parse("patrol-3"), name: "Patrol 3", team: "West", language: "es" },
    ],
    authorisations: [
      {
        id: authorisationId.parse("port-police"),
        holder: "Port police drone unit",
        identity: { kind: "serial", value: PERMITTED_SERIAL },
        fromMs: 0,
        toMs: YEAR_2100_MS,
        area: { kind: "circle", centre: { latDeg: 32.545, lonDeg: -117.031 }, radiusM: 2000 },
        ceiling: hae(180, 0),
      },
    ],
    landmarks: LANDMARKS,
    policy: {},
  };
}

/** 2100-01-01T00:00:00Z. */
const YEAR_2100_MS = 4_102_444_800_000;

function radars(): Sensor[] {
  const common = {
    kind: "radar",
    elevationMinDeg: -3,
    elevationMaxDeg: 40,
    detectionProbability: 0.9,
    clutterPerLook: 3,
    notch: { belowMps: 0.8, detectionProbability: 0.2 },
    rangeMinM: 80,
    rangeSigmaM: 5,
    azimuthSigmaDeg: 0.3,
    elevationSigmaDeg: 0.5,
    rangeRateSigmaMps: 0.3,
    silentAfterMs: 5000,
  } as const;
  return [
    {
      ...common,
      id: sensorId.parse("radar-1"),
      name: "Valley radar",
      latDeg: 32.56,
      lonDeg: -117.105,
      height: hae(10),
      rangeMaxM: 7500,
      revisitMs: 1000,
      asterix: { sac: SAC, sic: 1 },
      shadows: [{ azimuthFromDeg: 196, azimuthToDeg: 206, rangeFromM: 2600, rangeToM: 4500, elevationBelowDeg: 1 }],
    },
    {
      ...common,
      id: sensorId.parse("radar-2"),
      name: "Mesa radar",
      latDeg: 32.5545,
      lonDeg: -117.0405,
      height: hae(25),
      rangeMaxM: 6000,
      revisitMs: 1200,
      asterix: { sac: SAC, sic: 2 },
    },
  ];
}

function directionFinders(): Sensor[] {
  const finder = (n: number, name: string, place: Pick<Sensor, "latDeg" | "lonDeg" | "height">): Sensor => ({
    id: sensorId.parse(`df-${n}`),
    name,
    kind: "directionFinder",
    ...place,
    rangeMaxM: 5000,
    detectionProbability: 0.8,
    azimuthSigmaDeg: 3,
    revisitMs: 1000,
    silentAfterMs: 10_000,
    covers: false,
    sapient: { nodeId: nodeId(n) },
  });
  return [
    finder(1, "Direction finder west", { latDeg: 32.556, lonDeg: -117.115, height: hae(0) }),
    finder(2, "Direction finder river", { latDeg: 32.558, lonDeg: -117.065, height: hae(0) }),
    finder(3, "Direction finder port", { latDeg: 32.55, lonDeg: -117.03, height: hae(5) }),
  ];
}

/** Hears rotors near the post on the levee. Wind and traffic hide them often enough that its silence proves nothing. */
const acousticArray = (): Sensor => ({
  id: sensorId.parse("ear-1"),
  name: "Acoustic array levee",
  kind: "acoustic",
  latDeg: 32.5472,
  lonDeg: -117.0512,
  height: hae(-16),
  rangeMaxM: 450,
  detectionProbability: 0.6,
  azimuthSigmaDeg: 4,
  elevationSigmaDeg: 6,
  revisitMs: 1000,
  silentAfterMs: 10_000,
  covers: false,
  sapient: { nodeId: nodeId(4) },
});

const nodeId = (n: number): string => `4f6b1c52-0d2e-4a39-8c17-5b0a6e3d910${n}`;

function receivers(): Sensor[] {
  const common = { kind: "remoteId", rangeMaxM: 6000, silentAfterMs: 10_000, covers: false } as const;
  return [
    {
      ...common,
      id: sensorId.parse("rid-1"),
      name: "Remote ID receiver beach",
      latDeg: 32.566,
      lonDeg: -117.112,
      height: hae(5),
    },
    { ...common, id: sensorId.parse("rid-2"), name: "Remote ID receiver port", latDeg: 32.549, lonDeg: -117.036, height: hae(5) },
  ];
}

const adsbReceiver = (): Sensor => ({
  id: sensorId.parse("adsb-1"),
  name: "ADS-B receiver",
  kind: "adsb",
  latDeg: 32.566,
  lonDeg: -117.112,
  height: hae(8),
  rangeMaxM: 60_000,
  silentAfterMs: 10_000,
  covers: false,
});

function zones(): Zone[] {
  return [
    {
      id: zoneId.parse("border"),
      name: "Border, 500 m",
      purpose: "watched",
      shape: { kind: "corridor", line: boundary(), halfWidthM: 500 },
      ceiling: CEILING,
      entryLevel: "warning",
      approachLevel: "watch",
      approachS: 30,
      accuracyM: BOUNDARY_ACCURACY_M,
      source: "Straight treaty line between Monument 258 and the Colorado River corner, along the WGS-84 geodesic",
    },
    {
      id: zoneId.parse("port-of-entry"),
      name: "San Ysidro Port of Entry",
      purpose: "protected",
      shape: { kind: "polygon", rings: [box(-117.0345, 32.5405, -117.0245, 32.5475)] },
      ceiling: CEILING,
      entryLevel: "critical",
      approachLevel: "warning",
      approachS: 60,
    },
    {
      id: zoneId.parse("substation"),
      name: "Substation",
      purpose: "protected",
      shape: { kind: "circle", centre: { latDeg: 32.5605, lonDeg: -117.056 }, radiusM: 250 },
      ceiling: CEILING,
      entryLevel: "critical",
      approachLevel: "warning",
      approachS: 45,
    },
    {
      id: zoneId.parse("harbour"),
      name: "Chula Vista Harbor",
      purpose: "protected",
      shape: { kind: "polygon", rings: [box(-117.112, 32.6205, -117.1, 32.6285)] },
      ceiling: CEILING,
      entryLevel: "caution",
      approachLevel: "watch",
      approachS: 60,
    },
  ];
}

const boundary = (): Position[] =>
  alongGeodesic(MONUMENT_258, COLORADO_CORNER, BOUNDARY_STEP_M).map(({ latDeg, lonDeg }) => [
    microdegree(lonDeg),
    microdegree(latDeg),
  ]);

const microdegree = (deg: number): number => Math.round(deg * 1e6) / 1e6;

const box = (west: number, south: number, east: number, north: number): Position[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

/** Public places, to about a hundred metres. */
const LANDMARKS: Landmark[] = [
  { name: "Monument 258", latDeg: 32.53433, lonDeg: -117.12385 },
  { name: "Border Field State Park", latDeg: 32.5375, lonDeg: -117.122 },
  { name: "Goat Canyon", latDeg: 32.5385, lonDeg: -117.0985 },
  { name: "Smuggler's Gulch", latDeg: 32.5405, lonDeg: -117.0878 },
  { name: "Dairy Mart Road bridge", latDeg: 32.548, lonDeg: -117.0635 },
  { name: "Wastewater treatment plant", latDeg: 32.5437, lonDeg: -117.0668 },
  { name: "Las Americas outlets", latDeg: 32.5435, lonDeg: -117.041 },
  { name: "San Ysidro Port of Entry", latDeg: 32.5431, lonDeg: -117.0295 },
  { name: "Imperial Beach Pier", latDeg: 32.5797, lonDeg: -117.1346 },
  { name: "Imperial Beach airfield", latDeg: 32.5668, lonDeg: -117.1157 },
  { name: "Chula Vista Harbor", latDeg: 32.6245, lonDeg: -117.106 },
];
