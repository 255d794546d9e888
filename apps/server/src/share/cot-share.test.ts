import assert from "node:assert/strict";
import { test } from "node:test";
import { type CotEvent, deletedUids, encodeTakPayload, formatXmlEvent, readDetail } from "@picket/cot";
import { type Reality, Reality as RealitySchema, type SensorId } from "@picket/model";
import { ANA, alert, heldShare, NOW_MS, track } from "./share.fixture.ts";

const PEER: string = "@tak-ps/node-cot";
type Parser = Readonly<{ CoTParser: Readonly<{ from_xml(xml: string): unknown; from_proto(payload: Uint8Array): unknown }> }>;
const peer = (await import(PEER).catch(() => undefined)) as Parser | undefined;

const remarksOf = (event: CotEvent | undefined): string => readDetail(event?.detail ?? []).remarks?.text ?? "";
const nameOf = (event: CotEvent | undefined): string => readDetail(event?.detail ?? []).contact?.callsign ?? "";
const uidsOf = (events: readonly CotEvent[]): readonly string[] => events.map(({ uid }) => uid);

test("nothing personal leaves without a word of the configuration", () => {
  const events = heldShare().take({ tracks: [track()], alerts: [alert()], persons: [ANA] });
  assert.deepEqual(uidsOf(events), ["picket-north-gate-a3-1-9-1-1", "picket-north-gate-t3-7"]);
  const sent = events.map(formatXmlEvent).join("");
  for (const secret of ["SERIAL-1", "OPERATOR-1", "Roof survey", "Ana", "32.56,", "-117.05", "Reyes"])
    assert.ok(!sent.includes(secret), secret);
});

test("what only another system tells of is not sent on; what our own sensors see too is", () => {
  const share = () => heldShare({}, "live", new Set(["tak" as SensorId]));
  const theirs = { sensor: "tak" as SensorId, lastMs: NOW_MS, hits: 3 };
  assert.deepEqual(share().take({ tracks: [track({ contributions: [theirs] })] }), []);
  const both = track({ contributions: [theirs, ...track().contributions] });
  assert.equal(share().take({ tracks: [both] }).length, 1);
});

test("each personal field goes out when it is named, and no other with it", () => {
  const release = (over: object) =>
    heldShare({ release: over })
      .take({ tracks: [track()], persons: [ANA] })
      .map(formatXmlEvent)
      .join("");
  const identity = release({ fields: ["identity"] });
  assert.match(identity, /Broadcasts SERIAL-1 \(not borne out\)/);
  assert.doesNotMatch(identity, /OPERATOR-1|Roof survey|-117\.05|Ana/);
  assert.match(release({ fields: ["identity", "operatorId"] }), /OPERATOR-1/);
  assert.match(release({ fields: ["identity", "selfId"] }), /Roof survey/);
  const place = release({ fields: ["identity", "operatorPlace"] });
  assert.match(place, /uid="picket-north-gate-t3-7-operator" type="b-m-p-s-m"/);
  assert.match(place, /lon="-117\.05"/);
  const persons = release({ persons: true });
  assert.match(persons, /uid="picket-north-gate-person-ana" type="a-f-G-U-C"/);
  assert.match(persons, /Predicted to pass 20 m from Ana/);
  assert.doesNotMatch(persons, /SERIAL-1/);
});

test("a partner gets the realities and zones that are released, and no others", () => {
  const sim = track({ id: "t3-8" as never, reality: "simulated" });
  const far = track({ id: "t3-9" as never, assessment: { ...track().assessment, zones: [] } });
  const tracks = [track(), sim, far];
  const alerts = [alert(), alert({ id: "a3-2" as never, zone: "dock" as never })];
  assert.deepEqual(uidsOf(heldShare({ release: { alerts: false } }).take({ tracks, alerts })), [
    "picket-north-gate-t3-7",
    "picket-north-gate-t3-9",
  ]);
  assert.deepEqual(uidsOf(heldShare({ release: { zones: ["yard" as never] } }).take({ tracks, alerts })), [
    "picket-north-gate-a3-1-9-1-1",
    "picket-north-gate-t3-7",
  ]);
  assert.deepEqual(uidsOf(heldShare({ release: { realities: ["simulated"] } }).take({ tracks, alerts })), [
    "picket-north-gate-t3-8",
  ]);
});

const REALITIES = (RealitySchema as unknown as { enum: readonly Reality[] }).enum.filter((reality) => reality !== "live");

