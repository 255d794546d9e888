import type { Courier, Message } from "./courier.ts";

/** Messages that the feed holds at most; the oldest goes first. */
const MOST_MESSAGES = 200;

/** What others fetch from us: the messages that still hold, newest first. */
export type HttpFeed = Courier & { messages(nowMs: number): readonly Message[] };

export function httpFeedCourier(id: string): HttpFeed {
  let held: readonly Message[] = [];
  return {
    where: `GET /api/cap/${id}`,
    deliver(message) {
      held = [message, ...held].slice(0, MOST_MESSAGES);
      return Promise.resolve();
    },
    messages: (nowMs) => held.filter(({ expiresMs }) => expiresMs > nowMs),
  };
}
