import type { OutletHealth } from "@picket/model";

const DETAIL_LENGTH = 256;
const TRANSPORT_LENGTH = 256;

/** Why something was not sent; each is counted. */
export type DropCode =
  /** It waited until it said nothing of now. */
  | "stale"
  /** More waited than there is room for. */
  | "no-room"
  /** The way out refused it, as it is. */
  | "refused"
  /** A fault of Picket's own. */
  | "internal-fault";

/** Counts what a way out does. Nothing is dropped uncounted, and what goes wrong is said in words. */
export type OutletMonitor = {
  sent(nowMs: number): void;
  /** The partner was told of a thing, such as `t3-7`. */
  told(what: string, nowMs: number): void;
  dropped(code: DropCode, count?: number): void;
  /** It works, or it does not and why. */
  working(): void;
  failing(why: string): void;
  /** How many messages wait to be sent. */
  waiting(count: number): void;
  health(): OutletHealth;
};

export type OutletName = Pick<OutletHealth, "id" | "kind" | "protocol" | "transport" | "partner">;

/** `told` hears what the partner was told of, and when. */
export function createOutletMonitor(
  name: OutletName,
  told: (what: string, nowMs: number) => void = () => undefined,
): OutletMonitor {
  const drops: Record<string, number> = {};
  let state: OutletHealth["state"] = "starting";
  let detail: string | undefined;
  let lastSentMs: number | undefined;
  let sent = 0;
  let waiting = 0;
  return {
    sent(nowMs) {
      sent++;
      lastSentMs = nowMs;
    },
    told,
    dropped(code, count = 1) {
      if (count > 0) drops[code] = (drops[code] ?? 0) + count;
    },
    working() {
      state = "working";
      detail = undefined;
    },
    failing(why) {
      state = "failing";
      detail = why.slice(0, DETAIL_LENGTH);
    },
    waiting(count) {
      waiting = count;
    },
    health: () => ({
      ...name,
      transport: name.transport.slice(0, TRANSPORT_LENGTH),
      state,
      ...(detail !== undefined && { detail }),
      ...(lastSentMs !== undefined && { lastSentMs }),
      sent,
      waiting,
      dropped: { ...drops },
    }),
  };
}
