import { type Detection, type Frame, type Input, type Scan, type Sensor, sensorId } from "@picket/model";
import type { Pipeline } from "../pipeline.ts";
import { type Flyer, noise, placeAt, radar, radarScan, START_MS, smallSite } from "../world.fixture.ts";

/** Five drones that truly say where they are, before a radar that turns. */
export const receiver: Sensor = {
  ...{ id: sensorId.parse("rid-1"), name: "Receiver", kind: "remoteId", rangeMaxM: 20_000 },
  ...{ latDeg: radar.latDeg, lonDeg: radar.lonDeg },
};
export const site = smallSite({ sensors: [radar, receiver] });
const RADIAN = Math.PI / 180;
export const DRONES = 5;

/** Drones on circles of their own, two to three kilometres away. */
export const circling = (k: number): Flyer => {
  const turn = k % 2 === 0 ? 0.05 : -0.06;
  return (tS) => [-1600 + 800 * k + 200 * Math.sin(turn * tS), 2200 + 300 * (k % 3) + 200 * Math.cos(turn * tS), 100];
};

/** Every drone says where it is, as its receiver hears it a second later. */
const broadcasts = (tS: number): Scan[] =>
  Array.from({ length: DRONES }, (_, k): Scan => {
    const [eastM, northM, upM] = circling(k)(tS) ?? [0, 0, 0];
    const height = { valueM: upM, sigmaM: 8, reference: "hae" } as const;
    const detection: Detection = {
      measurement: { kind: "position", ...placeAt(eastM, northM), height, horizontalSigmaM: 5 },
      claims: [{ kind: "serial", value: `DRONE${k}` }],
      origin: `tx-${k}/${tS}`,
    };
    const measuredMs = START_MS + Math.round(1000 * tS);
    const times = { measuredMs, measuredSigmaMs: 100, receivedMs: measuredMs + 1000 };
    return { kind: "scan", sensor: receiver.id, ...times, reality: "live", detections: [detection] };
  });

/** The radar sees every drone turned by so much. */
function turnedScan(tS: number, turnDeg: number, random: () => number): Scan {
  const scan = radarScan(
    tS,
    Array.from({ length: DRONES }, (_, k) => circling(k)),
    random,
  );
  const detections = scan.detections.map((detection): Detection => {
    const { measurement } = detection;
    if (measurement.kind !== "polar") return detection;
    return { ...detection, measurement: { ...measurement, azimuthRad: measurement.azimuthRad + turnDeg * RADIAN } };
  });
  return { ...scan, detections };
}

export function run(pipeline: Pipeline, fromS: number, toS: number, turnDeg: number, first: readonly Input[] = []): Frame {
  const random = noise(fromS + 7);
  let frame: Frame | undefined;
  for (let s = fromS; s < toS; s++) {
    const inputs = [...(s === fromS ? first : []), ...broadcasts(s - 0.7), turnedScan(s, turnDeg, random)];
    frame = pipeline.tick(inputs, START_MS + 1000 * s + 100);
  }
  if (!frame) throw new RangeError(`Expected some seconds to run, got ${fromS} to ${toS}`);
  return frame;
}

export const registrationIn = ({ sensors }: Frame) => sensors.find(({ id }) => id === radar.id)?.registration;
