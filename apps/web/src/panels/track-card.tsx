import { bearingRad, distanceM } from "@picket/geo";
import type { Alert, AssessedTrack, Identity, Reality, Sensor } from "@picket/model";
import { formatShare } from "@picket/model";
import type { ComponentChild } from "preact";
import type { Picture } from "../picture/picture.ts";
import { hasLostOthers, namingSensors, reasonsBeyondTrack, refutedBy } from "../picture/reasons.ts";
import { CLASS_ORDER, certaintyOf, likelyClass, nameOf } from "../picture/track-kind.ts";
import { formatDay } from "../speech/format.ts";
import type { Speech } from "../speech/speech.ts";
import { Fact, Reasons, Refute, Sentences, Why } from "./facts.tsx";
import { LevelMark } from "./level-mark.tsx";
import { RealityTag } from "./reality-ribbon.tsx";
import { Where } from "./track-where.tsx";

type Props = Readonly<{
  track: AssessedTrack;
  alert: Alert | undefined;
  picture: Picture;
  speech: Speech;
  page: Reality;
  onDeclare: (() => void) | undefined;
}>;

const SIGMAS_OF_95 = 2.4477;
const LIKELY_ENOUGH = 0.03;

/** One track in the order an operator asks: who, where, what, how sure, from whom, why, and what would refute it. */
export function TrackCard(props: Props): ComponentChild {
  const { track, alert, speech, page, onDeclare } = props;
  const { level } = track.assessment;
  return (
    <article class="card" data-level={level}>
      <header class="card-head" data-level={level}>
        {level && <LevelMark level={level} />}
        <div>
          <h2>{nameOf(track)}</h2>
          <p>
            {level ? speech.word(level) : speech.text("noLevel")} · {speech.word(track.affiliation)} ·{" "}
            {speech.text(CERTAINTY_TEXT[certaintyOf(track, props.picture.nowMs)])}
            <RealityTag reality={track.reality} page={page} speech={speech} />
          </p>
        </div>
        {onDeclare && (
          <button type="button" class="small" onClick={onDeclare}>
            {speech.text("declare")} <kbd>D</kbd>
          </button>
        )}
      </header>
      <dl class="facts">
        <Why reasons={track.assessment.reasons} speech={speech} />
        {alert && <Reasons name={speech.text("thisAlert")} reasons={reasonsBeyondTrack(alert, props.picture)} speech={speech} />}
        {alert && hasLostOthers(alert) && (
          <Fact name={speech.text("lostContact")}>
            <p>{speech.text("otherLost")}</p>
          </Fact>
        )}
        <Fact name={speech.text("what")}>
          <What {...props} />
        </Fact>
        <Fact name={speech.text("where")}>
          <Where {...props} />
        </Fact>
        <Fact name={speech.text("who")}>
          <Who {...props} />
        </Fact>
        <Fact name={speech.text("howSure")}>
          <HowSure {...props} />
        </Fact>
        <Fact name={speech.text("fromSensors")}>
          <From {...props} />
        </Fact>
        <Refute phrases={refutedBy(track, alert)} speech={speech} />
      </dl>
    </article>
  );
}

const CERTAINTY_TEXT = { firm: "confirmed", coasting: "coasting", possible: "possible" } as const;

function What({ track, speech }: Props): ComponentChild {
  const likely = CLASS_ORDER.filter((one) => track.classes[one] >= LIKELY_ENOUGH).sort(
    (a, b) => track.classes[b] - track.classes[a],
  );
  const objectClass = likelyClass(track);
  return (
    <>
      <p class="main">{objectClass ? speech.word(objectClass) : speech.text("classUnknown")}</p>
      <ul class="shares">
        {likely.slice(0, 3).map((one) => (
          <li key={one}>
            <span>{speech.word(one)}</span>
            <meter min={0} max={1} value={track.classes[one]} />
            <b>{formatShare(track.classes[one])}</b>
          </li>
        ))}
      </ul>
      {track.assessment.behaviours.length > 0 && <p>{track.assessment.behaviours.map((one) => speech.word(one)).join(" · ")}</p>}
      {track.group && <p>{speech.text("oneOfGroup", { about: track.group.about, atLeast: track.group.atLeast })}</p>}
    </>
  );
}

