import type { Level } from "@picket/model";
import type { ComponentChild } from "preact";
import { otherLanguage, type Preferences, THEMES, type Theme } from "../operator/preferences.ts";
import { formatZulu } from "../speech/format.ts";
import type { TextKey } from "../speech/interface-table.ts";
import type { Speech } from "../speech/speech.ts";
import { LevelMark } from "./level-mark.tsx";

export type SoundStanding = "off" | "on" | "silenced";
type Props = Readonly<{
  siteName: string;
  user: string | undefined;
  nowMs: number;
  speech: Speech;
  preferences: Preferences;
  waiting: Readonly<Record<Level, number>>;
  tracks: number;
  possible: number;
  sensorsHeard: number;
  sensorsAll: number;
  isRecording: boolean;
  sound: SoundStanding;
  silencedForS: number;
  onPreferences(preferences: Preferences): void;
  onSound(): void;
  onHealth(): void;
  onReplay(): void;
  onKeys(): void;
  onLogOut: (() => void) | undefined;
}>;

const THEME_TEXT: Readonly<Record<Theme, TextKey>> = {
  dark: "themeDark",
  day: "themeDay",
  night: "themeNight",
  contrast: "themeContrast",
};
const LEVELS_DOWN: readonly Level[] = ["critical", "warning", "caution", "watch"];

/** Where, when, how many and how well: all that is read at a glance. */
export function TopBar(props: Props): ComponentChild {
  const { siteName, nowMs, speech, waiting, tracks, possible } = props;
  return (
    <header class="top-bar">
      <div class="brand">
        <b>PICKET</b>
        <span>{siteName}</span>
      </div>
      <ul class="waiting" aria-label={speech.text("alerts")}>
        {LEVELS_DOWN.map((level) => (
          <li key={level} data-level={level} data-none={waiting[level] === 0} title={speech.word(level)}>
            <LevelMark level={level} /> <b>{waiting[level]}</b> <span>{speech.word(level)}</span>
          </li>
        ))}
      </ul>
      <p class="figure">
        <b>{tracks}</b> {speech.text("tracksCount")}
        {possible > 0 && (
          <span class="soft">
            {" "}
            · {possible} {speech.text("possibleCount")}
          </span>
        )}
      </p>
      <Health {...props} />
      <span class="gap" />
      <time class="clock">
        <b>{speech.clock(nowMs)}</b>
        <span>{formatZulu(nowMs).slice(11)}</span>
      </time>
      <Settings {...props} />
    </header>
  );
}

function Health({ speech, sensorsHeard, sensorsAll, isRecording, onHealth }: Props): ComponentChild {
  const isWhole = sensorsAll > 0 && sensorsHeard === sensorsAll;
  return (
    <button type="button" class="chip" data-fault={!isWhole || !isRecording} onClick={onHealth}>
      <span data-fault={!isWhole}>
        {isWhole ? "✓" : "✕"} {sensorsHeard}/{sensorsAll} {speech.text("sensorsCount")}
      </span>
      <span data-fault={!isRecording}>
        {isRecording ? `● ${speech.text("recordOk")}` : `✕ ${speech.text("recordingStopped")}`}
      </span>
    </button>
  );
}

function Settings({
  speech,
  preferences,
  sound,
  silencedForS,
  user,
  onPreferences,
  onSound,
  onReplay,
  onKeys,
  onLogOut,
}: Props): ComponentChild {
  const { language, units, theme } = preferences;
  const soundTitle =
    sound === "silenced"
      ? speech.text("soundSilenced", { leftS: silencedForS })
      : speech.text(sound === "on" ? "soundTest" : "soundOff");
  return (
    <div class="settings">
      <button
        type="button"
        class="chip"
        data-fault={sound === "off"}
        title={soundTitle}
        aria-label={soundTitle}
        onClick={onSound}
      >
        <SoundSign sound={sound} />
      </button>
      <button type="button" class="chip" onClick={onReplay}>
        {speech.text("replay")}
      </button>
      <select
        aria-label={speech.text("theme")}
        value={theme}
        onChange={({ currentTarget }) =>
          onPreferences({ ...preferences, theme: THEMES.find((one) => one === currentTarget.value) ?? theme })
        }
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {speech.text(THEME_TEXT[one])}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="chip"
        title={speech.text("units")}
        onClick={() => onPreferences({ ...preferences, units: units === "metric" ? "imperial" : "metric" })}
      >
        {units === "metric" ? "m" : "ft"}
      </button>
      <button
        type="button"
        class="chip"
        title={speech.text("language")}
        onClick={() => onPreferences({ ...preferences, language: otherLanguage(language) })}
      >
        {language.toUpperCase()}
      </button>
      <button type="button" class="chip" title={speech.text("keys")} aria-label={speech.text("keys")} onClick={onKeys}>
        ?
      </button>
      {user && onLogOut && (
        <button type="button" class="chip leave" onClick={onLogOut}>
          <span>{user}</span> {speech.text("logOut")}
        </button>
      )}
    </div>
  );
}

/** A loudspeaker: with waves, struck through, or with a bar while silenced. */
function SoundSign({ sound }: { sound: SoundStanding }): ComponentChild {
  return (
    <svg class="sound-sign" viewBox="0 0 20 16" aria-hidden="true">
      <path class="solid" d="M1 5.5h3.2L8.5 2v12L4.2 10.5H1z" />
      {sound === "on" && <path d="M11.5 5a4.2 4.2 0 0 1 0 6M14 2.5a7.8 7.8 0 0 1 0 11" />}
      {sound === "off" && <path d="m11.5 5 6 6m0-6-6 6" />}
      {sound === "silenced" && <path d="M11.5 8h6" />}
    </svg>
  );
}
