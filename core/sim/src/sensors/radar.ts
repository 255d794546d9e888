import { degFromRad, isInArc, radFromDeg, toEnu } from "@picket/geo";
import type { LineDetection, Sensor, SimulatedClutter, SimulatedSensor } from "@picket/model";
import type { Random } from "../random.ts";
import { type Air, forEachPresent } from "./air.ts";
import { clutterFeatures, type Features, featuresOf, meanRcsDbsm } from "./signature.ts";
import { type Stand, type View, viewFrom } from "./stand.ts";

/** The cross section that a sheet's range is stated for: a small multirotor's. */
const SHEET_RCS_DBSM = meanRcsDbsm("multirotor");
const RANGE_RATE_SIGMA_MPS = 0.3;
/** Used where a sheet does not say. */
const DEFAULT = {
  detectionProbability: 0.9,
  rangeSigmaM: 5,
  azimuthSigmaDeg: 0.3,
  elevationSigmaDeg: 0.5,
  elevationMinDeg: -1,
  elevationMaxDeg: 30,
};

/**
 * One look of a polar radar: each object in view by chance, less in the Doppler notch and never in a shadow, and clutter from where
 * there is some. In random order.
 */
export function lookOfRadar(simulated: SimulatedSensor, stand: Stand, air: Air, tS: number, random: Random): LineDetection[] {
  const { sensor } = simulated;
  const seen: LineDetection[] = [];
  forEachPresent(air, tS, ({ object }, state) => {
    if (object.phantom) return;
    const view = viewFrom(stand, state);
    const pD = detectionProbability(simulated, view, meanRcsDbsm(object.class));
    if (random.chance(pD)) seen.push(plot(sensor, noisy(simulated, view, random), featuresOf(object.class, random)));
  });
  for (const clutter of simulated.clutter ?? []) {
    for (let left = random.poisson(clutter.perLook); left > 0; left--) {
      const view = clutterView(sensor, clutter, stand, air, random);
      if (isInView(sensor, view)) seen.push(plot(sensor, view, clutterFeatures(clutter.rcsDbsm, random)));
    }
  }
  random.shuffle(seen);
  return seen;
}

/** What is smaller than the sheet's target is lost sooner, by the fourth root of its cross section: R⁴ ∝ σ. */
function detectionProbability({ sensor, detectionProbability: actual }: SimulatedSensor, view: View, rcsDbsm: number): number {
  const reach = Math.min(1, Math.exp(((rcsDbsm - SHEET_RCS_DBSM) / 40) * Math.LN10));
  if (!isInView(sensor, view) || view.rangeM > sensor.rangeMaxM * reach || isInShadow(sensor, view)) return 0;
  const { notch } = sensor;
  if (notch && Math.abs(view.rangeRateMps) < notch.belowMps) return notch.detectionProbability;
  return actual ?? sensor.detectionProbability ?? DEFAULT.detectionProbability;
}

function isInView(sensor: Sensor, { rangeM, azimuthRad, elevationRad }: View): boolean {
  const { rangeMinM = 0, rangeMaxM, azimuthFromDeg = 0, azimuthToDeg = 360 } = sensor;
  const { elevationMinDeg = DEFAULT.elevationMinDeg, elevationMaxDeg = DEFAULT.elevationMaxDeg } = sensor;
  return (
    rangeM >= rangeMinM &&
    rangeM <= rangeMaxM &&
    elevationRad >= radFromDeg(elevationMinDeg) &&
    elevationRad <= radFromDeg(elevationMaxDeg) &&
    isInArc(azimuthRad, radFromDeg(azimuthFromDeg), radFromDeg(azimuthToDeg))
  );
}

function isInShadow({ shadows = [] }: Sensor, { rangeM, azimuthRad, elevationRad }: View): boolean {
  return shadows.some(
    (shadow) =>
      rangeM >= shadow.rangeFromM &&
      rangeM <= shadow.rangeToM &&
      elevationRad < radFromDeg(shadow.elevationBelowDeg) &&
      isInArc(azimuthRad, radFromDeg(shadow.azimuthFromDeg), radFromDeg(shadow.azimuthToDeg)),
  );
}

