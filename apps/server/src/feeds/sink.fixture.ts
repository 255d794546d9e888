import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { FeedSink, FeedState } from "./feed.ts";

/** What a {@link memorySink} was given, chunks as text. */
export type Heard = Readonly<{ text: string; from: string; receivedMs: number }>;

const LOOK_EVERY_MS = 20;

/** A sink that remembers, and lets a test wait until what it was given is as it should be. */
export function memorySink() {
  const heard: Heard[] = [];
  const refused: string[] = [];
  const states: FeedState[] = [];
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const look of waiting) look();
  };
  const sink: FeedSink = {
    bytes(chunk, receivedMs, from) {
      heard.push({ text: Buffer.from(chunk).toString(), from, receivedMs });
      changed();
    },
    refused(from) {
      refused.push(from);
      changed();
    },
    state(state) {
      states.push(state);
      changed();
    },
  };
  /** Resolves once `isSo`; fails with what was heard instead when that takes longer than `withinMs`. */
  const until = (isSo: () => boolean, withinMs = 30_000) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!isSo()) return;
        waiting.delete(look);
        clearInterval(again);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(look);
        clearInterval(again);
        reject(new Error(`It did not come to pass: ${JSON.stringify({ heard, refused, states })}`));
      }, withinMs);
      // What a test waits for may lie outside the sink, such as in a server's log.
      const again = setInterval(look, LOOK_EVERY_MS);
      waiting.add(look);
      look();
    });
  const isListening = () => states.some((state) => state.kind === "listening");
  /** The port in what a listening feed says of itself. */
  const port = () => {
    const where = states.find((state) => state.kind === "listening")?.where ?? "";
    return Number(/:(\d+)(?:,|$)/.exec(where)?.[1]);
  };
  const text = () => heard.map((chunk) => chunk.text).join("");
  const reasons = () => states.flatMap((state) => (state.kind === "reconnecting" ? [state.why] : []));
  return { sink, heard, refused, states, until, isListening, port, text, reasons };
}

/** Why a test that needs a foreign program skips itself, or false when the program is there. Debian keeps brokers in sbin. */
export function missing(program: string): string | false {
  const dirs = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return dirs.some((dir) => existsSync(join(dir, program))) ? false : `needs ${program}, which is not installed`;
}
