import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine } from "./engine.ts";
import type { JournalEntry } from "./record/journal-entry.ts";
import { drive } from "./replay/drive.ts";
import { assertSameFrames, CONFIGURATION, lookAt, named, request } from "./site.fixture.ts";

const START_MS = 1_700_000_000_000;
const OPTIONS = { ...CONFIGURATION, bootNumber: 3 };

/** Five seconds: looks over three feeds, one of them cut within a line, and commands of people. */
const ENTRIES: readonly JournalEntry[] = Array.from({ length: 50 }, (_, look): JournalEntry[] => {
  const nowMs = START_MS + look * 100;
  const bytes = Buffer.from(lookAt(1200 - 10 * look));
  const half = bytes.length >> 1;
  const chunk = (feed: string, part: Uint8Array): JournalEntry => ({
    kind: "bytes",
    feed,
    from: "test",
    receivedMs: nowMs - 10,
    bytes: part,
  });
  const position = request("personPosition", {
    person: "ben" as never,
    latDeg: 32.5501,
    lonDeg: -117.04,
    sigmaM: 8,
    measuredMs: nowMs,
  });
  return [
    ...(look % 3 === 0 ? [chunk("radar", bytes)] : []),
    ...(look % 3 === 1 ? [chunk("posted", bytes)] : []),
    ...(look % 3 === 2 ? [chunk("piped", bytes.subarray(0, half))] : []),
    ...(look % 10 === 5 ? [{ kind: "command" as const, receivedMs: nowMs, command: named(position, "ben", nowMs) }] : []),
    { kind: "mark", nowMs },
    ...(look % 3 === 2 ? [chunk("piped", bytes.subarray(half))] : []),
  ];
}).flat();

function framesOf(entries: readonly JournalEntry[], from = 0, snapshot?: Uint8Array) {
  const engine = createEngine(OPTIONS, snapshot);
  const frames: string[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index < from) continue;
    const frame = drive(engine, entry, index + 1);
    if (frame) frames.push(JSON.stringify(frame));
  }
  return { frames, engine };
}

test("the same entries make byte-identical frames", () => {
  const { frames } = framesOf(ENTRIES);
  assertSameFrames(framesOf(ENTRIES).frames, frames);
  assert.match(frames.at(-1) ?? "", /zoneEntry/, "the frames hold more than an empty sky");
});

test("from a snapshot after any tick the rest comes out the same, half a line in a stream included", () => {
  const whole = framesOf(ENTRIES);
  for (const [index, entry] of ENTRIES.entries()) {
    if (entry.kind !== "mark" || (entry.nowMs / 100) % 7 !== 0) continue;
    const { frames, engine } = framesOf(ENTRIES.slice(0, index + 1));
    const rest = framesOf(ENTRIES, index + 1, engine.snapshot());
    assertSameFrames([...frames, ...rest.frames], whole.frames, `snapshot after entry ${index}`);
    assert.equal(Buffer.compare(rest.engine.snapshot(), whole.engine.snapshot()), 0);
  }
});

test("a snapshot between two ticks is refused: it would lose what waits", () => {
  const engine = createEngine(OPTIONS);
  engine.bytes("radar" as never, Buffer.from(lookAt(900)), START_MS, "test", 1);
  assert.throws(() => engine.snapshot(), /between ticks, 1 inputs wait/);
});

test("bytes for a feed that is not configured come to nothing", () => {
  const engine = createEngine(OPTIONS);
  assert.deepEqual(engine.bytes("nobody" as never, Buffer.from(lookAt(900)), START_MS, "test", 1), { records: 0, rejected: [] });
});
