import assert from "node:assert/strict";
import { test } from "node:test";
import { Alert, type Frame, type Input, type Scan, validate } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { noise, radar, radarScan, START_MS, smallSite } from "../world.fixture.ts";
import { silentAfterMs } from "./sensors.ts";

/** Ticks once a second with what is heard in that second; answers the last frame. */
function listen(seconds: number, heard: (tS: number) => readonly Input[]): Frame {
  const pipeline = createPipeline(smallSite(), { bootNumber: 1 });
  const frames = Array.from({ length: seconds }, (_, tS) => pipeline.tick(heard(tS), START_MS + tS * 1000 + 60));
  return frames.at(-1) as Frame;
}
const look = (tS: number, more: Partial<Scan> = {}): Scan => ({ ...radarScan(tS, [], noise(1)), ...more });
const report = (tS: number, state: "working" | "degraded" | "failed", detail?: string): Input => ({
  kind: "sensorReport",
  sensor: radar.id,
  receivedMs: START_MS + tS * 1000,
  reality: "live",
  state,
  ...(detail !== undefined && { detail }),
});
const kindsOf = ({ alerts }: Frame) => alerts.map(({ kind }) => kind);

test("a radar that says it works but looks at nothing is silent", () => {
  const frame = listen(30, (tS) => [...(tS < 10 ? [look(tS)] : []), report(tS, "working")]);
  assert.equal(frame.sensors[0]?.state, "silent");
  assert.deepEqual(kindsOf(frame), ["sensorSilent"]);
});

test("a sensor that states no revisit is heard by its reports", () => {
  const { revisitMs: _, ...quiet } = radar;
  const pipeline = createPipeline(smallSite({ sensors: [quiet] }), { bootNumber: 1 });
  let frame: Frame | undefined;
  for (let tS = 0; tS < 30; tS++) frame = pipeline.tick([report(tS, "working")], START_MS + tS * 1000 + 60);
  assert.equal(frame?.sensors[0]?.state, "watching");
  assert.deepEqual(frame?.alerts, []);
});

test("a sensor that promised to speak so often is silent when it breaks its word, and a node that never spoke is missed", () => {
  const { revisitMs: _revisit, silentAfterMs: _silent, ...quiet } = radar;
  const nodeId = "3d1ffd1b-cc01-4c26-a7e8-bf4da3d393b8";
  const silentAt = (seconds: number, promisedMs: number | undefined, more: Partial<typeof radar> = {}): boolean => {
    const pipeline = createPipeline(smallSite({ sensors: [{ ...quiet, ...more }] }), { bootNumber: 1 });
    const [said] = [report(0, "working")].map((input) => ({ ...input, ...(promisedMs && { silentAfterMs: promisedMs }) }));
    let frame: Frame | undefined;
    for (let tS = 0; tS < seconds; tS++)
      frame = pipeline.tick(tS === 0 && promisedMs !== 0 ? [said as Input] : [], START_MS + tS * 1000 + 60);
    return frame?.alerts.some(({ kind }) => kind === "sensorSilent") ?? false;
  };
  assert.equal(silentAt(40, undefined), false, "it promised nothing");
  assert.equal(silentAt(11, 11_000), false);
  assert.equal(silentAt(14, 11_000), true);
  assert.equal(silentAt(14, 11_000, { silentAfterMs: 60_000 }), false, "what is configured goes before");
  assert.equal(silentAt(40, 0, { sapient: { nodeId } }), false);
  assert.equal(silentAt(80, 0, { sapient: { nodeId } }), true);
});

test("a sensor that reports that it has failed is an alarm with its own words, until it works again", () => {
  const failed = listen(10, (tS) => [look(tS), report(tS, "failed", "transmitter off")]);
  const [alert] = failed.alerts;
  assert.deepEqual(alert?.title, { code: "alert.sensorFailed", params: { sensor: radar.name } });
  assert.deepEqual(alert?.reasons, [{ code: "reason.sensorFailed", params: { sensor: radar.name, detail: "transmitter off" } }]);
  assert.equal(alert?.annunciation, 1);
  assert.ok(validate(Alert, alert).ok);
  const mended = listen(20, (tS) => [look(tS), report(tS, tS < 10 ? "failed" : "working")]);
  assert.equal(mended.alerts[0]?.state, "returnedUnacknowledged");
  assert.deepEqual(kindsOf(listen(10, (tS) => [look(tS), report(tS, "degraded")])), []);
});

test("a failed sensor that falls silent is one row that holds", () => {
  const frame = listen(30, (tS) => (tS < 10 ? [look(tS), report(tS, "failed")] : []));
  const holding = frame.alerts.filter(({ state }) => state === "activeUnacknowledged");
  assert.deepEqual(
    holding.map(({ title }) => title.code),
    ["alert.sensorSilent"],
  );
});

test("a clock that runs ahead is an alarm, though its looks are dated to their arrival", () => {
  const ahead = (tS: number): Scan => {
    const receivedMs = START_MS + tS * 1000 + 50;
    return look(tS, { measuredMs: receivedMs, measuredSigmaMs: 500, receivedMs, clockOffsetMs: 120_000 });
  };
  const frame = listen(10, (tS) => [ahead(tS)]);
  assert.equal(frame.sensors[0]?.clockOffsetMs, 120_000);
  assert.equal(frame.sensors[0]?.clockBad, true);
  const clock = frame.alerts.find(({ kind }) => kind === "clockBad");
  assert.deepEqual(clock?.reasons, [{ code: "reason.clockAhead", params: { sensor: radar.name, offsetS: 120 } }]);
});

test("a sensor whose looks come too late to be used beside others is an alarm, and watches nothing", () => {
  const late = (lateMs: number) => (tS: number) => [look(tS - lateMs / 1000, { receivedMs: START_MS + tS * 1000 })];
  assert.deepEqual(listen(20, late(2500)).alerts, []);
  const frame = listen(20, late(4000));
  assert.equal(frame.sensors[0]?.clockBad, true);
  assert.deepEqual(
    frame.alerts.map(({ kind, reasons: [reason] }) => [kind, reason?.code, reason?.params["offsetS"]]),
    [["clockBad", "reason.clockBehind", 4]],
  );
});

test("a look without a time of its own does not put a bad clock right, nor is it a good clock's word", () => {
  const slow = (tS: number): Scan => look(tS, { receivedMs: START_MS + tS * 1000 + 30_000, clockOffsetMs: -30_000 });
  const untimed = (tS: number): Scan => look(tS, { measuredMs: START_MS + tS * 1000, receivedMs: START_MS + tS * 1000 });
  const frame = listen(60, (tS) => (tS < 30 ? [] : [tS === 45 ? untimed(tS) : slow(tS - 30)]));
  assert.equal(frame.sensors[0]?.clockBad, true);
  assert.equal(listen(10, (tS) => [untimed(tS)]).sensors[0]?.clockOffsetMs, undefined);
});

test("a receiver of broadcasts that hears none is not silent, though its sheet tells of a revisit", () => {
  const receiver = { ...radar, kind: "remoteId" as const, revisitMs: 1000 };
  const { silentAfterMs: _, ...unpromised } = receiver;
  assert.deepEqual([silentAfterMs(receiver), silentAfterMs(unpromised)], [5000, undefined]);
});
