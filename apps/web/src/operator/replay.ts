import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { fetchReplayRanges, type ReplayRange } from "../live/api.ts";
import { type LiveSocket, openLiveSocket } from "../live/live-socket.ts";
import { nextPicture, type Picture } from "../picture/picture.ts";

/** The past played again, through the same picture and the same map as the present. */
export type Replay = Readonly<{
  isOn: ReadonlySignal<boolean>;
  picture: ReadonlySignal<Picture | undefined>;
  ranges: ReadonlySignal<readonly ReplayRange[]>;
  atMs: ReadonlySignal<number>;
  speed: ReadonlySignal<number>;
  isPaused: ReadonlySignal<boolean>;
  /** True once the recording has been played to its end. */
  hasEnded: ReadonlySignal<boolean>;
  /** Why the server refused to play, in its own words. */
  why: ReadonlySignal<string | undefined>;
  open(fromMs?: number): void;
  close(): void;
  seek(toMs: number): void;
  setSpeed(speed: number): void;
  setPaused(isPaused: boolean): void;
}>;

export const SPEEDS: readonly number[] = [0.5, 1, 2, 4, 10, 30, 60];
const BACK_MS = 120_000;
/** Close codes: the recording ran out; from 4400 on the server refuses and says why. */
const ENDED = 1000;
const REFUSED_FROM = 4400;

export function createReplay(): Replay {
  const isOn = signal(false);
  const picture = signal<Picture | undefined>(undefined);
  const ranges = signal<readonly ReplayRange[]>([]);
  const speed = signal(1);
  const isPaused = signal(false);
  const hasEnded = signal(false);
  const why = signal<string | undefined>(undefined);
  const wantedMs = signal(0);
  let socket: LiveSocket | undefined;
  const openAt = (fromMs: number) => {
    socket?.close();
    picture.value = undefined;
    hasEnded.value = false;
    wantedMs.value = fromMs;
    socket = openLiveSocket(
      () => `/api/replay?fromMs=${Math.round(picture.peek()?.nowMs ?? wantedMs.peek())}&speed=${speed.peek()}`,
      {
        message(message) {
          picture.value = nextPicture(picture.value, message);
        },
        opened: () => socket?.send({ type: "control", speed: speed.value, paused: isPaused.value }),
        lost(code, reason) {
          hasEnded.value = code === ENDED;
          why.value = code >= REFUSED_FROM ? reason : undefined;
          return code !== ENDED && code < REFUSED_FROM;
        },
      },
    );
  };
  return {
    isOn,
    picture,
    ranges,
    speed,
    isPaused,
    hasEnded,
    why,
    atMs: computed(() => picture.value?.nowMs ?? wantedMs.value),
    open(fromMs) {
      isOn.value = true;
      isPaused.value = false;
      void fetchReplayRanges().then(
        (found) => {
          ranges.value = found;
          const newest = found.at(-1);
          if (fromMs === undefined && newest) openAt(Math.max(newest.fromMs, newest.toMs - BACK_MS));
        },
        () => {
          ranges.value = [];
        },
      );
      if (fromMs !== undefined) openAt(fromMs);
    },
    close() {
      socket?.close();
      socket = undefined;
      isOn.value = false;
      picture.value = undefined;
    },
    seek(toMs) {
      if (hasEnded.value) return openAt(toMs);
      picture.value = undefined;
      wantedMs.value = toMs;
      socket?.send({ type: "control", seekMs: Math.round(toMs) });
    },
    setSpeed(next) {
      speed.value = next;
      socket?.send({ type: "control", speed: next });
    },
    setPaused(next) {
      isPaused.value = next;
      socket?.send({ type: "control", paused: next });
    },
  };
}
