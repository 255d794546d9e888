import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { FeedConfig } from "../config/schema.ts";
import { framingOf } from "../feed-translator.ts";
import type { FeedSink } from "./feed.ts";
import { createWait, pause } from "./pace.ts";

/** What the first line of a feed capture says: whose chunks follow, and whether each is a whole message. */
export type FeedCaptureHeader = Readonly<{
  picketCapture: 1;
  feed: string;
  protocol: string;
  transport: string;
  framing: "stream" | "datagram";
  startedMs: number;
}>;

/** One chunk as a feed heard it. */
export type CapturedChunk = Readonly<{ receivedMs: number; from: string; bytes: Uint8Array }>;

/** The first line of a capture of this feed. It says how the bytes came, and nothing of what opens the way. */
export function formatCaptureHeader({ id, protocol, transport }: FeedConfig, startedMs: number): string {
  const header: FeedCaptureHeader = {
    picketCapture: 1,
    feed: id,
    protocol,
    transport: transport.kind,
    framing: framingOf(transport),
    startedMs,
  };
  return `${JSON.stringify(header)}\n`;
}

export const formatCapturedChunk = ({ receivedMs, from, bytes }: CapturedChunk): string =>
  `${JSON.stringify({ receivedMs, from, base64: Buffer.from(bytes).toString("base64") })}\n`;

/** Reads the first line of a feed capture; undefined when it is something else. */
export function parseCaptureHeader(line: string): FeedCaptureHeader | undefined {
  const header = parseObject(line) as Partial<FeedCaptureHeader> | undefined;
  const isHeader = header?.picketCapture === 1 && (header.framing === "stream" || header.framing === "datagram");
  return isHeader ? (header as FeedCaptureHeader) : undefined;
}

/** Reads any other line; undefined when it is damaged, as the last one is when the machine went down. */
export function parseCapturedChunk(line: string): CapturedChunk | undefined {
  const { receivedMs, from, base64 } = parseObject(line) ?? {};
  if (typeof receivedMs !== "number" || typeof from !== "string" || typeof base64 !== "string") return undefined;
  return { receivedMs, from, bytes: Buffer.from(base64, "base64") };
}

export type PlayOptions = Readonly<{ path: string; framing: "stream" | "datagram"; speed: number; nowMs: () => number }>;

/** Plays a feed capture at the pace it was heard, or faster, each chunk from whom it came. Damaged lines are counted as lost. */
export async function playFeedCapture(
  { path, framing, speed, nowMs }: PlayOptions,
  sink: FeedSink,
  signal: AbortSignal,
): Promise<void> {
  const waitMs = createWait(speed);
  let header: FeedCaptureHeader | undefined;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (header === undefined) {
      header = parseCaptureHeader(line);
      if (!header) throw new Error(`${path} does not begin as picket capture begins a file`);
      if (header.framing !== framing)
        throw new Error(`${path} holds a ${header.framing} feed: give its transport framing: ${header.framing}`);
      continue;
    }
    const chunk = parseCapturedChunk(line);
    if (!chunk) {
      sink.lost?.(1);
      continue;
    }
    await pause(waitMs(chunk.receivedMs, performance.now()), signal);
    if (signal.aborted) return;
    sink.bytes(chunk.bytes, nowMs(), chunk.from);
  }
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
