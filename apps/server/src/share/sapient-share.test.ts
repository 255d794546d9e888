import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "@picket/model";
import {
  createFrameDecoder,
  createFusionSession,
  decodeMessage,
  type EdgeEvent,
  encodeFrame,
  encodeMessage,
  type SapientMessage,
  type Task,
} from "@picket/sapient";
import type { ShareConfig } from "../config/share.ts";
import { createOutletMonitor } from "../outlet-monitor.ts";
import { releasePicture } from "./release.ts";
import { createSapientShare } from "./sapient-share.ts";
import { alert, frame, NOW_MS, SITE, track } from "./share.fixture.ts";

const C2_NODE = "cee8b0c3-b739-49f5-9bd4-b5353b5ebb98";
const TASK_ID = "01HPQXZ3N5T8VY2W4K6M9R0ABC";

/** A share whose line leads to a C2 that holds every message to the standard and to the timing of the middleware. */
function heldShare(over: Partial<ShareConfig> = {}) {
  const config = {
    id: "c2",
    protocol: "sapient",
    partner: "Region",
    transport: { kind: "tcpClient", host: "c2.example", port: 5020 },
    ...over,
  } as ShareConfig;
  const monitor = createOutletMonitor({
    id: config.id,
    kind: "share",
    protocol: "sapient",
    transport: "test",
    partner: "Region",
  });
  const share = createSapientShare({ config, monitor });
  const c2 = createFusionSession(C2_NODE);
  const frames = createFrameDecoder();
  const messages: SapientMessage[] = [];
  const events: EdgeEvent[] = [];
  let nowMs = NOW_MS;
  let isFull = false;
  const answer = (message: SapientMessage) => share.heard(encodeFrame(encodeMessage(message)), nowMs);
  share.opened(
    {
      send(bytes) {
        if (isFull) return false;
        for (const item of frames.push(bytes)) {
          assert.ok(item.kind === "frame");
          const decoded = decodeMessage(item.octets);
          assert.ok(decoded.ok);
          const { message } = decoded.value;
          const aheadMs = message.timestamp - nowMs;
          assert.ok(aheadMs <= 100 && aheadMs >= -900, `a stamp ${aheadMs} ms ahead`);
          messages.push(message);
          const turn = c2.receive(item.octets, nowMs);
          events.push(...turn.events);
          for (const reply of turn.replies) answer(reply);
        }
        return true;
      },
      close: () => undefined,
    },
    NOW_MS,
  );
  return {
    monitor,
    share,
    messages,
    events,
    /** Gives a frame so much later, and answers what was sent for it. */
    take(laterMs: number, given: Partial<Frame>): readonly SapientMessage[] {
      nowMs += laterMs;
      const before = messages.length;
      share.take(
        releasePicture(frame({ nowMs, ...given }), SITE, config.release ?? {}, { siteReality: "live", hearsay: new Set() }),
      );
      return messages.slice(before);
    },
    task(task: Omit<Task, "taskId" | "control"> & Partial<Pick<Task, "control">>) {
      const before = messages.length;
      answer({ timestamp: nowMs, nodeId: C2_NODE, task: { taskId: TASK_ID, control: "START", ...task } });
      return messages.slice(before);
    },
    answer,
    full: (full: boolean) => {
      isFull = full;
    },
  };
}
const reportsIn = (messages: readonly SapientMessage[]) => messages.flatMap(({ detectionReport }) => detectionReport ?? []);
const kindsOf = (messages: readonly SapientMessage[]) =>
  messages.map(({ registration, statusReport, detectionReport, alert: told }) =>
    registration ? "registration" : statusReport ? "status" : detectionReport ? "detection" : told ? "alert" : "other",
  );

test("it registers first, says how it is at its interval, and reports a track each second under an id that stays", () => {
  const held = heldShare();
  assert.deepEqual(kindsOf(held.take(0, { tracks: [track()] })), ["registration", "detection"]);
  assert.deepEqual(kindsOf(held.take(250, { tracks: [track()] })), ["status"]);
  assert.deepEqual(kindsOf(held.take(750, { tracks: [track()] })), ["detection"]);
  assert.deepEqual(kindsOf(held.take(4500, { tracks: [track(), track({ id: "t3-8" as never })] })), [
    "status",
    "detection",
    "detection",
  ]);
  const ids = reportsIn(held.messages).map(({ objectId }) => objectId);
  assert.deepEqual([ids[1], ids[2]], [ids[0], ids[0]]);
  assert.notEqual(ids[3], ids[0]);
  assert.equal(held.events.filter(({ kind }) => kind === "refused").length, 0, "nothing is refused above");
  assert.equal(held.monitor.health().state, "working");
});

