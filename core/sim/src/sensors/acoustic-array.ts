import { degFromRad } from "@picket/geo";
import type { LineDetection, ObjectClass, SimulatedSensor } from "@picket/model";
import { kinematicsInto } from "../motion/trajectory.ts";
import type { Random } from "../random.ts";
import { type Air, forEachPresent } from "./air.ts";
import { type Stand, viewFrom } from "./stand.ts";

const SPEED_OF_SOUND_MPS = 343;
const DEFAULT = { detectionProbability: 0.7, azimuthSigmaDeg: 4, elevationSigmaDeg: 6 };
/** What a rotor's harmonics are taken for. */
const CLASS_LIKELIHOODS = { multirotor: 0.75, fixedWing: 0.4, bird: 0.02, mannedAircraft: 0.3, balloon: 0.02, other: 0.2 };
const HEARD: ReadonlySet<ObjectClass> = new Set<ObjectClass>(["multirotor", "fixedWing"]);

/** One look of an acoustic array: a direction to each drone that it hears, where the drone was when the sound left it. */
export function lookOfAcousticArray(
  simulated: SimulatedSensor,
  stand: Stand,
  air: Air,
  tS: number,
  random: Random,
): LineDetection[] {
  const { sensor } = simulated;
  const { azimuthSigmaDeg = DEFAULT.azimuthSigmaDeg, elevationSigmaDeg = DEFAULT.elevationSigmaDeg } = sensor;
  const pD = simulated.detectionProbability ?? sensor.detectionProbability ?? DEFAULT.detectionProbability;
  const heard: LineDetection[] = [];
  const left = new Float64Array(6);
  forEachPresent(air, tS, ({ object, trajectory }, state) => {
    if (object.phantom || !HEARD.has(object.class)) return;
    const { rangeM } = viewFrom(stand, state);
    const leftS = tS - rangeM / SPEED_OF_SOUND_MPS;
    if (rangeM > sensor.rangeMaxM || !random.chance(pD) || leftS < trajectory.startS) return;
    if (!kinematicsInto(trajectory, leftS, left)) return;
    const { azimuthRad, elevationRad } = viewFrom(stand, left);
    const elevationDeg = degFromRad(elevationRad) + elevationSigmaDeg * random.normal();
    heard.push({
      kind: "bearing",
      azimuthDeg: rounded((degFromRad(azimuthRad) + azimuthSigmaDeg * random.normal() + 720) % 360),
      azimuthSigmaDeg,
      elevationDeg: rounded(Math.min(90, Math.max(-90, elevationDeg))),
      elevationSigmaDeg,
      emitter: "aircraft",
      propagation: "sound",
      classLikelihoods: CLASS_LIKELIHOODS,
    });
  });
  random.shuffle(heard);
  return heard;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