for (const reality of REALITIES)
  test(`no message of what is ${reality} reads as actual, from its beginning to its end`, () => {
    for (const language of ["en", "es"] as const) {
      const share = heldShare({ release: { realities: [reality] }, cot: { language } });
      const given = { tracks: [track({ reality })], alerts: [alert({ reality })] };
      const events = [...share.take(given), ...share.take({ nowMs: NOW_MS + 1500 }), ...share.take({ nowMs: NOW_MS + 3000 })];
      assert.ok(events.length >= 5);
      for (const event of events) {
        assert.match(event.opex ?? "", reality === "exercise" ? /^e/ : /^s/, event.uid);
        assert.ok(!event.type.startsWith("b-a"), "no client sounds it");
        if (deletedUids(event).length > 0) continue;
        assert.match(nameOf(event), /^(EXERCISE|SIMULATED|REPLAY|TEST|EJERCICIO|SIMULADO|REPETICIÓN|PRUEBA) /);
        assert.match(remarksOf(event), /^[A-ZÓÁÉÍ ,]+\./);
        assert.match(event.how ?? "", reality === "exercise" ? /^m-f$/ : /^m-s$/);
      }
    }
  });

test("a track at 10 Hz for ten minutes costs a client one marker and at most one message a second", () => {
  const share = heldShare();
  const perSecond = new Map<number, number>();
  const uids = new Set<string>();
  for (let i = 0; i < 6000; i++) {
    const nowMs = NOW_MS + 100 * i;
    for (const { uid, timeMs } of share.take({ nowMs, tracks: [track({ nowMs, measuredMs: nowMs - 20 })] })) {
      uids.add(uid);
      perSecond.set(Math.floor((timeMs - NOW_MS) / 1000), (perSecond.get(Math.floor((timeMs - NOW_MS) / 1000)) ?? 0) + 1);
    }
  }
  assert.deepEqual([...uids], ["picket-north-gate-t3-7"]);
  assert.equal(perSecond.size, 600);
  assert.ok([...perSecond.values()].every((count) => count === 1));
  assert.equal(share.monitor.health().sent, 600);
});

test("what nobody measured anew is renewed before it is stale, and no more often", () => {
  const share = heldShare();
  const times: number[] = [];
  for (let i = 0; i <= 300; i++)
    times.push(...share.take({ nowMs: NOW_MS + 100 * i, tracks: [track()] }).map(({ timeMs }) => timeMs - NOW_MS));
  assert.deepEqual(times, [0, 6700, 13_400, 20_100, 26_800]);
});

test("a marker is taken off when its track ends: stale at once and deleted, not sooner than a second after its last message", () => {
  const share = heldShare();
  const [marker] = share.take({ tracks: [track()] });
  assert.deepEqual(share.take({ nowMs: NOW_MS + 900 }), []);
  const [stale, deletion, ...others] = share.take({ nowMs: NOW_MS + 1000 });
  assert.ok(marker && stale && deletion && others.length === 0);
  assert.deepEqual([stale.uid, stale.staleMs], [marker.uid, NOW_MS + 1000]);
  assert.deepEqual(deletedUids(deletion), [marker.uid]);
  assert.deepEqual(share.take({ nowMs: NOW_MS + 5000 }), []);
});

test("what a line cannot take waits as the newest word of each thing, and what ended meanwhile is not shown at all", () => {
  const share = heldShare();
  share.full(true);
  assert.deepEqual(share.take({ tracks: [track(), track({ id: "t3-8" as never })] }), []);
  assert.equal(share.monitor.health().waiting, 2);
  share.take({ nowMs: NOW_MS + 500, tracks: [track({ latDeg: 32.6 })] });
  share.full(false);
  const events = share.take({ nowMs: NOW_MS + 600, tracks: [track({ latDeg: 32.7 })] });
  assert.deepEqual(
    events.map(({ uid, point }) => [uid, point.latDeg]),
    [["picket-north-gate-t3-7", 32.7]],
  );
});

test("more things than there is room for are dropped and counted, and an alert goes before them", () => {
  const share = heldShare();
  share.full(true);
  const tracks = Array.from({ length: 2100 }, (_, i) => track({ id: `t3-${i}` as never }));
  share.take({ tracks });
  share.take({ nowMs: NOW_MS + 100, tracks, alerts: [alert()] });
  const { waiting, dropped } = share.monitor.health();
  assert.equal(waiting, 2000);
  assert.equal(dropped["no-room"], 100 + 1 + 101);
  share.full(false);
  assert.equal(share.take({ nowMs: NOW_MS + 200, tracks, alerts: [alert()] })[0]?.type, "b-a-g");
});