test("a report says where, how well, how fast, of what class, by which sensors, and that it is not for engagement", () => {
  const predictions = [{ atMs: NOW_MS + 10_000, latDeg: 32.5506, lonDeg: -117.0413, ellipse: track().ellipse }];
  const [report] = reportsIn(heldShare({ release: { fields: ["identity"] } }).take(0, { tracks: [track({ predictions })] }));
  assert.ok(report?.location);
  const { x, y, z, zError, xError = 0, yError = 0, datum } = report.location;
  assert.deepEqual([x, y, z, zError, datum], [-117.041, 32.551, 112, 8, "WGS84_E"]);
  // An ellipse of 17.2 m by 6 m that points 30° from north: 10.1 m to the east and 15.2 m to the north.
  assert.ok(Math.abs(xError * 111_320 * Math.cos((32.551 * Math.PI) / 180) - 10.05) < 0.1);
  assert.ok(Math.abs(yError * 111_320 - 15.19) < 0.1);
  assert.deepEqual([report.enuVelocity?.eastRate, report.enuVelocity?.northRate, report.enuVelocity?.eastRateError], [-3, -4, 1]);
  assert.equal(report.predictionLocation?.predictedTimestamp, NOW_MS + 10_000);
  assert.deepEqual(report.trackInfo, [{ type: "sensors", value: "Radar <east>" }]);
  assert.equal(report.associatedDetection, undefined, "what saw it is no node whose reports anybody could look up");
  assert.equal(report.id, "SERIAL-1");
  assert.equal(report.state, undefined);
  const air = report.classification?.find(({ type }) => type === "Air Vehicle");
  assert.equal(air?.subClass?.[0]?.type, "UAV Rotary Wing");
  assert.ok(Math.abs((air?.subClass?.[0]?.confidence ?? 0) - 0.84) < 1e-6);
  const info = Object.fromEntries((report.objectInfo ?? []).map(({ type, value }) => [type, value]));
  assert.deepEqual(info, { reality: "live", affiliation: "unknown", quality: "Not engagement quality." });
});

test("what it registers names every class and behaviour that its reports bear", () => {
  const assessment = { ...track().assessment, behaviours: ["hover" as const, "swarm" as const] };
  const messages = heldShare().take(0, { tracks: [track({ assessment })] });
  const [report] = reportsIn(messages);
  const declared = messages[0]?.registration?.modeDefinition[0]?.detectionDefinition?.[0];
  const classes = declared?.detectionClassDefinition?.[0]?.classDefinition ?? [];
  const kinds = (subClass: readonly { type: string }[] = []) => subClass.map(({ type }) => type);
  for (const { type, subClass } of report?.classification ?? []) {
    const own = classes.find((one) => one.type === type);
    assert.ok(own && kinds(subClass).every((kind) => kinds(own.subClass).includes(kind)), type);
  }
  assert.deepEqual(kinds(report?.behaviour), ["hover", "swarm"]);
  for (const kind of kinds(report?.behaviour)) assert.ok(kinds(declared?.behaviourDefinition).includes(kind), kind);
  const info = [...(report?.objectInfo ?? []), ...(report?.trackInfo ?? [])];
  for (const { type } of info) assert.ok(kinds(declared?.detectionReport).includes(type), type);
});

test("what is not released is not there, and what is not live says so in three places", () => {
  assert.equal(reportsIn(heldShare().take(0, { tracks: [track()] }))[0]?.id, undefined);
  assert.equal(reportsIn(heldShare().take(0, { tracks: [track({ reality: "simulated" })] })).length, 0);
  const held = heldShare({ release: { realities: ["simulated"] } });
  const sent = held.take(0, { tracks: [track({ reality: "simulated" })], alerts: [alert({ reality: "simulated" })] });
  const [report] = reportsIn(sent);
  assert.equal(report?.state, "simulated");
  assert.ok(report.objectInfo?.some(({ type, value }) => type === "reality" && value === "simulated"));
  assert.match(sent.find((message) => message.alert)?.alert?.description ?? "", /^SIMULATED, NOT REAL\./);
});

