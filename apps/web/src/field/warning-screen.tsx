import type { Language, Reality, Warning } from "@picket/model";
import type { ComponentChild } from "preact";
import { RealityStripe } from "./reality-stripe.tsx";
import { type Words, windOf, wordsOf } from "./words.ts";

type Props = Readonly<{
  warning: Warning;
  more: number;
  /** What the page says of all that is on it. */
  page: Reality;
  language: Language;
  nowMs: number;
  headingDeg: number | undefined;
  onDone(): void;
}>;

/** The warning that fills the screen: where from, how far, how long, how high, and what to do. */
export function WarningScreen({ warning, more, page, language, nowMs, headingDeg, onDone }: Props): ComponentChild {
  const words = wordsOf(language);
  if (warning.state === "allClear") return <AllClear warning={warning} page={page} words={words} onDone={onDone} />;
  const isLost = warning.state === "lostContact";
  const arrivalS = warning.arrivalMs === undefined ? undefined : Math.max(0, Math.round((warning.arrivalMs - nowMs) / 1000));
  return (
    <section
      class="warning"
      data-level={isLost ? "lost" : warning.possible ? "possible" : warning.level}
      data-reality={warning.reality}
      role="alert"
    >
      <RealityStripe reality={warning.reality} said={page} words={words} />
      <h1>{warningTitle(warning, words)}</h1>
      <div class="direction">
        <Arrow bearingDeg={warning.bearingDeg} headingDeg={headingDeg} />
        <p>
          <small>{isLost ? words.lastSeen : words.from}</small>
          <strong>{windOf(warning.bearingDeg, language)}</strong>
          {warning.landmark && (
            <small>
              {words.near} {warning.landmark}
            </small>
          )}
        </p>
      </div>
      <dl class="figures">
        <div>
          <dt>{words.distance}</dt>
          <dd>{distance(warning.distanceM)}</dd>
        </div>
        {!isLost && (
          <div>
            <dt>{arrivalS === 0 ? "" : words.arrives}</dt>
            <dd class={arrivalS === 0 ? "words" : ""}>
              {arrivalS === undefined ? "–" : arrivalS === 0 ? words.overhead : `${arrivalS} s`}
            </dd>
          </div>
        )}
        <div>
          <dt>{words.height}</dt>
          <dd class={isFigure(warning.heightAglM) ? "" : "words"}>{heightWords(warning.heightAglM, words)}</dd>
        </div>
      </dl>
      <p class="advice">{isLost ? words.staySheltered : advice(warning, words)}</p>
      {warning.byOwnWord && <p class="more">{words.byOwnWord}</p>}
      {more > 0 && (
        <p class="more">
          {words.otherWarnings}: {more}
        </p>
      )}
    </section>
  );
}

type AllClearProps = Readonly<{ warning: Warning; page: Reality; words: Words; onDone(): void }>;

function AllClear({ warning, page, words, onDone }: AllClearProps): ComponentChild {
  const basis =
    warning.basis === "seenLeaving"
      ? words.basisSeenLeaving
      : warning.basis === "saidToLeave"
        ? words.basisSaidToLeave
        : warning.basis === "namedPerson"
          ? `${words.basisNamedPerson} ${warning.closedBy ?? ""}`
          : words.basisVolumeWatched;
  return (
    <section class="warning" data-level="clear" data-reality={warning.reality} role="status">
      <RealityStripe reality={warning.reality} said={page} words={words} />
      <h1>{words.allClear}</h1>
      <p class="advice">{words.allClearMore}</p>
      <p class="basis">{basis}</p>
      <button type="button" class="big" onClick={onDone}>
        {words.understood}
      </button>
    </section>
  );
}

/** An arrow to where it comes from; it turns with the phone when there is a compass, else north is up and says so. */
function Arrow({ bearingDeg, headingDeg }: Readonly<{ bearingDeg: number; headingDeg: number | undefined }>): ComponentChild {
  const turnDeg = bearingDeg - (headingDeg ?? 0);
  return (
    <svg class="arrow" viewBox="-48 -66 96 114" aria-hidden="true">
      <circle r="46" />
      {headingDeg === undefined && (
        <text y="-51" text-anchor="middle">
          N
        </text>
      )}
      <path d="M0-40 20 8H8V34H-8V8H-20Z" transform={`rotate(${turnDeg})`} />
    </svg>
  );
}

/** What it is, in the words that head the screen. */
export function warningTitle({ state, possible, count }: Warning, words: Words): string {
  if (state === "lostContact") return words.lostContact;
  if (count.about <= 1) return possible ? words.possibleDrone : words.drone;
  const isExact = count.about === count.atLeast;
  return `${isExact ? "" : `${words.about} `}${Math.round(count.about)} ${words.drones}`;
}

function advice({ advice: { code } }: Warning, words: Words): string {
  switch (code) {
    case "advice.takeCoverNow":
      return words.takeCoverNow;
    case "advice.beReady":
      return words.beReady;
    case "advice.possible":
      return words.possible;
    default:
      return words.takeCover;
  }
}

/** What rounds to nothing, or to less, is no figure to go by: whoever looks up must look low. */
const isFigure = (heightAglM: number | undefined): heightAglM is number => heightAglM !== undefined && heightAglM >= 2.5;

const heightWords = (heightAglM: number | undefined, words: Words): string => {
  if (isFigure(heightAglM)) return `${Math.round(heightAglM / 5) * 5} m`;
  return heightAglM === undefined ? words.heightUnknown : words.nearGround;
};

/** Two figures are as much as a person under cover can use. */
export const distance = (metres: number): string =>
  metres >= 1000
    ? `${(metres / 1000).toFixed(1)} km`
    : `${metres < 100 ? Math.round(metres / 5) * 5 : Math.round(metres / 10) * 10} m`;
