import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { leastReal, type RecordHealth, type Site } from "@picket/model";
import { createLivePicture, type Surroundings } from "../live/picture.ts";
import { playRecording } from "./play-recording.ts";

export type ReplayStart = Readonly<{ journalDir: string; fromMs: number; speed: number }>;
export type ReplayControl = Readonly<{ speed?: number; paused?: boolean; seekMs?: number }>;

const FLUSH_MS = 100;
const PAUSED_POLL_MS = 50;
const NOT_RECORDING: RecordHealth = { state: "stopped", detail: "a recording is played", sequence: 0, committed: 0, dropped: 0 };

/** Plays from `fromMs`: all before it in its segment is computed without waiting, then frames come at the speed asked for. */
async function play(start: ReplayStart, send: (text: string) => void): Promise<void> {
  let { fromMs, speed } = start;
  let isPaused = false;
  let seekMs: number | undefined;
  parentPort?.on("message", (control: ReplayControl) => {
    speed = control.speed ?? speed;
    isPaused = control.paused ?? isPaused;
    seekMs = control.seekMs ?? seekMs;
  });

  for (;;) {
    const picture = createLivePicture();
    let site: Site | undefined;
    let isOfOther = false;
    const surroundings = (nowMs: number): Surroundings => ({
      site: site as Site,
      feeds: [],
      record: NOT_RECORDING,
      playback: { mode: "replay", fromMs: nowMs, speed, paused: isPaused, ...(isOfOther && { anew: true }) },
      reality: leastReal("live", "replay"),
    });
    let dueMs: number | undefined;
    let lastMs = 0;
    let flushedMs = Number.NEGATIVE_INFINITY;
    for await (const { frame, site: ofFrame, isAnew } of playRecording({ dir: start.journalDir, fromMs })) {
      site = ofFrame;
      isOfOther = isAnew;
      const isUrgent = picture.take(frame);
      if (frame.nowMs < fromMs) continue;
      if (dueMs === undefined) {
        picture.delta(surroundings(frame.nowMs));
        send(JSON.stringify(picture.snapshot(surroundings(frame.nowMs))));
        dueMs = performance.now();
      } else {
        dueMs = Math.max(dueMs + (frame.nowMs - lastMs) / speed, performance.now() - FLUSH_MS);
        const waitMs = dueMs - performance.now();
        if (waitMs > 1) await sleep(waitMs);
        if (isUrgent || performance.now() - flushedMs >= FLUSH_MS) {
          flushedMs = performance.now();
          send(JSON.stringify(picture.delta(surroundings(frame.nowMs))));
        }
      }
      lastMs = frame.nowMs;
      while (isPaused && seekMs === undefined) {
        await sleep(PAUSED_POLL_MS);
        dueMs = performance.now();
      }
      if (seekMs !== undefined) break;
    }
    if (seekMs === undefined) return;
    fromMs = seekMs;
    seekMs = undefined;
  }
}

const port = parentPort;
if (!port) throw new Error("replay-worker runs as a worker thread only");
await play(workerData as ReplayStart, (text) => port.postMessage(text));
port.close();
