import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import type { Frame } from "@picket/model";
import { parseConfiguration } from "../config/read-configuration.ts";
import { openJournalReader } from "../record/journal-reader.ts";
import {
  assertSameFrames,
  type Boot,
  boot,
  entryAlert,
  flyInByUdp,
  flyThrough,
  lookAt,
  named,
  RADAR,
  request,
  startTestSite,
  temporaryDir,
  until,
} from "../site.fixture.ts";
import { type PlayedFrame, type PlayOptions, playRecording } from "./play-recording.ts";

const START_MS = 1_700_000_000_000;

async function played(options: PlayOptions): Promise<PlayedFrame[]> {
  const frames: PlayedFrame[] = [];
  for await (const frame of playRecording(options)) frames.push(frame);
  return frames;
}
const bytesOf = (frames: readonly Readonly<{ frame: Frame }>[]): string[] => frames.map(({ frame }) => JSON.stringify(frame));

/** Thirty seconds of a drone, with an acknowledgement; every frame as it was decided. */
async function record(dir: string, end: (site: Boot) => Promise<unknown>): Promise<string[]> {
  const site = await boot(dir, START_MS);
  const frames: Frame[] = flyThrough(site, START_MS, ({ nowMs }) => nowMs >= START_MS + 15_000, 200);
  const alert = frames.at(-1)?.alerts[0];
  assert.ok(alert);
  site.decider.command(named(request("acknowledge", { alert: alert.id, revision: alert.revision }), "Ortega", START_MS + 15_050));
  frames.push(...flyThrough(site, START_MS + 15_100, ({ nowMs }) => nowMs >= START_MS + 25_000, 200));
  await end(site);
  return frames.map((frame) => JSON.stringify(frame));
}

test("a recording plays the very frames that were decided live, byte for byte, from any segment", async (t) => {
  const dir = temporaryDir(t);
  const live = await record(dir, ({ journal }) => journal.close());
  const ends: boolean[] = [];
  const all = await played({ dir: `${dir}/journal`, onSegmentEnd: ({ isSame }) => ends.push(isSame) });
  assertSameFrames(bytesOf(all), live);
  assert.ok(ends.length >= 2 && ends.every(Boolean));

  const reader = openJournalReader(`${dir}/journal`);
  t.after(() => reader.close());
  for (const { segment, openedMs } of reader.segments()) {
    const from = await played({ dir: `${dir}/journal`, fromMs: openedMs });
    const expected = bytesOf(all.filter((frame) => frame.segment >= segment));
    if (expected.length > 0) assertSameFrames(bytesOf(from), expected, `from segment ${segment}`);
  }
});

test("frames of a site at work, with its sockets and clock, come out the same too, over a restart", async (t) => {
  const dir = temporaryDir(t);
  const live: string[] = [];
  for (let boots = 0; boots < 2; boots++) {
    const { site } = await startTestSite(dir);
    const publish = site.hub.publish;
    site.hub.publish = (frame) => {
      live.push(JSON.stringify(frame));
      publish(frame);
    };
    const land = await flyInByUdp(site);
    await entryAlert(site);
    land();
    await site.stop();
  }
  const replay = bytesOf(await played({ dir: `${dir}/journal` }));
  const missing = live.filter((frame) => !replay.includes(frame));
  assert.equal(missing.length, 0, `of ${live.length} live frames`);
  assert.ok(live.length > 10);
});

test("a poisoned entry costs its segment's rest, is said, and what follows plays on", async (t) => {
  const dir = temporaryDir(t);
  let lastSequence = 0;
  const live = await record(dir, async ({ decider, journal }) => {
    const poison = { kind: "zonePut", id: "poison", by: "Reyes", atMs: START_MS + 25_050 };
    decider.command(poison as never);
    assert.equal(decider.tick(START_MS + 25_100), undefined);
    lastSequence = journal.append({ kind: "mark", nowMs: START_MS + 25_150 }) ?? 0;
    await journal.close();
  });
  const faults: number[] = [];
  const frames = await played({ dir: `${dir}/journal`, onFault: ({ sequence }) => faults.push(sequence) });
  assertSameFrames(bytesOf(frames).slice(0, live.length), live);
  assert.equal(faults.length, 1);
  assert.equal(frames.at(-1)?.sequence, lastSequence, "the segment after the fault is played");
});