test("a track that ends is said to be lost once, and an alert is told, told anew when it changes, and cleared", () => {
  const held = heldShare();
  held.take(0, { tracks: [track()], alerts: [alert()] });
  const [lost, ...others] = reportsIn(held.take(1000, { alerts: [alert()] }));
  assert.deepEqual([lost?.state, lost?.detectionConfidence, others.length], ["lost", 0, 0]);
  assert.deepEqual(reportsIn(held.take(1000, { alerts: [alert()] })), []);
  held.take(1000, { alerts: [alert({ revision: 2, level: "critical" })] });
  held.take(1000, {});
  const alerts = held.messages.flatMap((message) => message.alert ?? []);
  assert.deepEqual(
    alerts.map(({ status }) => status),
    ["ACTIVE", "ACTIVE", "CLEAR"],
  );
  assert.equal(new Set(alerts.map(({ alertId }) => alertId)).size, 1);
  const [first] = alerts;
  assert.deepEqual([first?.alertType, first?.priority], ["CRITICAL", "HIGH"]);
  assert.equal(first?.associatedDetection?.[0]?.objectId, reportsIn(held.messages)[0]?.objectId);
  assert.match(alerts[2]?.description ?? "", /Not engagement quality\./);
});

test("rates and thresholds are the partner's to set until it stops them; where sensors look is not, and is refused with the reason", () => {
  const held = heldShare();
  held.take(0, { tracks: [track()] });
  const acks = (task: Parameters<typeof held.task>[0]) =>
    held.task(task).map(({ taskAck }) => [taskAck?.taskStatus, taskAck?.reason?.[0]]);
  assert.deepEqual(acks({ command: { detectionReportRate: "HIGH" } }), [["COMPLETED", undefined]]);
  assert.equal(reportsIn(held.take(250, { tracks: [track()] })).length, 1, "four a second");
  assert.deepEqual(acks({ command: { detectionThreshold: "HIGH" } }), [["COMPLETED", undefined]]);
  assert.equal(reportsIn(held.take(250, { tracks: [track()] }))[0]?.state, "lost", "97 % is not enough now");
  assert.deepEqual(acks({ control: "STOP" }), [["COMPLETED", undefined]]);
  assert.equal(reportsIn(held.take(1000, { tracks: [track()] })).length, 1);
  const rangeBearing = { azimuth: 10, coordinateSystem: "DEGREES_M", datum: "TRUE" } as const;
  assert.deepEqual(acks({ command: { lookAt: { rangeBearing } } }), [
    ["REJECTED", "the site's sensors are not pointed from outside"],
  ]);
  assert.deepEqual(acks({ command: { modeChange: "Other" } }), [["REJECTED", "the only mode is Default"]]);
  assert.deepEqual(acks({ command: { request: "Reset" } }), [
    ["REJECTED", 'the request "Reset" is not known: Registration and Status are'],
  ]);
  assert.deepEqual(kindsOf(held.task({ command: { request: "Registration" } })), ["other", "registration"]);
});

test("a task to move or follow is answered with an error, whatever else it says", () => {
  const held = heldShare();
  held.take(0, { tracks: [track()] });
  const octets = encodeMessage({
    timestamp: NOW_MS,
    nodeId: C2_NODE,
    task: { taskId: TASK_ID, control: "START", command: { modeChange: "Default" } },
  });
  const forged = octets.slice();
  forged[octets.findIndex((octet, i) => octet === 0x2a && octets[i + 1] === 7)] = 0x5a;
  const before = held.messages.length;
  held.share.heard(encodeFrame(forged), NOW_MS);
  const [answer, ...others] = held.messages.slice(before);
  assert.match(
    answer?.error?.errorMessage?.join() ?? "",
    /task.command.follow moves a node or lets it follow something: never taken/,
  );
  assert.deepEqual(others, []);
});

test("a refusal from above is shown with its reason, and a line without room is counted and told again", () => {
  const held = heldShare();
  held.take(0, { tracks: [track()] });
  held.answer({ timestamp: NOW_MS, nodeId: C2_NODE, error: { packet: Uint8Array.of(1), errorMessage: ["bad mode"] } });
  assert.deepEqual(
    [held.monitor.health().state, held.monitor.health().detail],
    ["failing", "The partner refused a message: bad mode"],
  );
  held.take(20_000, { tracks: [track()] });
  assert.equal(held.monitor.health().state, "working");
  held.full(true);
  held.take(1000, { tracks: [track()] });
  assert.ok((held.monitor.health().dropped["no-room"] ?? 0) > 0);
  held.full(false);
  assert.equal(reportsIn(held.take(250, { tracks: [track()] })).length, 1);
  held.share.leaving?.(NOW_MS + 21_250);
  assert.equal(held.messages.at(-1)?.statusReport?.system, "GOODBYE");
});
