import { degFromRad, toEnu } from "@picket/geo";
import type { LineDetection, SimulatedSensor } from "@picket/model";
import type { Random } from "../random.ts";
import { type Air, forEachPresent } from "./air.ts";
import { receivedDbm } from "./radio-path.ts";
import { type Stand, type View, viewFrom } from "./stand.ts";

const SENT_DBM = 20;
/** A bearing that came by way of a wall lies anywhere within this of the true one. */
const MULTIPATH_DEG = 60;
/** How often the finder can tell the uplink from the downlink, and so the controller from the aircraft. */
const TELLS_EMITTER = 0.7;
const CONTROLLER_HEIGHT_M = 1.5;
const DEFAULT = { detectionProbability: 0.8, azimuthSigmaDeg: 3 };

/** One look of a direction finder: a bearing to each radio it hears. A drone with a controller on the ground is heard as either. */
export function lookOfDirectionFinder(
  simulated: SimulatedSensor,
  stand: Stand,
  air: Air,
  tS: number,
  random: Random,
): LineDetection[] {
  const { sensor } = simulated;
  const pD = simulated.detectionProbability ?? sensor.detectionProbability ?? DEFAULT.detectionProbability;
  const heard: LineDetection[] = [];
  forEachPresent(air, tS, ({ object: { radio } }, state) => {
    if (!radio || !random.chance(pD)) return;
    const emitter = radio.controller && random.chance(0.5) ? "controller" : "aircraft";
    const from = emitter === "controller" && radio.controller ? controllerState(air, radio.controller) : state;
    const view = viewFrom(stand, from);
    if (view.rangeM > sensor.rangeMaxM) return;
    heard.push({
      kind: "bearing",
      azimuthDeg: rounded((bearingDeg(simulated, view, random) + 720) % 360, 100),
      azimuthSigmaDeg: sensor.azimuthSigmaDeg ?? DEFAULT.azimuthSigmaDeg,
      emitter: random.chance(TELLS_EMITTER) ? emitter : "unknown",
      signal: {
        rssiDbm: Math.round(receivedDbm(SENT_DBM, radio.frequencyMhz, view.rangeM, random)),
        frequencyMhz: radio.frequencyMhz,
      },
    });
  });
  random.shuffle(heard);
  return heard;
}

function bearingDeg({ sensor, azimuthBiasDeg = 0, multipath = 0 }: SimulatedSensor, view: View, random: Random): number {
  const trueDeg = degFromRad(view.azimuthRad);
  if (random.chance(multipath)) return trueDeg + random.between(-MULTIPATH_DEG, MULTIPATH_DEG);
  return trueDeg + azimuthBiasDeg + (sensor.azimuthSigmaDeg ?? DEFAULT.azimuthSigmaDeg) * random.normal();
}

function controllerState({ frame }: Air, place: Readonly<{ latDeg: number; lonDeg: number }>): Float64Array {
  const [e, n, u] = toEnu(frame, { ...place, altHaeM: frame.origin.altHaeM + CONTROLLER_HEIGHT_M });
  return Float64Array.of(e, n, u, 0, 0, 0);
}

const rounded = (value: number, perUnit: number): number => Math.round(value * perUnit) / perUnit;
