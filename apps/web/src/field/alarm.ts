/** Sound and vibration of the field page. Browsers allow sound only after a touch: until then `isUnlocked` is false and the page says so. */
export type Alarm = { readonly isUnlocked: boolean; unlock(): void; warn(): void; lost(): void; silence(): void };

const WARN_PATTERN_MS = [600, 200, 600, 200, 600];
const LOST_PATTERN_MS = [200, 400, 200];
/** Two tones within 500 to 3,000 Hz, told apart in the first half second (MIL-STD-1472 5.3). */
const WARN_HZ = [880, 1320] as const;
const LOST_HZ = [520] as const;
const TONE_S = 0.5;

export function createAlarm(): Alarm {
  let context: AudioContext | undefined;
  let playing: OscillatorNode[] = [];

  const silence = () => {
    for (const tone of playing) tone.stop();
    playing = [];
    navigator.vibrate?.(0);
  };
  const play = (frequencies: readonly number[], times: number) => {
    if (context?.state !== "running") return;
    const startS = context.currentTime;
    for (let index = 0; index < times; index++) {
      const tone = new OscillatorNode(context, { type: "square", frequency: frequencies[index % frequencies.length] ?? 880 });
      tone.connect(new GainNode(context, { gain: 0.6 })).connect(context.destination);
      tone.start(startS + index * TONE_S);
      tone.stop(startS + (index + 0.9) * TONE_S);
      playing.push(tone);
    }
  };
  return {
    get isUnlocked() {
      return context?.state === "running";
    },
    unlock() {
      context ??= new AudioContext();
      if (context.state !== "running") context.resume().catch(() => silence());
    },
    warn() {
      silence();
      navigator.vibrate?.(WARN_PATTERN_MS);
      play(WARN_HZ, 8);
    },
    lost() {
      navigator.vibrate?.(LOST_PATTERN_MS);
      play(LOST_HZ, 2);
    },
    silence,
  };
}
