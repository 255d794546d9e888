import type { FeedHealth, OutletHealth, RecordHealth, Sensor, SensorState } from "@picket/model";
import { formatDuration } from "@picket/model";
import type { ComponentChild } from "preact";
import type { Picture } from "../picture/picture.ts";
import type { Speech } from "../speech/speech.ts";

/** A person accepts how a sensor stands; absent where nothing may be changed. */
type AcceptSensor = ((sensor: Sensor["id"]) => void) | undefined;
type Props = Readonly<{ picture: Picture; speech: Speech; onAccept: AcceptSensor }>;

/** What is heard, what is not, and what is written down. */
export function HealthPanel({ picture, speech, onAccept }: Props): ComponentChild {
  return (
    <div class="stack">
      <section>
        <h3>{speech.text("sensors")}</h3>
        <p class="soft">{speech.text("terrainNote")}</p>
        {picture.site.sensors.length === 0 && <p>{speech.text("noSensors")}</p>}
        <ul class="states">
          {picture.site.sensors.map((sensor) => (
            <SensorLine
              key={sensor.id}
              sensor={sensor}
              state={picture.sensors.get(sensor.id)}
              nowMs={picture.nowMs}
              speech={speech}
              onAccept={onAccept}
            />
          ))}
        </ul>
      </section>
      <section>
        <h3>{speech.text("record")}</h3>
        <RecordLine record={picture.record} speech={speech} />
      </section>
      {picture.outlets.length > 0 && (
        <section>
          <h3>{speech.text("outlets")}</h3>
          <ul class="states">
            {picture.outlets.map((outlet) => (
              <OutletLine key={outlet.id} outlet={outlet} nowMs={picture.nowMs} speech={speech} />
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{speech.text("feeds")}</h3>
        {picture.feeds.length === 0 && <p>{speech.text("noFeeds")}</p>}
        <ul class="states">
          {picture.feeds.map((feed) => (
            <FeedLine key={feed.id} feed={feed} nowMs={picture.nowMs} speech={speech} />
          ))}
        </ul>
      </section>
    </div>
  );
}

/** What is left undone when there is too much, in the order in which it is. */
const SHED = ["pairedOnce", "leftOut", "unsettled"] as const;

type SensorProps = Readonly<{
  sensor: Sensor;
  state: SensorState | undefined;
  nowMs: number;
  speech: Speech;
  onAccept: AcceptSensor;
}>;

function SensorLine({ sensor, state, nowMs, speech, onAccept }: SensorProps): ComponentChild {
  const word = state?.state ?? "neverHeard";
  const isLost = word === "silent" || word === "neverHeard";
  return (
    <li data-fault={isLost} data-soft-fault={word === "degraded" || state?.clockBad || isAstray(state?.registration)}>
      <p class="state-line">
        <i class="state-sign" aria-hidden="true">
          {isLost ? "✕" : word === "degraded" ? "△" : "✓"}
        </i>
        <b>{sensor.name}</b>
        <span>{isLost && sensor.covers !== false ? speech.text("notWatched") : speech.word(word)}</span>
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

type RegistrationProps = Readonly<{
  sensor: Sensor;
  registration: NonNullable<SensorState["registration"]>;
  speech: Speech;
  onAccept: AcceptSensor;
}>;

/** Does it stand otherwise than it was registered, by what its references say or by its seeing none of them? */
const isAstray = (registration: SensorState["registration"]): boolean =>
  registration?.state === "turned" || registration?.state === "lost";

/** What a sensor's plots are corrected by; where it has turned, what the references say, for a person to accept. */
function RegistrationLine({ sensor, registration, speech, onAccept }: RegistrationProps): ComponentChild {
  const { state, applied, estimate, sigma, references, missing = 0 } = registration;
  if (state === "unknown") return null;
  if (state === "learning") return <p class="soft">{speech.text("correcting", { references })}</p>;
  if (state === "lost") return <p>{speech.text("lostReferences", { count: missing })}</p>;
  if (state === "turned")
    return (
      <p>
        {speech.text("turnedBy", { azimuth: degrees(estimate.azimuthDeg), range: speech.distance(estimate.rangeM) })}{" "}
        {onAccept && (
          <button type="button" onClick={() => onAccept(sensor.id)}>
            {speech.text("acceptSensor")}
          </button>
        )}
      </p>
    );
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

/** To a tenth: a heading is registered better than to a degree. */
const degrees = (deg: number): string => `${deg.toFixed(1)}°`;

function RecordLine({ record, speech }: { record: RecordHealth; speech: Speech }): ComponentChild {
  const isStopped = record.state === "stopped";
  return (
    <ul class="states">
      <li data-fault={isStopped} data-soft-fault={record.damaged !== undefined}>
        <p class="state-line">
          <i class="state-sign" aria-hidden="true">
            {isStopped ? "✕" : record.damaged === undefined ? "●" : "△"}
          </i>
          <b>{isStopped ? speech.text("recordingStopped") : speech.text("recordOk")}</b>
          <span class="figures">
            {speech.text("recordCommitted", { committed: record.committed, sequence: record.sequence })}
          </span>
        </p>
        {record.dropped > 0 && <p>{speech.text("droppedCount", { count: record.dropped })}</p>}
        {record.detail && <p>{record.detail}</p>}
        {record.damaged !== undefined && <p>{speech.text("recordDamaged", { finding: record.damaged })}</p>}
      </li>
    </ul>
  );
}

function FeedLine({ feed, nowMs, speech }: { feed: FeedHealth; nowMs: number; speech: Speech }): ComponentChild {
  const isLost = feed.state === "silent" || feed.state === "failed" || feed.state === "ended";
  const rejected = Object.entries(feed.rejected);
  return (
    <li data-fault={isLost} data-soft-fault={feed.state === "reconnecting"}>
      <p class="state-line">
        <i class="state-sign" aria-hidden="true">
          {isLost ? "✕" : "✓"}
        </i>
        <b>{feed.id}</b>
        <span>
          {speech.word(feed.state)} · <span class="figures">{speech.text("perSecond", { rate: feed.recordsPerS })}</span>
        </span>
      </p>
      <p class="soft">
        {feed.protocol} · {feed.transport} · {speech.text("records", { records: feed.records })}
        {feed.lastHeardMs !== undefined && ` · ${speech.text("heardAgo", { age: speech.age(nowMs - feed.lastHeardMs) })}`}
      </p>
      {feed.detail && feed.detail !== feed.transport && <p>{feed.detail}</p>}
      {feed.dropped > 0 && <p>{speech.text("droppedCount", { count: feed.dropped })}</p>}
      {rejected.length > 0 && (
        <p>{rejected.map(([code, count]) => `${code}: ${speech.text("rejectedCount", { count })}`).join(" · ")}</p>
      )}
      <p class="soft">
        {feed.owner && `${speech.text("owner", { owner: feed.owner })} · `}
        {feed.legalBasis ? speech.text("legalBasis", { basis: feed.legalBasis }) : speech.text("legalBasisMissing")}
      </p>
    </li>
  );
}

/** Where the picture or its warnings go, and whether they get there. */
function OutletLine({ outlet, nowMs, speech }: { outlet: OutletHealth; nowMs: number; speech: Speech }): ComponentChild {
  const isFailing = outlet.state === "failing";
  const dropped = Object.entries(outlet.dropped);
  return (
    <li data-fault={isFailing}>
      <p class="state-line">
        <i class="state-sign" aria-hidden="true">
          {isFailing ? "✕" : "✓"}
        </i>
        <b>{outlet.partner}</b>
        <span>{speech.word(outlet.state)}</span>
      </p>
      <p class="soft">
        {outlet.id} · {outlet.protocol} · {outlet.transport} · {speech.text("outletSent", { count: outlet.sent })} ·{" "}
        {outlet.lastSentMs === undefined
          ? speech.text("neverSent")
          : speech.text("sentAgo", { age: speech.age(nowMs - outlet.lastSentMs) })}
        {outlet.waiting > 0 && ` · ${speech.text("outletWaiting", { count: outlet.waiting })}`}
      </p>
      {outlet.detail && <p>{outlet.detail}</p>}
      {dropped.length > 0 && (
        <p>{dropped.map(([code, count]) => `${code}: ${speech.text("droppedCount", { count })}`).join(" · ")}</p>
      )}
    </li>
  );
}
