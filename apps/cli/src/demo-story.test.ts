import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alert, AssessedTrack, IdentityClaim, Input, SensorState, Warning } from "@picket/model";
import { createPipeline } from "@picket/pipeline";
import { createSimulation, demoFeeds, demoScenario, demoSite } from "@picket/sim";
import { createTranslator } from "@picket/translate";

const START_MS = Date.UTC(2026, 8, 21, 20);
const END_S = 660;
const TICK_MS = 250;

type Seen = Readonly<{
  s: number;
  tracks: readonly AssessedTrack[];
  alerts: readonly Alert[];
  warnings: readonly Warning[];
  sensors: readonly SensorState[];
}>;

/** The demonstration's bytes through translators and pipeline, as a site would take them, without waiting for the clock. */
function play(seed: string): { frames: Seen[]; rejected: number; impactS: number } {
  const site = demoSite();
  const simulation = createSimulation(demoScenario(), seed, START_MS);
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const translators = new Map(
    demoFeeds.map(({ id, protocol, reality, sensor: own }) => {
      const sensor = site.sensors.find((candidate) => candidate.id === own);
      const framing = protocol === "sapient" ? "stream" : "datagram";
      const options = { feed: id, protocol, reality, sensors: site.sensors, framing } as const;
      return [id, createTranslator({ ...options, ...(sensor && { sensor }) })];
    }),
  );
  const frames: Seen[] = [];
  let rejected = 0;
  let impactS = 0;
  for (let ms = 0; ms <= END_S * 1000; ms += TICK_MS) {
    const nowMs = START_MS + ms;
    const inputs: Input[] = [];
    for (const { feed, bytes, atMs, from } of simulation.step(nowMs)) {
      const translated = translators.get(feed)?.bytes(bytes, atMs, from, frames.length);
      inputs.push(...(translated?.inputs ?? []));
      rejected += translated?.rejected.length ?? 0;
    }
    const { tracks, alerts, warnings, sensors } = pipeline.tick(inputs, nowMs);
    frames.push({ s: ms / 1000, tracks, alerts, warnings, sensors });
    if (simulation.truth(nowMs).some(({ id }) => id === "fpv")) impactS = ms / 1000;
  }
  return { frames, rejected, impactS };
}

const isTold =
  (kind: IdentityClaim["kind"], value: string) =>
  ({ identities }: AssessedTrack): boolean =>
    identities.some(({ claim }) => claim.kind === kind && claim.value === value);

test("in ten minutes the demonstration shows an operator each thing it promises", () => {
  const { frames, rejected, impactS } = play("2");
  const firstS = (holds: (frame: Seen) => boolean) => frames.find(holds)?.s ?? Number.POSITIVE_INFINITY;
  const alertAt = (holds: (alert: Alert) => boolean) => firstS(({ alerts }) => alerts.some(holds));
  const within = (what: string, value: number, from: number, to: number) =>
    assert.ok(value >= from && value <= to, `${what} after ${value} s, expected ${from} to ${to} s`);

  assert.equal(rejected, 0, "not one byte is refused");
  const silent = frames.flatMap(({ alerts }) => alerts.filter(({ kind }) => kind === "sensorSilent"));
  assert.deepEqual([...new Set(silent.map(({ sensor }) => sensor))], [], "no sensor is ever silent");
  assert.ok(
    frames.every(({ s, sensors }) => s < 5 || sensors.every(({ state }) => state === "watching")),
    "after five seconds every sensor has been heard",
  );
  within(
    "first track",
    firstS(({ tracks }) => tracks.some(({ confirmed }) => confirmed)),
    0,
    5,
  );
  within(
    "first alert",
    alertAt(() => true),
    0,
    60,
  );
  within(
    "the reconnaissance flight enters the border zone",
    alertAt(({ kind, zone }) => kind === "zoneEntry" && zone === "border"),
    10,
    60,
  );
  within(
    "a permitted flight",
    firstS(({ tracks }) => tracks.some(({ authorisation }) => authorisation !== undefined)),
    80,
    180,
  );
  const airlinerS = firstS(({ tracks }) => tracks.some(isTold("icao", "F00290")));
  within("the airliner by what its transponder tells", airlinerS, 290, 310);
  const hobbyS = firstS(({ tracks }) => tracks.some(isTold("serial", "TESTA0000000057")));
  within("the hobby drone by what it broadcasts", hobbyS, 5, 30);
  within(
    "a false Remote ID",
    alertAt(({ kind }) => kind === "remoteIdContradicted"),
    350,
    420,
  );
  const runs = ({ person, level, raisedMs }: Warning) =>
    person === "levee-post" && level === "critical" && raisedMs > START_MS + 405_000;
  const warnedS = firstS(({ warnings }) => warnings.some(runs));
  assert.ok(warnedS < impactS - 4, `the post on the levee is warned at ${warnedS} s of what arrives at ${impactS} s`);
  const drawn = Math.max(
    ...frames.filter(({ s }) => s > 500).map(({ tracks }) => tracks.filter(({ confirmed }) => confirmed).length),
  );
  assert.ok(drawn >= 36, `${drawn} of a swarm of forty are drawn`);
  within(
    "the swarm enters the port of entry",
    alertAt(({ kind, zone, tracks }) => kind === "zoneEntry" && zone === "port-of-entry" && tracks.length > 20),
    500,
    555,
  );

  const flyingAt = (atS: number) => frames.find(({ s }) => s === atS)?.tracks.filter(({ confirmed }) => confirmed).length ?? 0;
  assert.ok(
    flyingAt(60) >= 6 && flyingAt(660) >= 6,
    `a minute into the second round ${flyingAt(660)} tracks fly, ${flyingAt(60)} did in the first`,
  );
  assert.ok(
    frames.every(({ tracks, alerts, warnings }) =>
      [...tracks, ...alerts, ...warnings].every(({ reality }) => reality === "simulated"),
    ),
    "nothing of it reads as real",
  );
});
