import type { LiveMessage } from "@picket/model";

/** A line to the server that is opened again and again until closed. */
export type LiveSocket = Readonly<{ send(message: unknown): void; close(): void }>;
export type LiveSocketEvents = Readonly<{
  message(message: LiveMessage): void;
  opened(): void /** Answers whether to try again. */;
  lost(code: number, reason: string): boolean;
}>;

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

/**
 * Opens the path that `path` answers as a WebSocket of this page's own origin. After a loss it waits a quarter of a second, doubling up to five, each wait
 * shortened by chance up to a half so that a crowd does not come back at once. A line that is open but says nothing for `silentMs` is
 * cut and opened anew.
 */
export function openLiveSocket(path: () => string, events: LiveSocketEvents, silentMs?: number): LiveSocket {
  let socket: WebSocket | undefined;
  let waitMs = FIRST_WAIT_MS;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  const watch = () => {
    clearTimeout(watchdog);
    if (silentMs !== undefined) watchdog = setTimeout(() => socket?.close(), silentMs);
  };
  const open = () => {
    const url = new URL(path(), location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const line = new WebSocket(url);
    socket = line;
    watch();
    line.onopen = () => events.opened();
    line.onmessage = ({ data }) => {
      waitMs = FIRST_WAIT_MS;
      watch();
      events.message(JSON.parse(String(data)) as LiveMessage);
    };
    line.onclose = ({ code, reason }) => {
      clearTimeout(watchdog);
      if (isClosed || !events.lost(code, reason)) return;
      retry = setTimeout(open, waitMs * (0.5 + Math.random() / 2));
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    };
  };
  open();
  return {
    send: (message) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message)),
    close() {
      isClosed = true;
      clearTimeout(retry);
      clearTimeout(watchdog);
      socket?.close();
    },
  };
}