function Who({ track, picture, speech }: Props): ComponentChild {
  const { declaration } = track;
  const said = declaration && [declaration.objectClass, declaration.affiliation].filter((word) => word !== undefined);
  return (
    <>
      {track.identities.length === 0 && !declaration && <p>{speech.text("nobodyKnown")}</p>}
      {track.identities.map((identity) => (
        <IdentityLines
          key={`${identity.claim.kind}-${identity.claim.value}`}
          identity={identity}
          track={track}
          sensors={picture.site.sensors}
          speech={speech}
        />
      ))}
      {track.authorisation && <p>{speech.text("authorised", { id: track.authorisation })}</p>}
      {declaration && said && (
        <p>
          {speech.text("declaredBy", {
            by: declaration.by,
            what: said.map((word) => speech.word(word)).join(", "),
            confidence: declaration.confidence,
            clock: speech.clock(declaration.expiresMs),
          })}
          {declaration.reason && ` — ${declaration.reason}`}
        </p>
      )}
    </>
  );
}

type IdentityProps = Readonly<{ identity: Identity; track: AssessedTrack; sensors: readonly Sensor[]; speech: Speech }>;

function IdentityLines({ identity, track, sensors, speech }: IdentityProps): ComponentChild {
  const { claim, truth, operator, operatorId, uaType, description, declared } = identity;
  return (
    <div class="identity" data-verdict={truth.verdict}>
      <p class="main">
        <span class="figures">{claim.value}</span>
        <em class="verdict">
          {VERDICT_SIGN[truth.verdict]} {speech.word(truth.verdict)}
        </em>
      </p>
      <p class="soft">{[speech.word(claim.kind), uaType && speech.word(uaType), description].filter(Boolean).join(" · ")}</p>
      {declared && (
        <p>
          {declared.models
            .map(({ make, model, status }) => [make, model, status && `(${status})`].filter(Boolean).join(" "))
            .join(" / ")}
          <span class="soft"> · {speech.text("declaredModel", { day: formatDay(declared.importedMs) })}</span>
        </p>
      )}
      <Sentences phrases={namingSensors(truth.reasons, sensors)} speech={speech} />
      {operatorId && <p>{speech.text("operatorId", { id: operatorId })}</p>}
      {operator && (
        <p>
          {speech.text("operatorAt", {
            distanceM: distanceM(track, operator.place),
            bearingDeg: (bearingRad(track, operator.place) * 180) / Math.PI,
          })}
        </p>
      )}
    </div>
  );
}
const VERDICT_SIGN = { genuine: "✓", unconfirmed: "?", contradicted: "✕" } as const;

function HowSure({ track, picture, speech }: Props): ComponentChild {
  const { semiMajorM, semiMinorM } = track.ellipse;
  return (
    <>
      <p class="main">{speech.text("existence", { existence: track.existence })}</p>
      <p>
        {speech.text("within95", {
          major: speech.distance(semiMajorM * SIGMAS_OF_95),
          minor: speech.distance(semiMinorM * SIGMAS_OF_95),
        })}
      </p>
      <p>
        {speech.text("seenAgo", { age: speech.age(picture.nowMs - track.measuredMs) })} ·{" "}
        {speech.text("firstSeen", { clock: speech.clock(track.firstMs) })}
      </p>
    </>
  );
}

function From({ track, picture, speech }: Props): ComponentChild {
  return (
    <ul class="lines">
      {track.contributions
        .toSorted((a, b) => b.lastMs - a.lastMs)
        .map(({ sensor, lastMs, hits }) => (
          <li key={sensor}>
            <span>{picture.site.sensors.find(({ id }) => id === sensor)?.name ?? sensor}</span>
            <b>
              {speech.text("hits", { count: hits })} · {speech.age(picture.nowMs - lastMs)}
            </b>
          </li>
        ))}
    </ul>
  );
}
