import type { ComponentChild } from "preact";
import type { ReplayRange } from "../live/api.ts";
import { formatZulu } from "../speech/format.ts";
import type { Speech } from "../speech/speech.ts";

type Props = Readonly<{
  ranges: readonly ReplayRange[];
  atMs: number;
  speed: number;
  speeds: readonly number[];
  isPaused: boolean;
  isLoading: boolean;
  why: string | undefined;
  /** Another version recorded it. */
  isAnew: boolean;
  marksMs: readonly number[];
  speech: Speech;
  onSeek(toMs: number): void;
  onSpeed(speed: number): void;
  onPaused(isPaused: boolean): void;
  onLive(): void;
}>;

const SPAN_MS = 24 * 3_600_000;

/** Where in the past one is, and how fast it runs. */
export function ReplayBar(props: Props): ComponentChild {
  const { ranges, atMs, speed, speeds, isPaused, isLoading, why, isAnew, marksMs, speech, onSeek, onSpeed, onPaused, onLive } =
    props;
  const toMs = Math.max(atMs, ...ranges.map((range) => range.toMs));
  const fromMs = Math.max(toMs - SPAN_MS, Math.min(atMs, ...ranges.map((range) => range.fromMs)));
  return (
    <section class="replay-bar" aria-label={speech.text("replay")}>
      <button type="button" class="primary" onClick={onLive}>
        {speech.text("backToLive")} <kbd>R</kbd>
      </button>
      <button type="button" onClick={() => onPaused(!isPaused)}>
        {isPaused ? `▶ ${speech.text("play")}` : `❚❚ ${speech.text("pause")}`}
      </button>
      <label class="speed">
        {speech.text("speed")}
        <select value={speed} onChange={({ currentTarget }) => onSpeed(Number(currentTarget.value))}>
          {speeds.map((one) => (
            <option key={one} value={one}>
              ×{one}
            </option>
          ))}
        </select>
      </label>
      <div class="timeline">
        <input
          type="range"
          aria-label={speech.text("replay")}
          min={fromMs}
          max={toMs}
          step={1000}
          value={atMs}
          onChange={({ currentTarget }) => onSeek(Number(currentTarget.value))}
        />
        {marksMs
          .filter((markMs) => markMs >= fromMs && markMs <= toMs)
          .map((markMs) => (
            <button
              type="button"
              key={markMs}
              class="mark"
              title={speech.clock(markMs)}
              style={{ left: `${(100 * (markMs - fromMs)) / Math.max(1, toMs - fromMs)}%` }}
              onClick={() => onSeek(markMs - 5000)}
            />
          ))}
      </div>
      <time class="figures">
        {why === undefined ? isLoading && speech.text("loading") : speech.text("replayFailed", { why })} <b>{formatZulu(atMs)}</b>
      </time>
      {isAnew && <p class="fault">{speech.text("replayAnew")}</p>}
      {ranges.length === 0 && <span class="soft">{speech.text("replayNone")}</span>}
    </section>
  );
}
