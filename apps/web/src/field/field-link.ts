import type { FieldMessage } from "@picket/model";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** A socket that says nothing for this long is dead, whatever the phone's radio believes. */
const DEAD_MS = 6000;

export type FieldLink = Readonly<{ close(): void }>;
export type FieldLinkEvents = Readonly<{ message(message: FieldMessage): void; open(isOpen: boolean): void; refused(): void }>;

/** Keeps one live socket open: after a break it tries again, each time later up to 10 s, with jitter so that phones do not all come at once. */
export function openFieldLink(url: string, { message, open, refused }: FieldLinkEvents): FieldLink {
  let socket: WebSocket | undefined;
  let waitMs = FIRST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  const watch = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => socket?.close(), DEAD_MS);
  };
  const connect = () => {
    clearTimeout(timer);
    socket = new WebSocket(url);
    watch();
    socket.onopen = () => {
      waitMs = FIRST_WAIT_MS;
      open(true);
    };
    socket.onmessage = (event) => {
      watch();
      message(JSON.parse(String(event.data)) as FieldMessage);
    };
    socket.onclose = (event) => {
      clearTimeout(watchdog);
      open(false);
      if (event.code === 4401) refused();
      if (isClosed) return;
      timer = setTimeout(connect, waitMs * (0.5 + Math.random()));
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
    };
  };
  const now = () => {
    if (!isClosed && socket?.readyState === WebSocket.CLOSED) connect();
  };
  globalThis.addEventListener("online", now);
  connect();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
      clearTimeout(watchdog);
      globalThis.removeEventListener("online", now);
      socket?.close();
    },
  };
}
