import { degFromRad } from "@picket/geo";
import { leastReal, type Reality, type SensorState } from "@picket/model";
import {
  type ClaimVerdict,
  createRegistrar,
  type Left,
  NO_BIAS,
  newRegistrarState,
  type Registrar,
  type RegistrarState,
  type Registration,
  type SensorBias,
  type SensorRegistration,
  type TrackerLook,
  type TrackerSensor,
  type TrackState,
  withoutBias,
  withResidual,
} from "@picket/tracker";
import { movedInstants } from "../moved-instants.ts";
import { type Rejections, reject } from "../rejections.ts";

/** Plain data: what is known of the sensors' biases, by the reality it was learned in. */
export type RegistrarsState = Map<Reality, RegistrarState>;

/** What is known of each sensor, where anything is, by the reality that its references are of. */
export type Registrations = ReadonlyMap<Reality, ReadonlyMap<string, NonNullable<SensorState["registration"]>>>;

/** How a broadcast claim stood in the last tick. */
export type VerdictOf = (reality: Reality, claim: string) => ClaimVerdict | undefined;

/** One registrar a reality: a drill's references register no live sensor. */
export type Registrars = {
  /** Learns from a look as the sensor gave it, and answers it without the sensor's bias. */
  correct(reality: Reality, look: TrackerLook, verdictOf: VerdictOf): TrackerLook;
  /** A track as it may be told: with what is left of its sensors' biases. */
  tell(reality: Reality, track: TrackState): TrackState;
  advance(nowMs: number): void;
  /** A person has accepted how a sensor stands now; false when there is nothing to accept. */
  accept(sensor: string, nowMs: number): boolean;
  sensors(sensors: readonly TrackerSensor[]): void;
  told(): Registrations;
  /** The clock of the boot before was wrong by so much: what it kept keeps its age. */
  setBack(byMs: number): void;
  /** Counts references that could not be used; what the trackers refuse too is counted there. */
  countRejections(rejections: Rejections): void;
  state: RegistrarsState;
};

export function createRegistrars(sensors: readonly TrackerSensor[], state: RegistrarsState): Registrars {
  let known = sensors;
  const registrars = new Map<Reality, Registrar>([...state].map(([reality, own]) => [reality, createRegistrar(known, own)]));
  return {
    correct(reality, look, verdictOf) {
      const registrar = registrars.get(reality) ?? begin(reality);
      registrar.hear(look, (claim) => verdictOf(reality, claim));
      return withoutBias(look, registrar.bias(look.sensor));
    },
    tell(reality, track) {
      const registrar = registrars.get(reality);
      return registrar ? withResidual(track, (sensor) => leftOf(registrar, sensor)) : track;
    },
    advance(nowMs) {
      for (const registrar of registrars.values()) registrar.advance(nowMs);
    },
    accept: (sensor, nowMs) => [...registrars.values()].filter((registrar) => registrar.accept(sensor, nowMs)).length > 0,
    sensors(next) {
      known = next;
      for (const registrar of registrars.values()) registrar.sensors(next);
    },
    told: () =>
      new Map(
        [...registrars].map(([reality, registrar]) => [
          reality,
          new Map(registrar.registrations().map((registration) => [registration.sensor, toldOf(registration)])),
        ]),
      ),
    setBack(byMs) {
      for (const [reality, own] of state) {
        const moved = movedInstants(own, byMs);
        state.set(reality, moved);
        registrars.set(reality, createRegistrar(known, moved));
      }
    },
    countRejections(rejections) {
      for (const registrar of registrars.values())
        for (const { code, count } of registrar.takeRejections())
          if (code === "unusable-reference") reject(rejections, code, count);
    },
    state,
  };

  function leftOf(registrar: Registrar, sensor: string): Left | undefined {
    const pose = known.find(({ id }) => id === sensor);
    const residual = registrar.residual(sensor);
    return pose && residual !== NO_BIAS ? { posEnuM: pose.posEnuM, residual } : undefined;
  }

  function begin(reality: Reality): Registrar {
    const own = newRegistrarState();
    const registrar = createRegistrar(known, own);
    state.set(reality, own);
    registrars.set(reality, registrar);
    return registrar;
  }
}

/** Of each sensor what its most real references say: a drill is no reason to doubt a mount, nor to trust it. */
export const mostRealOf = (registrations: Registrations): Map<string, NonNullable<SensorState["registration"]>> =>
  new Map([...registrations].sort(([a], [b]) => (leastReal(a, b) === a ? -1 : 1)).flatMap(([, own]) => [...own]));

/**
 * After a restart mounts stand as they stood, but for those that are configured otherwise. Of a registered sensor what its references said is kept, and who they were: one that has turned
 * makes every claim look unconfirmed, so that nothing new could tell of it. One that was not registered is learned anew.
 */
export const restartRegistrars = (state: RegistrarsState): RegistrarsState =>
  new Map(
    [...state].map(([reality, own]) => [
      reality,
      { ...own, sensors: new Map([...own.sensors].map(([id, one]) => [id, restarted(one)])) },
    ]),
  );

/** A step that was not told yet must last anew: nobody knows how long it lasted while nothing ran. */
function restarted({ atMs: _, steppedMs, ...kept }: SensorRegistration): SensorRegistration {
  if (!kept.accepted) return { ...kept, evidence: new Map(), agreeing: 0 };
  return { ...kept, ...(kept.isTurned && steppedMs !== undefined && { steppedMs }) };
}

const toldOf = ({
  state,
  applied,
  estimate,
  sigma,
  references,
  missing,
  isToAccept,
}: Registration): NonNullable<SensorState["registration"]> => ({
  state,
  applied: inDegrees(applied),
  estimate: inDegrees(estimate),
  sigma: inDegrees(sigma),
  references,
  ...(state === "lost" && { missing }),
  ...(state === "turned" && { mayAccept: isToAccept }),
});

const inDegrees = ({ rangeM, azimuthRad, elevationRad, clockS }: SensorBias) => ({
  rangeM,
  azimuthDeg: degFromRad(azimuthRad),
  elevationDeg: degFromRad(elevationRad),
  clockS,
});
