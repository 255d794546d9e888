import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, openSync } from "node:fs";
import { isatty, ReadStream } from "node:tty";
import type { FeedId } from "@picket/model";
import type { Feed } from "./feed.ts";

const DEFAULT_BAUD = 115_200;
/** A receiver that is plugged in again is heard within this. */
const LONGEST_WAIT_MS = 2000;

/** Octets as they are: eight bits, no parity, one stop bit, no flow control, no line editing, and no waiting for a modem's carrier. */
const PLAIN_LINE = ["raw", "-echo", "cs8", "-parenb", "-cstopb", "-crtscts", "-ixon", "-ixoff", "clocal", "-hupcl"];

export type SerialOptions = Readonly<{ path: string; baud?: number }>;

/**
 * Reads a serial port. The line is set by `stty`, which every Linux and macOS has, and read through Node's own terminal stream. Fails
 * when the port is not there or goes away; each time it is opened its octets are a stream of their own.
 */
export function serialFeed(id: FeedId, { path, baud = DEFAULT_BAUD }: SerialOptions, nowMs: () => number): Feed {
  const where = `${path} at ${baud} baud`;
  return {
    id,
    transport: `serial ${path}`,
    longestWaitMs: LONGEST_WAIT_MS,
    async run(sink, signal) {
      const port = openSync(path, constants.O_RDONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
      try {
        if (!isatty(port)) throw new Error(`${path} is not a serial port`);
        await setLine(port, baud);
        if (signal.aborted) return;
        const from = `${path} since ${new Date(nowMs()).toISOString()}`;
        sink.state({ kind: "listening", where });
        await read(port, signal, (octets) => sink.bytes(octets, nowMs(), from));
      } finally {
        closeSync(port);
      }
      if (!signal.aborted) throw new Error(`${path} is gone: is it plugged in?`);
    },
  };
}

/** Sets the line while the port is open here, for some drivers forget it when nobody holds the port. */
async function setLine(port: number, baud: number): Promise<void> {
  const stty = spawn("stty", [String(baud), ...PLAIN_LINE], { stdio: [port, "ignore", "pipe"] });
  let said = "";
  stty.stderr?.on("data", (text: Buffer) => {
    said += text.toString();
  });
  const [code] = await once(stty, "close");
  if (code !== 0) throw new Error(`The line cannot be set to ${baud} baud (${said.trim()})`);
}

/** Passes octets on until the port is gone or `signal` aborts. Node opens the port anew for its stream, so `port` stays ours to close. */
async function read(port: number, signal: AbortSignal, take: (octets: Uint8Array) => void): Promise<void> {
  const stream = new ReadStream(port);
  const stop = () => stream.destroy();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await once(stream.on("data", take), "close");
  } finally {
    signal.removeEventListener("abort", stop);
    stream.destroy();
  }
}
