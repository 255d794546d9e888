import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createEdgeSession,
  createFusionSession,
  type EdgeEvent,
  type EdgeSession,
  encodeMessage,
  type FusionSession,
  type SapientMessage,
  type UpperEvent,
} from "./index.ts";
import {
  C2_NODE_ID,
  detection,
  FUSION_NODE_ID,
  NODE_ID,
  NOW_MS,
  OTHER_NODE_ID,
  registration,
  status,
  statusMessage,
  ULID,
} from "./sapient.fixture.ts";

let drawn = 0;
const random = () => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, drawn >> 8, drawn++ & 255);
const edge = (nodeId: string, nodeType: "RADAR" | "ACOUSTIC" | "FUSION_NODE"): EdgeSession =>
  createEdgeSession({
    nodeId,
    registration: { ...registration, nodeDefinition: [{ nodeType }] },
    statusIntervalMs: 5000,
    random,
  });

/** Carries messages up and answers down as bytes, until nobody says anything more. */
function converse(lower: EdgeSession, upper: FusionSession, messages: readonly SapientMessage[], nowMs: number) {
  const heardAbove: EdgeEvent[] = [];
  const heardBelow: UpperEvent[] = [];
  for (let up = [...messages]; up.length > 0; ) {
    const down = up.flatMap((message) => {
      const turn = upper.receive(encodeMessage(message), nowMs);
      heardAbove.push(...turn.events);
      return turn.replies;
    });
    up = down.flatMap((message) => {
      const turn = lower.receive(encodeMessage(message), nowMs);
      heardBelow.push(...turn.events);
      return turn.messages;
    });
  }
  return { heardAbove, heardBelow };
}

const kinds = (events: readonly { kind: string }[]): string[] => events.map(({ kind }) => kind);

test("two edge nodes, a fusion node and a C2 register, report, alert and part", () => {
  const radar = edge(NODE_ID, "RADAR");
  const acoustic = edge(OTHER_NODE_ID, "ACOUSTIC");
  const links = [createFusionSession(FUSION_NODE_ID), createFusionSession(FUSION_NODE_ID)] as const;
  const upward = edge(FUSION_NODE_ID, "FUSION_NODE");
  const c2 = createFusionSession(C2_NODE_ID);
  for (const [node, link] of [
    [radar, links[0]],
    [acoustic, links[1]],
    [upward, c2],
  ] as const) {
    assert.equal(node.detections([detection], NOW_MS), undefined, "nothing is reported before registration");
    const first = converse(node, link, node.tick(NOW_MS, status), NOW_MS);
    assert.deepEqual([kinds(first.heardAbove), kinds(first.heardBelow)], [["registered"], ["accepted"]]);
    assert.deepEqual(kinds(converse(node, link, node.tick(NOW_MS + 10, status), NOW_MS + 10).heardAbove), ["status"]);
  }
  const scan = converse(radar, links[0], radar.detections([detection, detection], NOW_MS + 100) ?? [], NOW_MS + 130);
  assert.deepEqual(kinds(scan.heardAbove), ["detection", "detection"]);
  const [seen] = scan.heardAbove;
  assert.ok(seen?.kind === "detection");
  assert.equal(seen.aheadMs, -30);
  const { reportId: _, ...report } = seen.report;
  assert.deepEqual(kinds(converse(upward, c2, upward.detections([report], NOW_MS + 140) ?? [], NOW_MS + 150).heardAbove), [
    "detection",
  ]);
  const alert = upward.alert({ alertId: ULID, alertType: "WARNING", status: "ACTIVE", description: "drone" }, NOW_MS + 160);
  assert.ok(alert);
  assert.deepEqual(kinds(converse(upward, c2, [alert], NOW_MS + 170).heardBelow), ["alertAnswered"]);
  assert.deepEqual(kinds(converse(radar, links[0], radar.goodbye(NOW_MS + 500, status), NOW_MS + 500).heardAbove), [
    "status",
    "left",
  ]);
});

test("whatever comes before the registration is answered with an error and left", () => {
  const { events, replies } = createFusionSession(FUSION_NODE_ID).receive(encodeMessage(statusMessage()), NOW_MS);
  assert.deepEqual(kinds(events), ["refused"]);
  assert.deepEqual(replies[0]?.error?.errorMessage, ["registration must come before anything else"]);
});

const registered = (): FusionSession => {
  const session = createFusionSession(FUSION_NODE_ID);
  session.receive(encodeMessage({ timestamp: NOW_MS, nodeId: NODE_ID, registration }), NOW_MS);
  return session;
};
const complaintOf = (session: FusionSession, message: SapientMessage): string | undefined =>
  session.receive(encodeMessage(message), NOW_MS).replies[0]?.error?.errorMessage?.[0];

