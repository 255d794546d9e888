import { setTimeout as sleep } from "node:timers/promises";
import { faultInWords } from "../feeds/fault-in-words.ts";
import type { OutletMonitor } from "../outlet-monitor.ts";
import { type Courier, type Message, Refused } from "./courier.ts";

/** Messages that wait at most; the oldest goes first. */
const MOST_WAITING = 200;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** Waits differ by this share either way, so that all who lost one peer do not come back in one instant. */
const JITTER = 0.2;

/** Hands messages to a courier in their order, each until it is taken, refused for good or expired. */
export type Dispatch = {
  put(message: Message): void;
  /** Resolves when `signal` aborts. */
  run(signal: AbortSignal): Promise<void>;
};

export type DispatchOptions = Readonly<{
  courier: Courier;
  monitor: OutletMonitor;
  nowMs: () => number;
  /** From 0 to below 1. */
  random?: () => number;
  firstWaitMs?: number;
}>;

export function createDispatch(options: DispatchOptions): Dispatch {
  const { courier, monitor, nowMs, random = Math.random, firstWaitMs = FIRST_WAIT_MS } = options;
  const waiting: Message[] = [];
  let wake: () => void = () => undefined;
  let waitMs = firstWaitMs;

  const settle = (message: Message) => {
    const at = waiting.indexOf(message);
    if (at >= 0) waiting.splice(at, 1);
    monitor.waiting(waiting.length);
  };
  /** Tries once; answers how long to wait before the next try. */
  const attempt = async (message: Message, signal: AbortSignal): Promise<number> => {
    if (message.expiresMs <= nowMs()) {
      monitor.dropped("stale");
      settle(message);
      return 0;
    }
    try {
      await courier.deliver(message, signal);
      monitor.sent(nowMs());
      monitor.told(message.about, nowMs());
      monitor.working();
      settle(message);
      waitMs = firstWaitMs;
      return 0;
    } catch (error) {
      if (signal.aborted) return 0;
      if (error instanceof Refused) {
        monitor.dropped("refused");
        monitor.failing(`not taken, and not tried again: ${error.message}`);
        settle(message);
        return 0;
      }
      const inMs = Math.round(waitMs * (1 + JITTER * (2 * random() - 1)));
      monitor.failing(`tries again in ${Math.ceil(inMs / 1000)} s: ${faultInWords(error)}`);
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
      return inMs;
    }
  };

  return {
    put(message) {
      if (waiting.length >= MOST_WAITING) {
        waiting.shift();
        monitor.dropped("no-room");
      }
      waiting.push(message);
      monitor.waiting(waiting.length);
      wake();
    },
    async run(signal) {
      signal.addEventListener("abort", () => wake(), { once: true });
      while (!signal.aborted) {
        const [message] = waiting;
        if (!message) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        const inMs = await attempt(message, signal);
        if (inMs > 0) await sleep(inMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