test("what another version recorded is computed anew, and said to be", async (t) => {
  const dir = temporaryDir(t);
  const live = await record(dir, ({ journal }) => journal.close());
  const database = new DatabaseSync(`${dir}/journal/journal.db`);
  const put = database.prepare("UPDATE segments SET snapshot = ? WHERE segment = ?");
  for (const { segment, snapshot } of database.prepare("SELECT segment, snapshot FROM segments").all()) {
    const text = Buffer.from(snapshot as Uint8Array).toString("latin1");
    put.run(Buffer.from(text.replace(/"version":\d+/, '"version":0'), "latin1"), Number(segment));
  }
  database.close();
  const ends: boolean[] = [];
  const frames = await played({ dir: `${dir}/journal`, onSegmentEnd: ({ isSame }) => ends.push(isSame) });
  assert.equal(frames.length, live.length);
  assert.ok(frames.every(({ isAnew }) => isAnew));
  assert.deepEqual(ends, [], "nothing to compare with");
  assert.ok(frames.some(({ frame }) => frame.alerts.some(({ kind }) => kind === "zoneEntry")));
});

test("only the time asked for is played", async (t) => {
  const dir = temporaryDir(t);
  await record(dir, ({ journal }) => journal.close());
  const frames = await played({ dir: `${dir}/journal`, fromMs: START_MS + 12_000, toMs: START_MS + 13_000 });
  const times = frames.map(({ frame }) => frame.nowMs);
  assert.ok(Math.max(...times) === START_MS + 13_000 && Math.min(...times) <= START_MS + 12_000);
  assert.ok(Math.min(...times) > START_MS, "segments before are not computed");
});

test("secrets and addresses of a feed's transport are not in the record", async (t) => {
  const dir = temporaryDir(t);
  const { site } = await startTestSite(dir);
  await until(() => site.journal.committed > 3);
  await site.stop();
  const reader = openJournalReader(`${dir}/journal`);
  t.after(() => reader.close());
  for (const { entry } of reader.entries({ fromSequence: 1 })) {
    if (entry?.kind !== "configuration") continue;
    const { feeds } = entry.configuration as { feeds: { transport: object }[] };
    for (const { transport } of feeds) assert.deepEqual(Object.keys(transport), ["kind"]);
  }
});

test("a site that took its place from what it first heard plays the same, magnetic bearings too", async (t) => {
  const dir = temporaryDir(t);
  const unplaced = { latDeg: 0, lonDeg: 0 };
  const finder = {
    id: "finder",
    name: "Finder",
    kind: "directionFinder",
    ...unplaced,
    northReference: "magnetic",
    rangeMaxM: 5000,
  };
  const configuration = parseConfiguration(
    JSON.stringify({
      site: { id: "nowhere", name: "Nowhere", ...unplaced },
      feeds: [{ id: "radar", protocol: "detections", transport: { kind: "udp", port: 0 } }],
      sensors: [{ id: "radar", name: "Radar", kind: "radar", ...unplaced, rangeMaxM: 9000, revisitMs: 100 }, finder],
    }),
    "site.yaml",
  );
  const bearing = Buffer.from(
    JSON.stringify({ sensor: "finder", detections: [{ kind: "bearing", azimuthDeg: 5, azimuthSigmaDeg: 2 }] }),
  );
  const site = await boot(dir, START_MS, undefined, configuration);
  const live: string[] = [];
  for (let nowMs = START_MS; nowMs <= START_MS + 25_000; nowMs += 200) {
    for (const line of [Buffer.from(lookAt(2000)), bearing]) site.decider.bytes(RADAR, line, nowMs - 10, "test");
    live.push(JSON.stringify(site.decider.tick(nowMs)));
  }
  await site.journal.close();
  assert.match(live.at(-1) ?? "", /"kind":"bearing"/);
  const { segments, close } = openJournalReader(`${dir}/journal`);
  const [, , , last] = segments();
  close();
  assertSameFrames(bytesOf(await played({ dir: `${dir}/journal` })), live);
  const end = bytesOf(await played({ dir: `${dir}/journal`, fromMs: last?.openedMs ?? 0 }));
  assertSameFrames(end, live.slice(-end.length), "from the last segment");
});
