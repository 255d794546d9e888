import { formatDuration, type Sensor, type SensorState } from "@picket/model";
import type { ComponentChild } from "preact";
import { isUnheard, type SensorFault, sensorFault } from "../picture/sensor-fault.ts";
import type { Speech } from "../speech/speech.ts";

/** A person accepts how a sensor stands; absent where nothing may be changed. */
export type AcceptSensor = ((sensor: Sensor["id"]) => void) | undefined;

type Props = Readonly<{
  sensor: Sensor;
  state: SensorState | undefined;
  nowMs: number;
  speech: Speech;
  onAccept: AcceptSensor;
}>;

/** What is off by more of its standard deviations than this is no chance. */
const SURE_SIGMAS = 3;
/** What is left undone when there is too much, in the order in which it is. */
const SHED = ["pairedOnce", "leftOut", "unsettled"] as const;

/** How one sensor fares: what is worst of it first, then all that is to be said. */
export function SensorLine({ sensor, state, nowMs, speech, onAccept }: Props): ComponentChild {
  const fault = sensorFault(sensor, state, nowMs);
  const isSilent = isUnheard(fault);
  return (
    <li data-fault={isSilent} data-soft-fault={!isSilent && fault !== "none"}>
      <p class="state-line">
        <i class="state-sign" aria-hidden="true">
          {isSilent ? "✕" : fault === "none" ? "✓" : "△"}
        </i>
        <b>{sensor.name}</b>
        <span>{wordOf(fault, state, speech)}</span>
      </p>
      <p class="soft">
        {speech.word(sensor.kind)} · {speech.distance(sensor.rangeMaxM)} ·{" "}
        {state?.lastHeardMs === undefined
          ? speech.text("neverHeard")
          : speech.text("heardAgo", { age: speech.age(nowMs - state.lastHeardMs) })}
        {state && ` · ${speech.text("looks", { looks: state.looks, detections: state.detections })}`}
      </p>
      {state?.clockBad && <p>{speech.text("clockOff", { offset: formatDuration(Math.abs(state.clockOffsetMs ?? 0)) })}</p>}
      {state?.registration && <RegistrationLine {...{ sensor, speech, onAccept }} registration={state.registration} />}
      {SHED.map((what) => {
        const spell = state?.shed?.[what];
        if (!spell) return null;
        const { count, sinceMs, lastMs } = spell;
        return <p key={what}>{speech.text(what, { count, clock: speech.clock(sinceMs), age: speech.age(nowMs - lastMs) })}</p>;
      })}
      {state?.detail && <p>{state.detail}</p>}
    </li>
  );
}

function wordOf(fault: SensorFault, state: SensorState | undefined, speech: Speech): string {
  if (fault === "unheard") return speech.word(state?.state ?? "neverHeard");
  if (fault === "degraded") return speech.word(fault);
  return fault === "none" ? speech.word("watching") : speech.text(fault);
}

type RegistrationProps = Readonly<{
  sensor: Sensor;
  registration: NonNullable<SensorState["registration"]>;
  speech: Speech;
  onAccept: AcceptSensor;
}>;

/** What a sensor's plots are corrected by; where it has turned, what others say of it, for a person to check and accept. */
function RegistrationLine({ sensor, registration, speech, onAccept }: RegistrationProps): ComponentChild {
  const { state, applied, sigma, references, missing = 0, mayAccept = false } = registration;
  if (state === "unknown") return null;
  if (state === "learning") return <p class="soft">{speech.text("correcting", { references })}</p>;
  if (state === "lost") return <p>{speech.text("lostReferences", { count: missing })}</p>;
  if (state === "turned") {
    const off = offBy(registration, speech);
    return (
      <>
        <p>{speech.text("turnedBy", { references, off })}</p>
        {!mayAccept && <p>{speech.text("notToAccept")}</p>}
        {onAccept && mayAccept && (
          <button type="button" class="small" onClick={() => onAccept(sensor.id)}>
            {speech.text("acceptSensor", { off })}
          </button>
        )}
      </>
    );
  }
  const words = {
    azimuth: degrees(applied.azimuthDeg),
    azimuthSigma: degrees(sigma.azimuthDeg),
    range: speech.distance(applied.rangeM),
    rangeSigma: speech.distance(sigma.rangeM),
    clock: `${applied.clockS.toFixed(1)} s`,
    references,
  };
  return <p class="soft">{speech.text("corrected", words)}</p>;
}

/** What is surely off in bearing and range, or both where it is something else. */
function offBy({ applied, estimate, sigma }: RegistrationProps["registration"], speech: Speech): string {
  const azimuthDeg = estimate.azimuthDeg - applied.azimuthDeg;
  const rangeM = estimate.rangeM - applied.rangeM;
  const azimuth = `${degrees(Math.abs(azimuthDeg))} ${speech.text(azimuthDeg < 0 ? "anticlockwise" : "clockwise")}`;
  const range = speech.distance(Math.abs(rangeM));
  const sure = [
    ...(Math.abs(azimuthDeg) > SURE_SIGMAS * sigma.azimuthDeg ? [azimuth] : []),
    ...(Math.abs(rangeM) > SURE_SIGMAS * sigma.rangeM ? [range] : []),
  ];
  return new Intl.ListFormat(speech.language).format(sure.length > 0 ? sure : [azimuth, range]);
}

/** To a tenth: a heading is registered better than to a degree. */
const degrees = (deg: number): string => `${deg.toFixed(1)}°`;
