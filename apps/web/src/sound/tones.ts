import type { Tone } from "./annunciator.ts";

/** One beep: frequency, when it begins and how long it lasts. */
type Beep = Readonly<{ hz: number; atS: number; forS: number }>;

/**
 * Three tones that half a second tells apart: two alternating high notes, one falling pair, three low thuds. All between 500 and
 * 3,000 Hz and at least half a second long.
 * @source MIL-STD-1472, auditory displays: frequency band and duration.
 */
const BEEPS: Readonly<Record<Tone, readonly Beep[]>> = {
  warning: [0, 1, 2, 3, 4, 5].map((step) => ({ hz: step % 2 === 0 ? 1600 : 1150, atS: step * 0.16, forS: 0.15 })),
  caution: [
    { hz: 990, atS: 0, forS: 0.28 },
    { hz: 740, atS: 0.3, forS: 0.4 },
  ],
  fault: [0, 1, 2].map((step) => ({ hz: 520, atS: step * 0.3, forS: 0.18 })),
};
const VOLUME = 0.35;
const EDGE_S = 0.012;

/** The page's loudspeaker. `isReady` is false until a person has touched the page: browsers allow no sound before. */
export type Speaker = Readonly<{
  isReady(): boolean;
  /** To be called from a gesture; answers whether sound works now. */
  unlock(): Promise<boolean>;
  play(tone: Tone): void;
  /** Speaks by a voice of this machine; a browser that would send the text away stays silent. */
  say(text: string, language: string): void;
}>;

export function createSpeaker(): Speaker {
  // Made at once, though mute until a gesture: making it takes long, and the first key pressed may be the one that takes an alarm.
  const context = new AudioContext();
  return {
    isReady: () => context.state === "running",
    async unlock() {
      await context.resume();
      return context.state === "running";
    },
    play(tone) {
      if (context.state !== "running") return;
      for (const beep of BEEPS[tone]) playBeep(context, beep);
    },
    say(text, language) {
      if (!("speechSynthesis" in globalThis)) return;
      const voice = speechSynthesis.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));
      if (!voice) return;
      const words = new SpeechSynthesisUtterance(text);
      words.voice = voice;
      words.lang = voice.lang;
      words.rate = 1.1;
      speechSynthesis.cancel();
      speechSynthesis.speak(words);
    },
  };
}

/** Edges are softened so that no click stands before the note. */
function playBeep(context: AudioContext, { hz, atS, forS }: Beep): void {
  const startS = context.currentTime + atS;
  const note = context.createOscillator();
  const overtone = context.createOscillator();
  const loudness = context.createGain();
  note.frequency.value = hz;
  overtone.frequency.value = hz * 1.5;
  overtone.type = "sine";
  note.type = "triangle";
  loudness.gain.setValueAtTime(0, startS);
  loudness.gain.linearRampToValueAtTime(VOLUME, startS + EDGE_S);
  loudness.gain.setValueAtTime(VOLUME, startS + forS - EDGE_S);
  loudness.gain.linearRampToValueAtTime(0, startS + forS);
  for (const source of [note, overtone]) {
    source.connect(loudness);
    source.start(startS);
    source.stop(startS + forS);
  }
  loudness.connect(context.destination);
}
