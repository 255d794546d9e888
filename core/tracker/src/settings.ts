/** How the tracker is set. One setting serves every sensor and every site: what differs between them is learned. */
export type TrackerSettings = Readonly<{
  /** The ways a target may move, in the order cruise, turn right, turn left, hover, climb, violent manoeuvre; exactly six. */
  motions: readonly Motion[];
  /** Rate (1/s) at which a target leaves motion i for motion j, 6×6 row-major; the diagonal is not read. */
  motionRatesPerS: readonly number[];
  /** Standard deviation of a new track's velocity per motion, horizontal and vertical. */
  birthSpeedSigmaMps: readonly number[];
  birthClimbSigmaMps: readonly number[];
  /** Probability of each motion for a new track. */
  birthMotion: readonly number[];
  /** Ratio of new targets to clutter among detections that no track explains. */
  birthRatio: number;
  /** The same for targets that are there when a sensor looks for the first time. */
  presentRatio: number;
  /** Targets that no track holds yet, per track and look, beside tracks that fly together; how far from them, and how unlike their speed. */
  companionRate: number;
  companionSigmaM: number;
  companionSpeedSigmaMps: number;
  /** Mean time a target stays in existence, by itself and in a swarm, whose members seldom leave it one by one. */
  meanLifeS: number;
  meanLifeInSwarmS: number;
  /**
   * Height of the ground in the site's frame, how well it is known there, and how much it may fall per metre away from it:
   * nothing flies below the ground for longer than a second.
   */
  groundUpM: number;
  groundSigmaM: number;
  groundSlope: number;
  /** Probability that a position somebody broadcasts of himself is true, as far as nothing speaks against it. */
  claimBelief: number;
  /** A track whose existence passes this is confirmed, once and for all. */
  confirmAbove: number;
  /** The same for a track that began in company. */
  confirmInCompanyAbove: number;
  /** Below this a track is deleted, and what might begin one counts as a false alarm. */
  endBelow: number;
  /** Below this a track is not worth telling anybody. */
  tellAbove: number;
  /** Squared Mahalanobis distance beyond which a detection is not considered for a track. */
  gateSquared: number;
  /**
   * A look with more pairs than this is paired once: its tracks still move together, but whose plot is whose is not worked out again
   * where they have come to. The first work to be left out when a look is large, and told as `pairedOnce`.
   */
  mostPairsAgain: number;
  /** Least detection probability that is believed of a detection that is there. */
  detectionFloor: number;
  /** How late a look may come and still be used. */
  lateMs: number;
  /** A track not detected for so long is no longer told. */
  staleMs: number;
}>;

/** How something moves: east and north alike, and up; its course may turn all the while, clockwise seen from above. */
export type Motion = Readonly<{ horizontal: AxisMotion; vertical: AxisMotion }> | CoordinatedTurn;
export type CoordinatedTurn = Readonly<{
  horizontal: Extract<AxisMotion, { kind: "whiteAcceleration" }>;
  vertical: AxisMotion;
  turnRadps: number;
}>;

/** White acceleration of density `accelPsd` (m²/s³), or a velocity that settles to `speedSigmaMps` about zero within `timeConstantS`. */
export type AxisMotion =
  | Readonly<{ kind: "whiteAcceleration"; accelPsd: number }>
  | Readonly<{ kind: "settling"; speedSigmaMps: number; timeConstantS: number }>;

/** An autopilot holds height unless it is told to climb. */
const LEVEL: AxisMotion = { kind: "settling", speedSigmaMps: 0.2, timeConstantS: 1 };
/**
 * What white acceleration of density q means: in t seconds a speed wanders by sqrt(q·t), a place by sqrt(q·t³/3). Of what the motions below are
 * given, in a second: 0.3 m/s in cruise, by gusts that an autopilot works against; 3 m/s in a turn, since one rate stands for all between a
 * wide bend and a sharp one; 1.4 m/s in climb, 0.7 up or down; and 10 m/s in violent manoeuvre, 5 up or down: a racing drone's 40 m/s² for a
 * quarter of it. A hoverer drifts by 0.7 m/s and is brought back within a second.
 */
const free = (accelPsd: number) => ({ kind: "whiteAcceleration", accelPsd }) as const;
/** At 12 m/s a bank of 17°: between the widest turn that cruise cannot follow and the sharpest that is not violent. */
const TURN_RADPS = 0.25;
const turning = (turnRadps: number): CoordinatedTurn => ({ horizontal: free(10), vertical: LEVEL, turnRadps });

export const defaultSettings: TrackerSettings = {
  motions: [
    { horizontal: free(0.1), vertical: LEVEL },
    turning(TURN_RADPS),
    turning(-TURN_RADPS),
    { horizontal: { kind: "settling", speedSigmaMps: 0.7, timeConstantS: 1 }, vertical: LEVEL },
    { horizontal: free(2), vertical: free(0.5) },
    { horizontal: free(100), vertical: free(25) },
  ],
  motionRatesPerS: [
    [0, 0.01, 0.01, 0.01, 0.01, 0.003],
    [0.1, 0, 0.05, 0.05, 0.05, 0.02],
    [0.1, 0.05, 0, 0.05, 0.05, 0.02],
    [0.02, 0.025, 0.025, 0, 0.02, 0.01],
    [0.1, 0.025, 0.025, 0.02, 0, 0.02],
    [0.1, 0.1, 0.1, 0.02, 0.1, 0],
  ].flat(),
  birthSpeedSigmaMps: [12, 12, 12, 0.7, 12, 30],
  birthClimbSigmaMps: [0.2, 0.2, 0.2, 0.2, 3, 5],
  birthMotion: [0.4, 0.075, 0.075, 0.1, 0.15, 0.2],
  birthRatio: 0.02,
  presentRatio: 0.5,
  companionRate: 0.01,
  companionSigmaM: 40,
  companionSpeedSigmaMps: 2,
  meanLifeS: 300,
  meanLifeInSwarmS: 1800,
  groundUpM: 0,
  groundSigmaM: 5,
  groundSlope: 0.02,
  claimBelief: 0.98,
  confirmAbove: 0.995,
  confirmInCompanyAbove: 0.9,
  endBelow: 1e-3,
  tellAbove: 0.1,
  gateSquared: 20,
  mostPairsAgain: 20_000,
  detectionFloor: 0.1,
  lateMs: 3000,
  staleMs: 120_000,
};