test("an alert of a live zone is sounded, renewed while it stands, and cancelled in words that are no all-clear", () => {
  const share = heldShare();
  const [raised] = share.take({ alerts: [alert()] });
  assert.ok(raised);
  assert.equal(raised.type, "b-a-g");
  assert.equal(nameOf(raised), "Drone inside Yard-Alert");
  assert.equal(readDetail(raised.detail).emergency?.kind, "Geo-fence Breached");
  assert.match(
    remarksOf(raised),
    /Drone inside Yard\. North gate, alert a3-1, level Critical\. Tracks: t3-7\. Not engagement quality\. It is inside Yard\./,
  );
  assert.equal(share.take({ nowMs: NOW_MS + 7000, alerts: [alert()] }).length, 1, "renewed");
  const [ended] = share.take({ nowMs: NOW_MS + 9000, alerts: [alert({ state: "returnedUnacknowledged" })] });
  assert.equal(ended?.type, "b-a-o-can");
  assert.equal(ended.uid, raised.uid);
  assert.equal(readDetail(ended.detail).emergency?.isCancel, true);
  assert.match(remarksOf(ended), /no all-clear/);
});

test("an alarm that ended around a restart is cancelled once, for clients keep it until then", () => {
  const share = heldShare();
  const ended = alert({ state: "returnedUnacknowledged" });
  assert.deepEqual(
    share.take({ alerts: [ended] }).map(({ uid, type }) => [uid, type]),
    [["picket-north-gate-a3-1-9-1-1", "b-a-o-can"]],
  );
  assert.deepEqual(share.take({ nowMs: NOW_MS + 5000, alerts: [ended] }), []);
});

test("an alert that is not grave is a named point that nobody sounds; when it rises, the point makes way for the alarm", () => {
  const share = heldShare();
  const [point] = share.take({ alerts: [alert({ level: "caution" })] });
  assert.deepEqual([point?.type, nameOf(point)], ["b-m-p-s-m", "Drone inside Yard"]);
  const events = share.take({ nowMs: NOW_MS + 1000, alerts: [alert({ revision: 2 })] });
  assert.deepEqual(
    events.map(({ uid, type }) => [uid, type]),
    [
      ["picket-north-gate-a3-1", "b-m-p-s-m"],
      ["picket-north-gate-a3-1-delete", "t-x-d-d"],
      ["picket-north-gate-a3-1-9-1-1", "b-a-g"],
    ],
  );
  assert.equal(events[0]?.staleMs, NOW_MS + 1000);
  const [cancel, again] = share.take({ nowMs: NOW_MS + 2000, alerts: [alert({ level: "caution", revision: 3 })] });
  assert.deepEqual([cancel?.type, again?.type], ["b-a-o-can", "b-m-p-s-m"]);
});

test("what is heard and nobody can place is told without persons, unless only some zones are released", () => {
  const heard = alert({
    kind: "possibleDrone",
    level: "caution",
    title: { code: "alert.heardUnplaced", params: { sensor: "Ears" } },
  });
  const { zone: _none, ...unplaced } = heard;
  assert.equal(nameOf(heldShare().take({ alerts: [unplaced] })[0]), "Heard by Ears, place unknown");
  assert.deepEqual(heldShare({ release: { zones: ["yard" as never] } }).take({ alerts: [unplaced] }), []);
  assert.deepEqual(
    heldShare().take({ alerts: [{ ...unplaced, person: "ana" as never }] }),
    [],
    "of a person it is that person's",
  );
});

test("a swarm's messages are spread over the second, none waits longer, and an alert goes before them", () => {
  const share = heldShare();
  const tracks = Array.from({ length: 700 }, (_, i) => track({ id: `t3-${i}` as never }));
  const counts = Array.from({ length: 5 }, (_, i) => share.take({ nowMs: NOW_MS + 200 * i, tracks }).length);
  assert.deepEqual(counts, [200, 200, 200, 100, 0]);
  const [first] = share.take({ nowMs: NOW_MS + 8000, tracks, alerts: [alert()] });
  assert.equal(first?.type, "b-a-g");
});

test("a person's warning goes out only where persons are released", () => {
  const threatened = alert({
    kind: "personThreatened",
    title: { code: "alert.personThreatened", params: { person: "Ana" } },
    person: "ana" as never,
  });
  assert.deepEqual(heldShare().take({ alerts: [threatened] }), []);
  const [event] = heldShare({ release: { persons: true } }).take({ alerts: [threatened] });
  assert.equal(event?.type, "b-a-o");
  assert.equal(nameOf(event), "Ana in danger: drone closing-Alert");
});

test("node-cot reads everything that is sent", { skip: peer ? false : `${PEER} is not installed` }, async () => {
  const release = { persons: true, unconfirmed: true, fields: ["identity", "selfId", "operatorId", "operatorPlace"] as const };
  const share = heldShare({ release: { ...release, fields: [...release.fields] } });
  const events = [
    ...share.take({ tracks: [track(), track({ id: "t3-8" as never, confirmed: false })], alerts: [alert()], persons: [ANA] }),
    ...share.take({ nowMs: NOW_MS + 2000 }),
  ];
  assert.ok(events.length > 8);
  for (const event of events) {
    await peer?.CoTParser.from_xml(formatXmlEvent(event));
    await peer?.CoTParser.from_proto(encodeTakPayload({ event }));
  }
});
