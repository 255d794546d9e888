import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { feedId, type Reality, type Zone, type ZoneId } from "@picket/model";
import type { CommandRequest } from "./command-request.ts";
import { openJournalReader } from "./record/journal-reader.ts";
import {
  CONFIGURATION,
  entryAlert,
  flyIn,
  flyInByUdp,
  HERE,
  lookAt,
  RADAR,
  request,
  startTestSite,
  temporaryDir,
  until,
} from "./site.fixture.ts";

test("bytes on a socket become a track, an alert and a warning; the acknowledgement counts and is on disk", async (t) => {
  const dir = temporaryDir(t);
  const { site, reports } = await startTestSite(dir);
  const land = await flyInByUdp(site);
  const alert = await entryAlert(site);
  assert.equal(alert.state, "activeUnacknowledged");
  const track = site.frame()?.tracks.find(({ id }) => alert.tracks.includes(id));
  assert.ok(track?.confirmed && track.id.startsWith(`t${site.journal.bootNumber}-`));
  await until(() => site.frame()?.warnings.some(({ person, state }) => person === "ana" && state === "active"));

  const acknowledge = request("acknowledge", { alert: alert.id, revision: alert.revision });
  const { sequence } = site.command(acknowledge, "Ortega");
  const taken = await until(() =>
    site.frame()?.alerts.find(({ id, state }) => id === alert.id && state === "activeAcknowledged"),
  );
  assert.deepEqual([taken.acknowledgement?.by, taken.acknowledgement?.revision], ["Ortega", alert.revision]);
  await until(() => site.journal.committed >= sequence);
  land();
  await site.stop();

  const reader = openJournalReader(`${dir}/journal`);
  t.after(() => reader.close());
  const entries = [...reader.entries({ fromSequence: 1 })].map(({ entry }) => entry);
  const commands = entries.flatMap((entry) => (entry?.kind === "command" ? [entry.command as { id: string; by: string }] : []));
  assert.equal(commands.find(({ id }) => id === acknowledge.id)?.by, "Ortega");
  assert.ok(entries.filter((entry) => entry?.kind === "bytes" && entry.feed === RADAR).length > 3);
  assert.ok(reader.verify().ok);
  assert.deepEqual(reports, []);
});

test("a stop decides what waits, seals the segment and leaves nothing running", async (t) => {
  const dir = temporaryDir(t);
  const { site, input } = await startTestSite(dir);
  input.write(lookAt(500));
  await until(() => site.frame()?.tracks.length);
  await site.stop();
  const reader = openJournalReader(`${dir}/journal`);
  t.after(() => reader.close());
  const held = reader
    .segments()
    .filter(({ segment }) => [...reader.entries({ segment })].some(({ entry }) => entry?.kind === "mark"));
  assert.ok(held.length > 0 && held.every(({ sealedMs }) => sealedMs !== undefined), "all that was decided is sealed");
  assert.equal(reader.lastSequence(), site.journal.committed);
});

for (const [name, id] of [
  ["POST", "posted"],
  ["standard input", "piped"],
] as const)
  test(`the same lines by ${name} raise the same alert, and the feed counts them`, async (t) => {
    const { site, input } = await startTestSite(temporaryDir(t));
    t.after(() => site.stop());
    const send = (line: string) => (id === "posted" ? site.post(feedId.parse(id), Buffer.from(line), "test") : input.write(line));
    t.after(flyIn(send));
    await entryAlert(site);
    const feed = site.feeds().find((candidate) => candidate.id === id);
    assert.ok(feed && feed.records > 0 && feed.records === feed.chunks && feed.state === "receiving", JSON.stringify(feed));
  });

test("bytes for a feed that nobody posts to are refused", async (t) => {
  const { site } = await startTestSite(temporaryDir(t));
  t.after(() => site.stop());
  assert.equal(site.post(RADAR, Buffer.from("x"), "test"), false);
  assert.equal(site.post(feedId.parse("nobody"), Buffer.from("x"), "test"), false);
});

test("what cannot be read is counted by code, and the feed goes on", async (t) => {
  const { site, input } = await startTestSite(temporaryDir(t));
  t.after(() => site.stop());
  input.write("this is no JSON\n");
  input.write(lookAt(2000));
  const feed = await until(() => site.feeds().find(({ id, records }) => id === "piped" && records === 1));
  assert.equal(
    Object.values(feed.rejected).reduce((sum, count) => sum + count, 0),
    1,
  );
});

test("a sensor that falls silent is an alarm", async (t) => {
  const { site, input } = await startTestSite(temporaryDir(t));
  t.after(() => site.stop());
  input.write(lookAt(5000));
  await until(() => site.frame()?.sensors.some(({ id, state }) => id === "radar" && state === "watching"));
  const alert = await until(() => site.frame()?.alerts.find(({ kind }) => kind === "sensorSilent"));
  assert.equal(alert.sensor, "radar");
  assert.equal(site.frame()?.sensors[0]?.state, "silent");
});

