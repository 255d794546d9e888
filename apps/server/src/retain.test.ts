import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openJournalReader } from "./record/journal-reader.ts";
import { retainPeriodically, retentionPolicy } from "./retain.ts";
import { boot, CONFIGURATION, lookAt, named, RADAR, request, temporaryDir } from "./site.fixture.ts";

const DAY_MS = 86_400_000;
const START_MS = 1_700_000_000_000;
const daysOf = (configuration: typeof CONFIGURATION, label: string): number => {
  const rule = retentionPolicy(configuration, START_MS).rules.find(({ retention }) => retention === label);
  return (START_MS - (rule?.beforeMs ?? Number.NaN)) / DAY_MS;
};

test("raw input is kept thirty days, people's own places seven, and what plays them again no longer than these", () => {
  assert.deepEqual(
    ["bytes", "person-position", "command", "snapshot"].map((label) => daysOf(CONFIGURATION, label)),
    [30, 7, 180, 7],
  );
  const persons = CONFIGURATION.site.persons.filter(({ fixed }) => fixed);
  const noPhones = { ...CONFIGURATION, site: { ...CONFIGURATION.site, persons } };
  assert.equal(daysOf(noPhones, "snapshot"), 30);
  const short = { ...noPhones, server: { retention: { rawDays: 2, historyDays: 10 } } };
  assert.deepEqual(
    ["bytes", "mark", "snapshot", "alert"].map((label) => daysOf(short, label)),
    [2, 2, 2, 10],
  );
});

test("a place that a phone reported is erased under its own rule, its command's leaf stays, and a hold keeps it", async (t) => {
  const dir = temporaryDir(t);
  const site = await boot(dir, START_MS);
  const position = request("personPosition", {
    person: "ben" as never,
    latDeg: 32.55,
    lonDeg: -117.04,
    sigmaM: 5,
    measuredMs: START_MS,
  });
  site.decider.command(named(position, "ben", START_MS));
  site.decider.command(named(request("zoneRemove", { zone: "yard" as never }), "Reyes", START_MS));
  site.decider.bytes(RADAR, Buffer.from(lookAt(2000)), START_MS, "test");
  site.decider.seal(START_MS + 100);

  const holds = [{ from: "2023-11-14", to: "2023-11-16", by: "Reyes", reason: "inquiry", review: "2024-01-01" }];
  const held = { ...CONFIGURATION, server: { retention: { holds } } };
  assert.deepEqual(await site.journal.retain(retentionPolicy(held, START_MS + 8 * DAY_MS)), []);
  const erasures = await site.journal.retain(retentionPolicy(CONFIGURATION, START_MS + 8 * DAY_MS));
  assert.deepEqual(erasures.map(({ retention }) => retention).sort(), ["person-position", "snapshot"]);
  await site.journal.close();

  const reader = openJournalReader(`${dir}/journal`);
  t.after(() => reader.close());
  const entries = [...reader.entries({ fromSequence: 1 })];
  assert.equal(entries.find(({ retention }) => retention === "person-position")?.entry, undefined);
  assert.ok(
    entries.some(({ entry }) => entry?.kind === "command"),
    "the other command stays",
  );
  assert.ok(reader.verify().ok);
});

test("retention runs again and again, a failure is said and does not end it", async () => {
  let runs = 0;
  const said: string[] = [];
  const stop = retainPeriodically(
    async () => {
      if (++runs === 2) throw new Error("disk in the way");
    },
    (why) => void said.push(why),
    { firstMs: 1, everyMs: 1 },
  );
  while (runs < 4) await sleep(2);
  stop();
  const after = runs;
  await sleep(10);
  assert.equal(runs, after);
  assert.deepEqual(said, ["disk in the way"]);
});