function noisy({ sensor, azimuthBiasDeg = 0 }: SimulatedSensor, view: View, random: Random): View {
  const { rangeSigmaM = DEFAULT.rangeSigmaM, azimuthSigmaDeg = DEFAULT.azimuthSigmaDeg } = sensor;
  const { elevationSigmaDeg = DEFAULT.elevationSigmaDeg } = sensor;
  return {
    rangeM: Math.max(0, view.rangeM + rangeSigmaM * random.normal()),
    azimuthRad: view.azimuthRad + radFromDeg(azimuthBiasDeg + azimuthSigmaDeg * random.normal()),
    elevationRad: view.elevationRad + radFromDeg(elevationSigmaDeg * random.normal()),
    rangeRateMps: view.rangeRateMps + RANGE_RATE_SIGMA_MPS * random.normal(),
  };
}

function clutterView(sensor: Sensor, clutter: SimulatedClutter, stand: Stand, { frame }: Air, random: Random): View {
  const rangeRateMps = clutter.radialMps * random.normal();
  const { line } = clutter;
  if (!line) {
    const { azimuthFromDeg = 0, azimuthToDeg = 360, rangeMinM = 0, rangeMaxM } = sensor;
    const { elevationMinDeg = DEFAULT.elevationMinDeg, elevationMaxDeg = DEFAULT.elevationMaxDeg } = sensor;
    const widthDeg = azimuthToDeg > azimuthFromDeg ? azimuthToDeg - azimuthFromDeg : azimuthToDeg - azimuthFromDeg + 360;
    return {
      rangeM: random.between(rangeMinM, rangeMaxM),
      azimuthRad: radFromDeg(azimuthFromDeg + widthDeg * random.uniform()),
      elevationRad: radFromDeg(random.between(elevationMinDeg, elevationMaxDeg)),
      rangeRateMps,
    };
  }
  const [lonDeg, latDeg] = placeOn(line, random);
  const ground = toEnu(frame, { latDeg, lonDeg, altHaeM: frame.origin.altHaeM + (clutter.heightM ?? 0) });
  const spreadM = clutter.spreadM ?? 0;
  const place = Float64Array.of(ground[0] + spreadM * random.normal(), ground[1] + spreadM * random.normal(), ground[2], 0, 0, 0);
  return { ...viewFrom(stand, place), rangeRateMps };
}

/** A place on a line, each leg as likely as any other. */
function placeOn(line: readonly (readonly [number, number])[], random: Random): readonly [number, number] {
  const leg = line.length > 1 ? random.below(line.length - 1) : 0;
  const from = line[leg] ?? [0, 0];
  const to = line[leg + 1] ?? from;
  const share = random.uniform();
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

function plot(sensor: Sensor, view: View, features: Features): LineDetection {
  const is3d = sensor.elevationSigmaDeg !== undefined;
  return {
    kind: "polar",
    rangeM: rounded(view.rangeM, 10),
    rangeSigmaM: sensor.rangeSigmaM ?? DEFAULT.rangeSigmaM,
    azimuthDeg: rounded(turned(degFromRad(view.azimuthRad)), 1e4),
    azimuthSigmaDeg: sensor.azimuthSigmaDeg ?? DEFAULT.azimuthSigmaDeg,
    ...(is3d && {
      elevationDeg: rounded(Math.min(90, Math.max(-90, degFromRad(view.elevationRad))), 1e4),
      elevationSigmaDeg: sensor.elevationSigmaDeg,
    }),
    rangeRateMps: rounded(view.rangeRateMps, 100),
    rangeRateSigmaMps: RANGE_RATE_SIGMA_MPS,
    ...features,
  };
}

/** In [0, 360). */
const turned = (deg: number): number => (deg + 720) % 360;
const rounded = (value: number, perUnit: number): number => Math.round(value * perUnit) / perUnit;
