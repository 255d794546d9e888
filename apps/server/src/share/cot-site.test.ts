import assert from "node:assert/strict";
import { test } from "node:test";
import { type CotDetail, type CotEvent, deletedUids, encodeTakPayload, formatXmlEvent, readDetail } from "@picket/cot";
import type { Sensor, SensorState, Site, Zone } from "@picket/model";
import { alert, type HeldShare, heldShare, NOW_MS, SITE, track } from "./share.fixture.ts";

const PEER: string = "@tak-ps/node-cot";
type Drawn = Readonly<{
  geometry: Readonly<{ type: string; coordinates: unknown }>;
  properties: Readonly<Record<string, unknown>>;
}>;
type Parser = Readonly<{
  from_xml(xml: string): unknown;
  from_proto(payload: Uint8Array): unknown;
  to_geojson(event: unknown): Drawn | Promise<Drawn>;
}>;
const peer = (await import(PEER).catch(() => undefined)) as Readonly<{ CoTParser: Parser }> | undefined;

const ring = (halfDeg: number): [number, number][] => [
  [-117.04 - halfDeg, 32.55 - halfDeg],
  [-117.04 + halfDeg, 32.55 - halfDeg],
  [-117.04 + halfDeg, 32.55 + halfDeg],
  [-117.04 - halfDeg, 32.55 + halfDeg],
  [-117.04 - halfDeg, 32.55 - halfDeg],
];
const zone = (id: string, shape: Zone["shape"], over: Partial<Zone> = {}): Zone =>
  ({ id, name: `The ${id}`, purpose: "protected", shape, entryLevel: "critical", ...over }) as Zone;
const YARD = zone(
  "yard",
  { kind: "polygon", rings: [ring(0.01), ring(0.002)] },
  { ceiling: { valueM: 120, sigmaM: 0, reference: "agl" } },
);
const PAD = zone("pad", { kind: "circle", centre: { latDeg: 32.56, lonDeg: -117.02 }, radiusM: 400 }, { purpose: "watched" });
const FENCE = zone("fence", {
  kind: "corridor",
  line: [
    [-117.06, 32.54],
    [-117.04, 32.54],
    [-117.04, 32.56],
  ],
  halfWidthM: 200,
});

const EYE = { ...SITE.sensors[0], id: "eye", name: "Eye", kind: "camera", azimuthFromDeg: 300, azimuthToDeg: 60 } as Sensor;
const EARS = { ...SITE.sensors[0], id: "ears", name: "Ears", kind: "remoteId", rangeMaxM: 2000 } as Sensor;
const OWN: Site = { ...SITE, zones: [YARD, PAD, FENCE], sensors: [...SITE.sensors, EYE, EARS] };
const state = (id: string, over: Partial<SensorState> = {}): SensorState =>
  ({ id, state: "watching", looks: 1, detections: 0, clockBad: false, lastHeardMs: NOW_MS - 500, ...over }) as SensorState;
const STATES = [state("radar"), state("eye"), state("ears")];
const ALL = { sensors: true, outlines: true };

const detailOf = (event: CotEvent | undefined): CotDetail => readDetail(event?.detail ?? []);
const nameOf = (event: CotEvent | undefined): string => detailOf(event).contact?.callsign ?? "";
const textOf = (event: CotEvent | undefined): string => detailOf(event).remarks?.text ?? "";
const find = (events: readonly CotEvent[], thing: string) => events.find(({ uid }) => uid === `picket-north-gate-${thing}`);
const things = (events: readonly CotEvent[]) => events.map(({ uid }) => uid.replace("picket-north-gate-", "")).sort();
const FIRST = ["sensor-ears", "sensor-eye", "sensor-radar", "zone-fence", "zone-pad", "zone-yard", "zone-yard-hole-2"];

test("neither sensors nor outlines of zones go out until they are released, and then those of the zones that are", () => {
  const sent = (release: object) => things(heldShare({ release }).take({ sensors: STATES }, OWN));
  assert.deepEqual(sent({}), []);
  assert.deepEqual(sent({ sensors: true }), FIRST.slice(0, 3));
  assert.deepEqual(sent({ outlines: true }), FIRST.slice(3));
  assert.deepEqual(sent({ outlines: true, zones: ["pad"] }), ["zone-pad"]);
  assert.deepEqual(sent({ ...ALL, realities: ["exercise"] }), []);
});

