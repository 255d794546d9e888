import { Worker } from "node:worker_threads";
import type { SocketRoute } from "../http/live-sockets.ts";
import { USER_COOKIE } from "../http/visitor.ts";
import type { ReplayControl, ReplayStart } from "./replay-worker.ts";

const MOST_REPLAYS = 4;
const FULL_BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * `/api/replay?fromMs=…&speed=…`: plays the recording in a thread of its own, so that live warnings never wait for it.
 * The client steers with `{"type":"control","speed":n,"paused":bool,"seekMs":n}`, each part optional.
 */
export function replaySocket(journalDir: string): SocketRoute {
  let running = 0;
  return {
    cookie: USER_COOKIE,
    open(socket, _visitor, url) {
      if (running >= MOST_REPLAYS) {
        socket.close(4429, `at most ${MOST_REPLAYS} replays at once`);
        return () => {};
      }
      running++;
      const workerData: ReplayStart = {
        journalDir,
        fromMs: Number(url.searchParams.get("fromMs") ?? 0),
        speed: clampSpeed(Number(url.searchParams.get("speed") ?? 1)),
      };
      const worker = new Worker(new URL("./replay-worker.ts", import.meta.url), { workerData });
      worker.on("message", (text: string) => {
        if (socket.bufferedAmount > FULL_BUFFER_BYTES) socket.close(4408, "too slow for this speed");
        else socket.send(text);
      });
      worker.on("error", (error) => socket.close(4500, closeReason(error)));
      worker.on("exit", () => socket.close(1000, "end of the recording"));
      socket.on("message", (data) => {
        const control = parseControl(String(data));
        if (control) worker.postMessage(control);
        else socket.close(4400, "not a control message");
      });
      return () => {
        running--;
        worker.terminate().catch((error: Error) => socket.close(4500, closeReason(error)));
      };
    },
  };
}

/** What a WebSocket takes as a reason: 123 octets, whatever letters a path in the message has. */
const closeReason = ({ message }: Error): string => message.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 123);

const clampSpeed = (speed: number): number => (Number.isFinite(speed) ? Math.min(1000, Math.max(0.1, speed)) : 1);

function parseControl(text: string): ReplayControl | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("type" in value) || value.type !== "control") return undefined;
  const { speed, paused, seekMs } = value as Readonly<Record<string, unknown>>;
  return {
    ...(typeof speed === "number" && { speed: clampSpeed(speed) }),
    ...(typeof paused === "boolean" && { paused }),
    ...(typeof seekMs === "number" && Number.isFinite(seekMs) && { seekMs }),
  };
}
