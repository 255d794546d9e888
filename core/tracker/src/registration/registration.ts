import type { TrackerSensor } from "../types.ts";
import type { SensorBias } from "./bias.ts";
import { type Consensus, findConsensus, isUsable, type Prior } from "./consensus.ts";
import { BIAS_UNIT, BIASES, biasInformation, type Evidence, fade, type Information } from "./evidence.ts";
import { type Finding, newFinding } from "./lost.ts";

/** How a sensor is set up: its bias is of this alone. Plain data. */
export type Pose = Pick<TrackerSensor, "posEnuM" | "toSite" | "northing">;

/** What is known of one sensor's bias. Numbers are in units of {@link BIAS_UNIT}: range, azimuth, elevation, clock. Plain data. */
export type SensorRegistration = {
  /** What all of this was learned of. */
  pose: Pose;
  /** By the claim of the reference. */
  evidence: Map<string, Evidence & { misses: number }>;
  /** Where the prior of unit variance stands: 0, or what a person has accepted. */
  centre: number[];
  /** Once it was registered: a step away from this by more than three of its sigma is a person's to accept. */
  accepted?: { mean: number[]; sigma: number[] };
  estimate: number[];
  sigma: number[];
  applied: number[];
  agreeing: number;
  isTurned: boolean;
  finding: Finding;
  /** Since when the references agree on a step; absent while they do not. */
  steppedMs?: number;
  atMs?: number;
};

/**
 * As told: `unknown` without two references that agree; `learning` until it is well known; `turned` when they agree that it stands otherwise
 * than it was registered, and `lost` when they are in its view and it sees none of them: then a person must look.
 */
export type Registration = Readonly<{
  sensor: string;
  state: "unknown" | "learning" | "registered" | "turned" | "lost";
  /** What plots are corrected by now. */
  applied: SensorBias;
  /** What the references say now, with one standard deviation. */
  estimate: SensorBias;
  sigma: SensorBias;
  references: number;
  /** Of a sensor that is lost: so many references were in its view, and it saw none of them. */
  missing: number;
  /** It has turned, and references that were heard lately say so: a person may accept how it stands. */
  isToAccept: boolean;
}>;

const SIGMAS = 3;
/** Two references at least: one alone, however long it is heard, moves nothing. */
const LEAST_REFERENCES = 2;
/** And each with so many coordinates measured. */
const LEAST_ROWS = 9;
/** A sensor is registered when range and azimuth are known this well, by so many references that agree, heard for so long. */
const REGISTERING = 3;
const KNOWN_RANGE = 0.4;
const KNOWN_AZIMUTH = 0.25;
const KNOWN_FOR_MS = 40_000;
/** Mounts and clocks that are well wander by this much, and few references say no better: 6 m, 0.2°, 0.25°, 0.25 s. */
const WANDER = [0.3, 0.2, 0.5, 0.5] as const;
/** What is applied moves no faster than this, units a second: 2 m, 0.1°, 0.05°, 0.05 s. */
const MOVES_PER_S = 0.1;
/**
 * A sensor that stands true stays so: an estimate is not applied below two of its sigma, and whole from three on.
 *
 * @source Gao & Bruce (1997), "WaveShrink with firm shrinkage", eq. 2.1.
 */
const FIRM_FROM = 2;
const FIRM_TO = 3;
/** A step is told when most references agree on it for so long. */
const STEP_LASTS_MS = 8000;
const FORGET_MS = 180_000;
/** Information of the azimuth of a sensor that is lost: one standard deviation is a quarter turn. */
const LOST_AZIMUTH = 1 / (90 * 90);

export const newRegistration = ({ posEnuM, toSite, northing }: Pose): SensorRegistration => ({
  pose: { posEnuM, ...(toSite && { toSite }), ...(northing !== undefined && { northing }) },
  evidence: new Map(),
  centre: new Array<number>(BIASES).fill(0),
  estimate: new Array<number>(BIASES).fill(0),
  sigma: new Array<number>(BIASES).fill(1),
  applied: new Array<number>(BIASES).fill(0),
  agreeing: 0,
  isTurned: false,
  finding: newFinding(),
});

/**
 * Works out what the references agree on at `nowMs`, and moves what is applied towards it as far as it may by itself. Answers how many
 * references could not be used.
 */
export function reconsider(registration: SensorRegistration, nowMs: number): number {
  const { evidence } = registration;
  const prior = priorOf(registration);
  const references: Evidence[] = [];
  const informations: Information[] = [];
  let unusable = 0;
  for (const [claim, one] of evidence) {
    if (nowMs - one.heardMs > FORGET_MS) evidence.delete(claim);
    else fade(one, nowMs);
    if (!evidence.has(claim) || one.rows < LEAST_ROWS) continue;
    const information = biasInformation(one);
    if (information && isUsable(prior, information)) {
      references.push(one);
      informations.push(information);
    } else {
      evidence.delete(claim);
      unusable++;
    }
  }
  const consensus = findConsensus(prior, informations);
  follow(registration, references, consensus, nowMs);
  return unusable;
}

/** Of unit variance about what a person has accepted; of one that is lost nobody knows where it points. */
const priorOf = ({ centre, finding }: SensorRegistration): Prior => ({
  mean: Float64Array.from(centre),
  information: Float64Array.of(1, finding.isLost ? LOST_AZIMUTH : 1, 1, 1),
});