test("a sensor is own equipment where it stands, with what it covers; one whose silence proves nothing covers nothing", () => {
  const events = heldShare({ release: ALL }).take({ sensors: STATES }, OWN);
  const [radar, eye, ears] = ["radar", "eye", "ears"].map((id) => find(events, `sensor-${id}`));
  assert.deepEqual([radar?.type, eye?.type, ears?.type], ["a-f-G-E-S-R", "a-f-G-E-S", "a-f-G-E-S"]);
  assert.deepEqual([radar?.how, radar?.opex, radar?.point], ["h-e", "o", { latDeg: 32.55, lonDeg: -117.04 }]);
  assert.equal(nameOf(radar), "Radar <east>");
  const { azimuthDeg, fieldOfViewDeg, rangeM, model, fill } = detailOf(radar).sensor ?? {};
  assert.deepEqual([azimuthDeg, fieldOfViewDeg, rangeM, model], [0, 360, 5000, "radar"]);
  assert.ok(fill && fill.green > fill.red);
  assert.deepEqual([detailOf(eye).sensor?.azimuthDeg, detailOf(eye).sensor?.fieldOfViewDeg], [0, 120], "across north");
  assert.deepEqual([detailOf(ears).sensor?.rangeM, detailOf(ears).sensor?.azimuthDeg], [undefined, undefined]);
  assert.match(
    textOf(radar),
    /^North gate, sensor Radar <east>\. Kind: radar\. It works\. Sees a small drone up to 5\.00 km away, terrain not considered\.$/,
  );
  assert.match(textOf(ears), /its silence proves nothing\.$/);
});

test("a sensor that is silent, was never heard, works badly or whose clock is wrong says at once that nobody watches there", () => {
  const share = heldShare({ release: ALL });
  const said = (nowMs: number, over: Partial<SensorState>) => {
    const sensors = [state("radar", over), state("eye"), state("ears")];
    return find(share.take({ nowMs, sensors }, OWN), "sensor-radar");
  };
  assert.equal(nameOf(said(NOW_MS, {})), "Radar <east>");
  for (const [index, [over, words]] of (
    [
      [{ state: "silent", lastHeardMs: NOW_MS - 9500 }, /Silent for 1\d s\. What it covers is NOT WATCHED\./],
      [{ state: "neverHeard" }, /Nothing was heard of it yet\. What it covers is NOT WATCHED\./],
      [{ state: "degraded", detail: "antenna stuck" }, /It works badly: antenna stuck\. What it covers is NOT WATCHED\./],
      [{ clockBad: true }, /Its clock is wrong\. What it covers is NOT WATCHED\./],
    ] as const
  ).entries()) {
    const event = said(NOW_MS + 1000 * (index + 1), over);
    assert.equal(nameOf(event), "Radar <east>: NOT WATCHED");
    assert.match(textOf(event), words);
    const { fill, rangeM } = detailOf(event).sensor ?? {};
    assert.ok(fill && fill.red > fill.green && rangeM === 5000, "TAK keeps a field of view that is told no more");
  }
  assert.equal(nameOf(said(NOW_MS + 5000, {})), "Radar <east>");
  const deaf = heldShare({ release: ALL }).take({ sensors: [state("ears", { state: "silent" })] }, OWN);
  assert.equal(nameOf(find(deaf, "sensor-ears")), "Ears: NOT HEARD");
  assert.equal(nameOf(find(deaf, "sensor-radar")), "Radar <east>: NOT WATCHED", "of which nobody knows anything");
});

test("zones are drawn as people draw them on TAK, a hole as a drawing of its own, and nobody moves them by hand", () => {
  const events = heldShare({ release: ALL }).take({}, OWN);
  const [yard, hole, pad, fence] = ["zone-yard", "zone-yard-hole-2", "zone-pad", "zone-fence"].map((thing) =>
    find(events, thing),
  );
  assert.deepEqual([yard?.type, hole?.type, pad?.type, fence?.type], ["u-d-f", "u-d-f", "u-d-c-c", "u-d-f"]);
  assert.deepEqual(
    detailOf(yard).drawing?.outline,
    ring(0.01).map(([lonDeg, latDeg]) => ({ latDeg: Number(latDeg.toFixed(6)), lonDeg: Number(lonDeg.toFixed(6)) })),
  );
  assert.deepEqual(detailOf(pad).drawing?.ellipse, { majorM: 400, minorM: 400, angleDeg: 360 });
  const corridor = detailOf(fence).drawing?.outline ?? [];
  assert.deepEqual(corridor[0], corridor.at(-1));
  assert.ok(events.every((event) => detailOf(event).drawing?.isEditable !== true && !detailOf(event).isArchived));
  assert.deepEqual([nameOf(yard), nameOf(hole)], ["The yard", "Not in The yard"]);
  assert.deepEqual([detailOf(hole).drawing?.strokeStyle, detailOf(hole).drawing?.fillArgb], ["dashed", 0]);
  assert.equal(
    textOf(yard),
    "North gate, zone The yard (protected): alarms at level Critical. Up to 120 m above ground. Holes in it, drawn dashed: 1.",
  );
  assert.match(textOf(pad), /zone The pad \(watched\)/);
});

/** How often each thing is told in so many seconds of five looks each. */
function pace(share: HeldShare, seconds: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let look = 0; look < 5 * seconds; look++)
    for (const thing of things(share.take({ nowMs: NOW_MS + 200 * look, sensors: STATES }, OWN)))
      counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return counts;
}

