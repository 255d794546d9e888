import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrackId } from "@picket/model";
import { broadcast, receiver } from "../assess/own-word.fixture.ts";
import { createPipeline } from "../pipeline.ts";
import { decodeState, encodeState } from "../snapshot.ts";
import type { Tracked } from "../track/tracked.ts";
import { type Flyer, noise, radar, radarScan, START_MS, smallSite } from "../world.fixture.ts";
import { type ClaimLedger, newLedger } from "./claim-ledger.ts";
import { newRecord, notePlace, STRANGER_LLR } from "./claim-record.ts";
import { tellApart } from "./tell-apart.ts";
import { PLOT, type Trails } from "./trails.ts";

/** So many false broadcasts, each with a drone that circles about the told place: drift leaves it open, the whole flight shows a stranger. */
const PAIRS = 50;
const idOf = (k: number): TrackId => `t1-${k}` as TrackId;
type World = Readonly<{ ledger: ClaimLedger; trails: Trails; tracks: readonly Tracked[] }>;

/** Told and seen for eleven seconds. */
function world(): World {
  const random = noise(1);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const ledger = newLedger();
  const trails: Trails = new Map();
  for (let k = 0; k < PAIRS; k++) {
    const record = newRecord("live", START_MS);
    const trail: number[] = [];
    for (let tS = 0; tS <= 11; tS++) {
      const [east, north] = [10 * tS + 3000 * (k % 10), 3000 * Math.floor(k / 10)];
      const when = { measuredMs: START_MS + 1000 * tS, receivedMs: START_MS + 1000 * tS };
      const height = { upM: 80, upSigmaM: 10, heightKnown: true };
      const place = { eastM: east + 3 * normal(), northM: north + 3 * normal(), eastMps: 0, northMps: 0, sigmaM: 5 };
      notePlace(record, { sensor: receiver.id, ...when, ...height, ...place, hits: 1 }, false);
      const [seenE, seenN] = [east + 45 * Math.sin(tS / 2), north + 45 * Math.cos(tS / 2)];
      trail.push(when.measuredMs, seenE + 20 * normal(), seenN + 8 * normal(), 400, 0, 64, 1);
    }
    ledger.records.set(`live serial:${k}`, record);
    trails.set(idOf(k), trail);
  }
  const tracks = [...trails].map(([id, trail]): Tracked => {
    const [, eastM = 0, northM = 0] = trail.slice(-PLOT);
    const state = { posEnuM: [eastM, northM, 80], velEnuMps: [10, 0, 0], confirmed: true, existence: 1 };
    return { id, reality: "live", state } as unknown as Tracked;
  });
  return { ledger, trails, tracks };
}

/** All are heard again, in another order, and compared. */
function compareOnce({ ledger, trails, tracks }: World, tick: number): void {
  const turned = [...ledger.records].map((_, k, all) => all[(k + 7 * tick) % all.length] as (typeof all)[number]);
  ledger.records.clear();
  for (const [key, record] of turned) ledger.records.set(key, record);
  tellApart(ledger, trails, tracks, START_MS + 1000 * (20 + tick));
}

const strangersOf = ({ records }: ClaimLedger): ReadonlySet<TrackId> =>
  new Set([...records.values()].flatMap(({ near }) => [...near].flatMap(([id, llr]) => (llr <= STRANGER_LLR ? [id] : []))));

test("fifty pairs that need it all have their flights compared within three seconds, and no verdict is taken back meanwhile", () => {
  const all = world();
  let before: ReadonlySet<TrackId> = new Set();
  for (let tick = 0; tick < 12; tick++) {
    compareOnce(all, tick);
    const now = strangersOf(all.ledger);
    for (const id of before) assert.ok(now.has(id), `${id} was a stranger until ${tick} s`);
    before = now;
    if (tick === 0) assert.ok(now.size < PAIRS - 20, `${now.size} at once`);
    if (tick >= 2) assert.equal(now.size, PAIRS - 1, "the drift of one is a sender's");
  }
});

test("whose turn it is goes on from a snapshot", () => {
  const whole = world();
  let restored = world();
  for (let tick = 0; tick < 5; tick++) {
    compareOnce(whole, tick);
    compareOnce(restored, tick);
    restored = decodeState(encodeState(restored)) as World;
    assert.deepEqual(restored, whole, `after ${tick} s`);
  }
});

test("what a flight said ends when something else comes near the object, and with it", () => {
  const { ledger, trails, tracks } = world();
  for (let tick = 0; tick < 3; tick++) compareOnce({ ledger, trails, tracks }, tick);
  trails.get(idOf(7))?.splice(-1, 1, 0);
  compareOnce({ ledger, trails, tracks }, 3);
  assert.ok(!strangersOf(ledger).has(idOf(7)));
  assert.equal(ledger.records.get("live serial:7")?.flown.size, 0);
  compareOnce({ ledger, trails, tracks: tracks.slice(8) }, 4);
  assert.equal(ledger.records.get("live serial:6")?.flown.size, 0);
  assert.equal(ledger.records.get("live serial:8")?.flown.size, 1);
});

test("a site with thirty false broadcasts that is restored now and then leaves the same snapshots, byte for byte", () => {
  const site = smallSite({ sensors: [radar, receiver] });
  const [random, again] = [noise(3), noise(3)];
  const flyers = Array.from(
    { length: 30 },
    (_, k): Flyer =>
      (tS) => [
        -3000 + 1000 * (k % 6) + 45 * Math.sin(tS / 2),
        1500 + 1000 * Math.floor(k / 6) - 10 * tS + 45 * Math.cos(tS / 2),
        90,
      ],
  );
  const inputs = (tS: number, noisy: () => number) => [
    radarScan(tS, flyers, noisy),
    ...flyers.map((_, k) =>
      broadcast([-3000 + 1000 * (k % 6), 1500 + 1000 * Math.floor(k / 6) - 10 * tS, 90], tS, {
        serial: `1581F45T7FALSE${k}`,
        transmitter: `aa:${k}`,
      }),
    ),
  ];
  const whole = createPipeline(site, { bootNumber: 1 });
  let restored = createPipeline(site, { bootNumber: 1 });
  for (let tS = 0; tS < 24; tS++) {
    const nowMs = START_MS + tS * 1000 + 100;
    assert.deepEqual(restored.tick(inputs(tS, again), nowMs), whole.tick(inputs(tS, random), nowMs));
    if (tS % 4 !== 3) continue;
    const snapshot = whole.snapshot();
    assert.equal(Buffer.compare(restored.snapshot(), snapshot), 0, `after ${tS} s`);
    restored = createPipeline(site, { bootNumber: 1 }, snapshot);
  }
});