/** Takes what the references agree on, when more than half of them do. */
function follow(
  registration: SensorRegistration,
  references: readonly Evidence[],
  consensus: Consensus | undefined,
  nowMs: number,
): void {
  const { applied } = registration;
  const agreeing = consensus?.agreeing ?? [];
  const isAgreed = agreeing.length >= LEAST_REFERENCES && 2 * agreeing.length > references.length;
  // What was told of a step goes on resting on those who told it, though they may have gone since.
  if (isAgreed || !registration.isTurned) registration.agreeing = agreeing.length;
  const dtS = Math.min(5, Math.max(0, nowMs - (registration.atMs ?? nowMs)) / 1000);
  registration.atMs = nowMs;
  if (!consensus || !isAgreed) return;
  const { mean, covariance } = consensus;
  registration.estimate = [...mean];
  registration.sigma = Array.from({ length: BIASES }, (_, k) => Math.sqrt(covariance[k * BIASES + k]));
  const since = Math.max(...agreeing.map((k) => nowMs - references[k].sinceMs));
  settle(registration, agreeing.length >= REGISTERING && since >= KNOWN_FOR_MS, nowMs);
  if (registration.steppedMs !== undefined) return;
  for (let k = 0; k < BIASES; k++) {
    const step = towards(registration, k) - applied[k];
    applied[k] += Math.min(MOVES_PER_S * dtS, Math.max(-MOVES_PER_S * dtS, step));
  }
}

/** Judges whether the estimate is within what may be taken without a person, and whether the sensor is registered now. */
function settle(registration: SensorRegistration, isWellKnown: boolean, nowMs: number): void {
  const { estimate, sigma, centre, accepted } = registration;
  const isStep = estimate.some((value, k) => {
    const expected = accepted ? accepted.mean[k] : centre[k];
    const allowed = accepted ? Math.sqrt(accepted.sigma[k] * accepted.sigma[k] + sigma[k] * sigma[k]) : 1;
    return Math.abs(value - expected) > SIGMAS * allowed;
  });
  if (isStep) registration.steppedMs ??= nowMs;
  else delete registration.steppedMs;
  registration.isTurned = registration.steppedMs !== undefined && nowMs - registration.steppedMs >= STEP_LASTS_MS;
  if (accepted || isStep || !isWellKnown) return;
  if (sigma[0] <= KNOWN_RANGE && sigma[1] <= KNOWN_AZIMUTH) registration.accepted = baseline(estimate, sigma);
}

const baseline = (mean: readonly number[], sigma: readonly number[]): { mean: number[]; sigma: number[] } => ({
  mean: [...mean],
  sigma: sigma.map((value, k) => Math.max(value, WANDER[k])),
});

/** A registered sensor's correction never leaves three sigma of what it was registered with. */
function towards({ estimate, sigma, accepted }: SensorRegistration, k: number): number {
  const value = estimate[k];
  const told = value * Math.min(1, Math.max(0, (Math.abs(value) / sigma[k] - FIRM_FROM) / (FIRM_TO - FIRM_FROM)));
  if (!accepted) return told;
  const reach = SIGMAS * accepted.sigma[k];
  return Math.min(accepted.mean[k] + reach, Math.max(accepted.mean[k] - reach, told));
}

/** Is the sensor set up as it was when this was learned? */
export const isOfPose = ({ pose }: SensorRegistration, now: Pose | undefined): boolean =>
  now !== undefined &&
  pose.posEnuM.every((m, axis) => m === now.posEnuM[axis]) &&
  String(pose.toSite) === String(now.toSite) &&
  pose.northing === now.northing;

/** Has it turned, and are references heard that still say so? What they said long ago may be of a mount that was set right since. */
export const isToAccept = ({ isTurned, evidence }: SensorRegistration, nowMs: number): boolean =>
  isTurned && [...evidence.values()].filter(({ heardMs }) => nowMs - heardMs <= FORGET_MS).length >= LEAST_REFERENCES;

/** A person has looked: what the references say now is how the sensor stands, and it is applied at once. */
export function acceptEstimate(registration: SensorRegistration): void {
  registration.centre = [...registration.estimate];
  registration.applied = [...registration.estimate];
  registration.accepted = baseline(registration.estimate, registration.sigma);
  registration.isTurned = false;
  registration.finding = newFinding();
  delete registration.steppedMs;
}

/** In metres, radians and seconds. */
export function toldOf(sensor: string, registration: SensorRegistration, nowMs: number): Registration {
  const { applied, estimate, sigma, agreeing, finding } = registration;
  return {
    sensor,
    state: stateOf(registration),
    applied: biasOf(applied),
    estimate: biasOf(estimate),
    sigma: biasOf(sigma),
    references: agreeing,
    missing: finding.isLost ? finding.missed : 0,
    isToAccept: isToAccept(registration, nowMs),
  };
}

function stateOf({ agreeing, accepted, isTurned, finding }: SensorRegistration): Registration["state"] {
  if (isTurned) return "turned";
  if (accepted) return finding.isLost ? "lost" : "registered";
  return agreeing >= LEAST_REFERENCES ? "learning" : "unknown";
}

/**
 * One standard deviation, in units, of what is left of the bias once `applied` is taken off: what the references
 * leave open, and what is held back because it may be chance, may come too fast or waits for a person. No more than was thought before any had
 * spoken, and empty until they have.
 */
export const residualOf = ({ estimate, sigma, applied }: SensorRegistration): readonly number[] =>
  sigma.every((value) => value === 1)
    ? []
    : sigma.map((value, k) => {
        const held = estimate[k] - applied[k];
        return Math.min(1, Math.sqrt(value * value + held * held));
      });

export const biasOf = (units: readonly number[]): SensorBias => ({
  rangeM: units[0] * BIAS_UNIT[0],
  azimuthRad: units[1] * BIAS_UNIT[1],
  elevationRad: units[2] * BIAS_UNIT[2],
  clockS: units[3] * BIAS_UNIT[3],
});
