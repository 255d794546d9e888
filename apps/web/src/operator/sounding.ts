import type { Alert } from "@picket/model";
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { countUnacknowledged } from "../picture/alert-order.ts";
import { pageReality } from "../picture/page-reality.ts";
import type { Picture } from "../picture/picture.ts";
import { NO_SOUND_YET, nextSound, SILENCE_MS, silence } from "../sound/annunciator.ts";
import { createSpeaker } from "../sound/tones.ts";
import type { TextKey } from "../speech/interface-table.ts";
import type { Speech } from "../speech/speech.ts";

/** The page's alarms: tones, spoken lines and the flashing title. They follow the present even while the past is shown. */
export type Sounding = Readonly<{
  isReady: ReadonlySignal<boolean>;
  /** Seconds of silence left, 0 when not silenced. */
  silencedForS: ReadonlySignal<number>;
  unlock(): void;
  test(): void;
  silence(): void;
}>;

const BEAT_MS = 500;
const LINK_FAULT_AFTER_MS = 10_000;
const PREFIX: Readonly<Record<Alert["reality"], TextKey | undefined>> = {
  live: undefined,
  simulated: "spokenSimulated",
  exercise: "spokenExercise",
  test: "spokenTest",
  replay: "spokenReplay",
};

export function createSounding(
  live: ReadonlySignal<Picture | undefined>,
  silentMs: ReadonlySignal<number>,
  speech: ReadonlySignal<Speech>,
): Sounding {
  const speaker = createSpeaker();
  const isReady = signal(false);
  const silencedForS = signal(0);
  let state = NO_SOUND_YET;
  let linkFaultSounded = false;
  const listen = () => {
    const picture = live.peek();
    if (!picture) return;
    const nowMs = Date.now();
    const next = nextSound(state, picture.alerts.values(), pageReality(picture.reality, picture), nowMs);
    state = next.state;
    silencedForS.value = Math.max(0, Math.ceil((state.silencedUntilMs - nowMs) / 1000));
    if (!next.play) return;
    speaker.play(next.play.tone);
    if (!next.play.isReminder) speaker.say(spokenLine(next.play.alert, speech.peek()), speech.peek().language);
  };
  let alertsBefore: unknown;
  effect(() => {
    const alerts = live.value?.alerts;
    if (alerts === alertsBefore) return;
    alertsBefore = alerts;
    listen();
  });
  effect(() => {
    if (silentMs.value < LINK_FAULT_AFTER_MS) linkFaultSounded = false;
    else if (!linkFaultSounded) {
      linkFaultSounded = true;
      speaker.play("fault");
    }
  });
  let beat = 0;
  setInterval(() => {
    listen();
    document.title = titleAt(beat++, live.peek(), silentMs.peek(), speech.peek());
  }, BEAT_MS);
  return {
    isReady,
    silencedForS,
    unlock() {
      if (!isReady.peek()) void speaker.unlock().then((works) => (isReady.value = works));
    },
    test: () => speaker.play("caution"),
    silence() {
      state = silence(state, Date.now());
      silencedForS.value = SILENCE_MS / 1000;
    },
  };
}

function spokenLine(alert: Alert, speech: Speech): string {
  const prefix = PREFIX[alert.reality];
  const title = speech.phrase(alert.title);
  return speech.text("spokenAlert", { prefix: prefix ? speech.text(prefix) : "", level: speech.word(alert.level), title });
}

/** `(3) …` every other beat while alerts wait, so that a tab in the background is seen. */
function titleAt(beat: number, picture: Picture | undefined, silentMs: number, speech: Speech): string {
  if (!picture) return speech.text("title");
  const counts = countUnacknowledged(picture.alerts.values(), pageReality(picture.reality, picture));
  const waiting = counts.critical + counts.warning + counts.caution;
  const name = `${picture.site.name} · Picket`;
  if (silentMs > 0) return beat % 2 === 0 ? `✕ ${name}` : name;
  return waiting > 0 && beat % 2 === 0 ? `(${waiting}) ${speech.text("unacknowledged", { count: waiting })}` : name;
}