test("what does not change is told seldom, always before it is stale", () => {
  const share = heldShare({ release: ALL });
  const counts = pace(share, 600);
  assert.deepEqual(
    FIRST.map((thing) => counts.get(thing)),
    [30, 30, 30, 10, 10, 10, 10],
    "a sensor every 20 s, a zone every minute",
  );
  for (const event of heldShare({ release: ALL }).take({ sensors: STATES }, OWN))
    assert.equal(event.staleMs - event.timeMs, event.type.startsWith("u-") ? 180_000 : 60_000);
});

test("a zone or sensor that goes is deleted, and a changed zone is drawn anew", () => {
  const share = heldShare({ release: ALL });
  share.take({ sensors: STATES }, OWN);
  const moved = zone("pad", { kind: "circle", centre: { latDeg: 32.57, lonDeg: -117.02 }, radiusM: 300 });
  const less = {
    ...OWN,
    zones: [{ ...YARD, shape: { kind: "polygon", rings: [ring(0.01)] } }, moved],
    sensors: [EYE, EARS],
  } as Site;
  const events = share.take({ nowMs: NOW_MS + 2000, sensors: STATES }, less);
  assert.deepEqual(
    events
      .flatMap(deletedUids)
      .map((uid) => uid.replace("picket-north-gate-", ""))
      .sort(),
    ["sensor-radar", "zone-fence", "zone-yard-hole-2"],
  );
  const pad = events.find(({ uid, type }) => uid.endsWith("zone-pad") && type === "u-d-c-c");
  assert.equal(pad?.point.latDeg, 32.57);
});

test("at a clean stop all is deleted but alerts, drawings first, and nothing is told after", () => {
  const share = heldShare({ release: ALL });
  const given = { sensors: STATES, tracks: [track()], alerts: [alert()] };
  share.take(given, OWN);
  const events = share.leave(NOW_MS + 100);
  const deleted = events.flatMap(deletedUids).map((uid) => uid.replace("picket-north-gate-", ""));
  assert.deepEqual([...deleted].sort(), [...FIRST, "t3-7"].sort());
  assert.ok(deleted.slice(0, 4).every((thing) => thing.startsWith("zone-")));
  assert.ok(
    events.every(({ type }) => !type.startsWith("b-a")),
    "that nobody tells of a danger any more does not end it",
  );
  assert.deepEqual(share.take({ ...given, nowMs: NOW_MS + 5000 }, OWN), []);
});

test("a partner that comes back is told of everything anew", () => {
  const share = heldShare({ release: ALL });
  share.take({ sensors: STATES }, OWN);
  share.close();
  share.open();
  assert.deepEqual(things(share.take({ nowMs: NOW_MS + 1100, sensors: STATES }, OWN)), FIRST);
});

test("of a drill's sensors and zones the name and the text say so first", () => {
  const release = { ...ALL, realities: ["simulated" as const] };
  const events = heldShare({ release }, "simulated").take({ sensors: [] }, OWN);
  assert.equal(events.length, FIRST.length);
  for (const event of events) {
    assert.match(nameOf(event), /^SIMULATED /);
    assert.match(textOf(event), /^SIMULATED, NOT REAL\. /);
    assert.deepEqual([event.opex, event.how], ["s", "m-s"]);
  }
  const rehearsed = { ...OWN, sensors: [{ ...EYE, reality: "exercise" as const }, EARS] } as Site;
  assert.deepEqual(things(heldShare({ release: { sensors: true } }).take({}, rehearsed)), ["sensor-ears"]);
});

test("node-cot reads sensors, zones and their deletes, and draws the same areas", {
  skip: peer ? false : `${PEER} is not installed`,
}, async () => {
  const parser = peer?.CoTParser ?? assert.fail("node-cot is there");
  const share = heldShare({ release: ALL });
  const events = [
    ...share.take({ sensors: [state("radar"), state("eye", { state: "silent" })] }, OWN),
    ...share.leave(NOW_MS + 10),
  ];
  assert.equal(events.length, 3 * FIRST.length);
  const drawn = new Map<string, Drawn>();
  for (const event of events) {
    await parser.from_proto(encodeTakPayload({ event }));
    const read = await parser.to_geojson(await parser.from_xml(formatXmlEvent(event)));
    if (!drawn.has(event.uid)) drawn.set(event.uid, read);
  }
  const area = (thing: string) => drawn.get(`picket-north-gate-${thing}`)?.geometry;
  assert.deepEqual(area("zone-yard"), {
    type: "Polygon",
    coordinates: [ring(0.01).map((corner) => corner.map((deg) => Number(deg.toFixed(6))))],
  });
  for (const thing of FIRST.filter((one) => one.startsWith("zone"))) assert.equal(area(thing)?.type, "Polygon", thing);
  const sensor = drawn.get("picket-north-gate-sensor-radar")?.properties["sensor"] as Record<string, unknown>;
  assert.deepEqual([sensor["azimuth"], sensor["fov"], sensor["range"]], [0, 360, 5000]);
});