test("a sighting is an alarm of its own, and listed once however often it is sent", async (t) => {
  const { site } = await startTestSite(temporaryDir(t));
  t.after(() => site.stop());
  const sighting = request("sighting", {
    reality: "live",
    sighting: {
      id: "s1" as never,
      by: "Ana",
      seenMs: Date.now(),
      seenSigmaMs: 1000,
      latDeg: 32.55,
      lonDeg: -117.04,
      placeSigmaM: 10,
      bearingDeg: 10,
      bearingSigmaDeg: 5,
      count: 1,
      moving: "towardMe",
    },
  });
  site.command(sighting, "ana");
  site.command(sighting, "ana");
  await until(() => site.frame()?.alerts.some(({ kind }) => kind === "sighting"));
  assert.deepEqual(
    site.sightings().map(({ id }) => id),
    ["s1"],
  );
});

test("the replay ranges name the boots, each with its own stretch of time", async (t) => {
  const dir = temporaryDir(t);
  for (let boot = 0; boot < 2; boot++) {
    const { site } = await startTestSite(dir);
    await until(() => (site.frame()?.tick ?? 0) > 2);
    await site.stop();
  }
  const { site } = await startTestSite(dir);
  t.after(() => site.stop());
  await until(() => site.replayRanges().length === 3);
  const ranges = site.replayRanges();
  assert.deepEqual(
    ranges.map(({ boot }) => boot),
    [1, 2, 3],
  );
  for (const [index, { fromMs, toMs }] of ranges.entries()) {
    assert.ok(fromMs < toMs, `${fromMs} to ${toMs}`);
    assert.ok(fromMs >= (ranges[index - 1]?.toMs ?? 0));
  }
});

test("what people changed stands over a restart; what was changed in the file since the last start counts", async (t) => {
  const dir = temporaryDir(t);
  const [yard] = CONFIGURATION.site.zones;
  assert.ok(yard);
  const zone = (id: string, radiusM: number): Zone => ({
    ...yard,
    id: id as ZoneId,
    shape: { kind: "circle", centre: HERE, radiusM },
  });
  const withZones = (...zones: Zone[]) => ({ ...CONFIGURATION, site: { ...CONFIGURATION.site, zones } });
  const after = async (zones: Zone[], ...requests: CommandRequest[]) => {
    const { site } = await startTestSite(dir, withZones(...zones));
    await until(() => (site.frame()?.tick ?? 0) > 1);
    for (const one of requests) site.command(one, "Reyes");
    const tick = site.frame()?.tick ?? 0;
    await until(() => (site.frame()?.tick ?? 0) > tick + 1);
    const radii = site
      .site()
      .zones.map(({ id, shape }) => `${id} ${shape.kind === "circle" && shape.radiusM}`)
      .sort();
    await site.stop();
    return radii;
  };
  const drawn = request("zonePut", { zone: zone("drawn", 10) });
  const moved = request("zonePut", { zone: zone("b", 22) });
  const gone = request("zoneRemove", { zone: "c" as ZoneId });
  const first = [zone("a", 1), zone("b", 2), zone("c", 3), zone("d", 4)];
  assert.deepEqual(await after(first, drawn, moved, gone), ["a 1", "b 22", "d 4", "drawn 10"]);
  assert.deepEqual(await after(first), ["a 1", "b 22", "d 4", "drawn 10"], "the file is as it was");
  const second = [zone("a", 11), zone("b", 2), zone("c", 3), zone("e", 5)];
  assert.deepEqual(await after(second), ["a 11", "b 22", "drawn 10", "e 5"], "a was changed, d taken out, e added");
  assert.deepEqual(await after(second), ["a 11", "b 22", "drawn 10", "e 5"]);
});

test("a site whose record had to be set aside says in its alerts that what stood before is gone", async (t) => {
  const dir = temporaryDir(t);
  const first = await startTestSite(dir);
  await until(() => first.site.frame());
  assert.deepEqual(
    first.site.frame()?.alerts.filter(({ kind }) => kind === "stateLost"),
    [],
  );
  await first.site.stop();
  rmSync(join(dir, "journal", "site-key.pem"));
  const second = await startTestSite(dir);
  t.after(() => second.site.stop());
  const alert = await until(() => second.site.frame()?.alerts.find(({ kind }) => kind === "stateLost"));
  assert.equal(alert.reasons[0]?.code, "reason.stateLostAll");
});

test("one exercise feed makes no drill of a site that live feeds reach; a site of nothing but drills is one", async (t) => {
  const realityWith = async (...realities: Reality[]) => {
    const feeds = CONFIGURATION.feeds.map((feed, index) => ({ ...feed, reality: realities[index] ?? "live" }));
    const { site } = await startTestSite(temporaryDir(t), { ...CONFIGURATION, feeds });
    const { reality } = site.surroundings();
    await site.stop();
    return reality;
  };
  assert.equal(await realityWith("exercise", "live", "live"), "live");
  assert.equal(await realityWith("exercise", "simulated", "replay"), "exercise");
});
