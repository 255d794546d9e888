import type { FeedHealth, OutletHealth, RecordHealth } from "@picket/model";
import type { ComponentChild } from "preact";
import type { Picture } from "../picture/picture.ts";
import type { Speech } from "../speech/speech.ts";
import { type AcceptSensor, SensorLine } from "./sensor-line.tsx";

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