test("a status must agree with the registration and with the one before", () => {
  const session = registered();
  assert.match(
    complaintOf(session, statusMessage({ mode: "Other" })) ?? "",
    /status_report.mode must be a registered mode \(Default\)/,
  );
  assert.match(complaintOf(session, statusMessage({ info: "UNCHANGED" })) ?? "", /may be UNCHANGED only/);
  assert.equal(complaintOf(session, statusMessage()), undefined);
  assert.equal(complaintOf(session, statusMessage({ info: "UNCHANGED" })), undefined);
  assert.match(complaintOf(session, statusMessage({ info: "UNCHANGED", system: "ERROR" })) ?? "", /last sent as NEW \(OK\)/);
});

test("another node's id on the same connection is refused, and so is an edition that is not spoken", () => {
  assert.match(complaintOf(registered(), { ...statusMessage(), nodeId: OTHER_NODE_ID }) ?? "", /node_id must be 3d1f/);
  const old = { ...registration, icdVersion: "v6" };
  const turn = createFusionSession(FUSION_NODE_ID).receive(
    encodeMessage({ timestamp: NOW_MS, nodeId: NODE_ID, registration: old }),
    NOW_MS,
  );
  assert.deepEqual(turn.replies[0]?.registrationAck, {
    acceptance: false,
    ackResponseReason: ['icd_version must be BSI Flex 335 v2.0, got "v6"'],
  });
});

test("detections of one scan share a stamp, and scans keep their distance", () => {
  const session = registered();
  const at = (timestamp: number): SapientMessage => ({
    timestamp,
    nodeId: NODE_ID,
    detectionReport: { ...detection, reportId: ULID },
  });
  assert.deepEqual(
    [0, 0, 80, 79, 40, 200].map((laterMs) => complaintOf(session, at(NOW_MS + laterMs)) === undefined),
    [true, true, true, false, false, true],
  );
  const node = edge(NODE_ID, "RADAR");
  node.receive(encodeMessage({ timestamp: NOW_MS, nodeId: FUSION_NODE_ID, registrationAck: { acceptance: true } }), NOW_MS);
  const stamps = [0, 20, 79, 80, 70, 161].map((laterMs) =>
    node.detections([detection, detection], NOW_MS + laterMs)?.map(({ timestamp }) => timestamp - NOW_MS),
  );
  assert.deepEqual(stamps, [[0, 0], undefined, undefined, [80, 80], undefined, [161, 161]]);
});

test("a node that falls silent is lost after two of its intervals, once, and found again by its next word", () => {
  const session = registered();
  assert.deepEqual(kinds(session.tick(NOW_MS + 11_000).events), []);
  assert.deepEqual(session.tick(NOW_MS + 11_001).events, [{ kind: "lost", nodeId: NODE_ID, silentMs: 11_001 }]);
  assert.deepEqual(kinds(session.tick(NOW_MS + 20_000).events), []);
  assert.deepEqual(kinds(session.receive(encodeMessage(statusMessage()), NOW_MS + 21_000).events), ["found", "status"]);
});

test("a status goes out at its interval, at once when the state changes, and when it is asked for", () => {
  const node = edge(NODE_ID, "RADAR");
  const answer = (message: Omit<SapientMessage, "timestamp" | "nodeId">) =>
    node.receive(encodeMessage({ timestamp: NOW_MS, nodeId: FUSION_NODE_ID, ...message }), NOW_MS);
  assert.equal(node.tick(NOW_MS, status).length, 1);
  assert.equal(node.tick(NOW_MS + 4999, status).length, 0);
  assert.ok(node.tick(NOW_MS + 5000, status)[0]?.registration, "unanswered, it registers again");
  answer({ registrationAck: { acceptance: true } });
  const infos = [0, 100, 5000, 5100].map(
    (laterMs) =>
      node.tick(NOW_MS + 6000 + laterMs, { ...status, system: laterMs === 5100 ? "WARNING" : "OK" })[0]?.statusReport?.info,
  );
  assert.deepEqual(infos, ["NEW", undefined, "UNCHANGED", "NEW"]);
  const { messages } = answer({ task: { taskId: ULID, control: "START", command: { request: "Status" } } });
  assert.deepEqual(messages[0]?.taskAck, { taskId: ULID, taskStatus: "COMPLETED" });
  assert.equal(node.tick(NOW_MS + 11_200, { ...status, system: "WARNING" }).length, 1);
});

test("a task is handed on, and one that would move a node is answered with the reason", () => {
  const node = edge(NODE_ID, "RADAR");
  const lookAt = {
    timestamp: NOW_MS,
    nodeId: C2_NODE_ID,
    task: { taskId: ULID, control: "START", command: { modeChange: "Default" } },
  } as const;
  assert.deepEqual(kinds(node.receive(encodeMessage(lookAt), NOW_MS).events), ["task"]);
  const octets = encodeMessage(lookAt);
  const at = octets.findIndex((octet, index) => octet === 0x2a && octets[index + 1] === 7);
  const forged = octets.slice();
  forged[at] = 0x5a;
  const turn = node.receive(forged, NOW_MS);
  assert.match(
    turn.messages[0]?.error?.errorMessage?.join() ?? "",
    /task.command.follow moves a node or lets it follow something: never taken/,
  );
});
