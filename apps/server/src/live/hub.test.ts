import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alert, AlertId, FieldMessage, Frame, LiveMessage } from "@picket/model";
import fc from "fast-check";
import { CONFIGURATION } from "../site.fixture.ts";
import { frame as emptyFrame, warning } from "./frame.fixture.ts";
import { createLiveHub, type LiveHub } from "./hub.ts";

const FULL = 300 * 1024;
const surroundings = () => ({
  site: CONFIGURATION.site,
  feeds: [],
  record: { state: "recording" as const, sequence: 0, committed: 0, dropped: 0 },
  playback: { mode: "live" as const },
  reality: "live" as const,
});

/** A client that drains when told to, and holds what it heard. */
function client() {
  const heard: (LiveMessage | FieldMessage)[] = [];
  const closed: number[] = [];
  const socket = {
    bufferedAmount: 0,
    send: (text: string) => void heard.push(JSON.parse(text)),
    close: (code: number) => void closed.push(code),
  };
  return { socket, heard, closed };
}

const alert = (id: string, revision: number, state: Alert["state"] = "activeUnacknowledged"): Alert => ({
  id: id as AlertId,
  incident: "i1-1" as never,
  kind: "zoneEntry",
  level: "warning",
  state,
  reality: "live",
  revision,
  annunciation: 1,
  raisedMs: 0,
  changedMs: revision,
  title: { code: "alert.zoneEntry", params: {} },
  reasons: [],
  refutedBy: [],
  tracks: [],
});
const ANA: Frame["persons"][number] = { id: "ana" as never, name: "Ana", language: "en", reachable: "unknown" };
const frame = (nowMs: number, more: Partial<Frame> = {}): Frame => emptyFrame(nowMs, { persons: [ANA], ...more });
const kinds = (heard: readonly { type: string }[]) => heard.map(({ type }) => type).filter((type) => type !== "heartbeat");

/** The alerts that a screen would show which takes messages as the operator's page does. */
function shown(heard: readonly (LiveMessage | FieldMessage)[]): Map<string, Alert> {
  let alerts = new Map<string, Alert>();
  for (const message of heard) {
    if (message.type === "snapshot") alerts = new Map(message.alerts.map((one) => [one.id, one]));
    if (message.type !== "delta") continue;
    for (const one of message.alerts) alerts.set(one.id, one);
    for (const id of message.alertsGone) alerts.delete(id);
  }
  return alerts;
}

test("the whole picture comes first, then ten deltas a second, the same text for everybody", () => {
  const hub = createLiveHub(surroundings);
  const texts: string[][] = [[], []];
  for (const list of texts) hub.addOperator({ ...client().socket, send: (text) => void list.push(text) });
  for (let nowMs = 0; nowMs < 1000; nowMs += 25) hub.publish(frame(nowMs));
  assert.deepEqual(texts[0], texts[1]);
  const types = (texts[0] ?? []).map((text) => (JSON.parse(text) as LiveMessage).type);
  assert.equal(types[0], "snapshot");
  assert.equal(types.filter((type) => type === "delta").length, 10);
});

test("an alert and a warning do not wait for the next delta", () => {
  const hub = createLiveHub(surroundings);
  const { socket, heard } = client();
  hub.addOperator(socket);
  hub.publish(frame(0));
  hub.publish(frame(25, { alerts: [alert("a1-1", 1)] }));
  hub.publish(frame(50, { alerts: [alert("a1-1", 1)], warnings: [warning("w1-1")] }));
  hub.publish(frame(75, { alerts: [alert("a1-1", 1)], warnings: [warning("w1-1")] }));
  const deltas = heard.flatMap((message) => (message.type === "delta" ? [message] : []));
  assert.deepEqual(
    deltas.map(({ alerts, warnings }) => [alerts.length, warnings.length]),
    [
      [0, 0],
      [1, 0],
      [0, 1],
    ],
  );
});

test("a slow client is spared until it has drained, and then gets the whole picture", () => {
  const hub = createLiveHub(surroundings);
  const { socket, heard } = client();
  hub.addOperator(socket);
  hub.publish(frame(0));
  socket.bufferedAmount = FULL;
  hub.publish(frame(100, { alerts: [alert("a1-1", 1)] }));
  hub.publish(frame(200, { alerts: [alert("a1-1", 1), alert("a1-2", 1)] }));
  socket.bufferedAmount = 0;
  hub.publish(frame(300, { alerts: [alert("a1-1", 1), alert("a1-2", 1)] }));
  hub.publish(frame(400, { alerts: [alert("a1-1", 1), alert("a1-2", 1)] }));
  assert.deepEqual(kinds(heard), ["snapshot", "delta", "snapshot", "delta"]);
  assert.deepEqual([...shown(heard).keys()], ["a1-1", "a1-2"]);
  assert.equal(hub.counts.skipped, 2);
});

test("whatever a client misses, what it shows of alerts in the end is what is so, and every open alert was shown", () => {
  const step = fc.record({
    passMs: fc.integer({ min: 5, max: 300 }),
    change: fc.constantFrom("raise", "revise", "clear", "vanish", "nothing"),
    pick: fc.nat(10),
    isFull: fc.boolean(),
    joins: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const hub: LiveHub = createLiveHub(surroundings);
      const clients = [client()];
      hub.addOperator((clients[0] as ReturnType<typeof client>).socket);
      const open = new Map<string, Alert>();
      let nowMs = 0;
      let fullMs = Number.NEGATIVE_INFINITY;
      let raised = 0;
      const publish = (cleared: readonly Alert[] = []) => hub.publish(frame(nowMs, { alerts: [...open.values(), ...cleared] }));
      for (const { passMs, change, pick, isFull, joins } of steps) {
        nowMs += passMs;
        const [id, known] = [...open][pick % Math.max(1, open.size)] ?? [];
        const cleared: Alert[] = [];
        if (change === "raise") open.set(`a1-${++raised}`, alert(`a1-${raised}`, 1));
        if (id && known && change === "revise") open.set(id, alert(id, known.revision + 1, "activeAcknowledged"));
        if (id && known && (change === "clear" || change === "vanish")) open.delete(id);
        if (id && known && change === "clear") cleared.push(alert(id, known.revision + 1, "cleared"));
        for (const { socket } of clients) socket.bufferedAmount = isFull ? FULL : 0;
        publish(cleared);
        if (joins) {
          const late = client();
          clients.push(late);
          hub.addOperator(late.socket);
        }
        if (isFull) fullMs = nowMs;
        // Who is not behind shows what is so at once; who was, with the next delta.
        if (nowMs - fullMs >= 100) for (const { heard } of clients) assert.deepEqual(shown(heard), open);
      }
      for (const { socket } of clients) socket.bufferedAmount = 0;
      nowMs += 200;
      publish();
      for (const { heard } of clients) assert.deepEqual(shown(heard), open);
    }),
    { numRuns: 300 },
  );
});

test("what waits for a client that reads nothing is bounded", () => {
  const hub = createLiveHub(surroundings);
  let buffered = 0;
  let most = 0;
  hub.addOperator({
    ...client().socket,
    get bufferedAmount() {
      return buffered;
    },
    send(text) {
      buffered += text.length;
      most = Math.max(most, text.length);
    },
  });
  const alerts = Array.from({ length: 50 }, (_, index) => alert(`a1-${index}`, 1));
  for (let nowMs = 0; nowMs < 600_000; nowMs += 100)
    hub.publish(frame(nowMs, { alerts: alerts.map((one) => ({ ...one, revision: nowMs })) }));
  assert.ok(buffered <= FULL + most, `${buffered} octets`);
});

test("an all-clear reaches a phone that was away when it was given, until half an hour has passed", () => {
  const hub = createLiveHub(surroundings);
  const closed = warning("w1-1", { state: "allClear", revision: 2, closedMs: 1000 });
  hub.publish(frame(0, { warnings: [warning("w1-1")] }));
  hub.publish(frame(1000, { warnings: [closed] }));
  hub.publish(frame(1100));
  const { socket, heard } = client();
  hub.addPhone(socket, "ana" as never);
  const told = () =>
    heard.flatMap((message) => (message.type === "field" ? [message.warnings.map(({ state }) => state)] : [])).at(-1);
  assert.deepEqual(told(), ["allClear"]);
  hub.publish(frame(3000, { warnings: [warning("w1-2", { episode: 2 })] }));
  assert.deepEqual(told(), ["active", "allClear"]);
  hub.publish(frame(31 * 60_000));
  assert.deepEqual(told(), []);
});

test("a phone hears of its warning at once, otherwise once a second, and nothing of others", () => {
  const hub = createLiveHub(surroundings);
  const { socket, heard } = client();
  const leave = hub.addPhone(socket, "ana" as never);
  for (let nowMs = 0; nowMs < 3000; nowMs += 50)
    hub.publish(
      frame(nowMs, { warnings: [warning("w1-9", { person: "ben" as never }), ...(nowMs >= 1350 ? [warning("w1-1")] : [])] }),
    );
  const fields = heard.flatMap((message) => (message.type === "field" ? [message] : []));
  assert.deepEqual(
    fields.map(({ nowMs }) => nowMs),
    [0, 1000, 1350, 2350],
  );
  assert.ok(fields.every(({ warnings }) => warnings.every(({ person }) => person === "ana")));
  assert.ok(hub.hasPhone("ana" as never));
  leave();
  assert.ok(!hub.hasPhone("ana" as never));
  assert.equal(hub.counts.phones, 0);
});

test("when the site moves everybody gets the whole picture anew", () => {
  const hub = createLiveHub(surroundings);
  const { socket, heard } = client();
  hub.addOperator(socket);
  hub.publish(frame(0));
  hub.startOver();
  hub.publish(frame(100));
  assert.deepEqual(kinds(heard), ["snapshot", "delta", "snapshot"]);
});

test("a phone of somebody who is no person of the site is cut, before the first picture and after it, and never beats on", () => {
  const hub = createLiveHub(surroundings);
  const early = client();
  const late = client();
  hub.addPhone(early.socket, "carl" as never);
  hub.publish(frame(0));
  hub.addPhone(late.socket, "carl" as never);
  for (let nowMs = 1000; nowMs < 5000; nowMs += 1000) hub.publish(frame(nowMs));
  for (const { heard, closed } of [early, late]) assert.deepEqual([heard, closed], [[], [4401]]);
  assert.ok(!hub.hasPhone("carl" as never));
  assert.equal(hub.counts.phones, 0);
});

test("a phone whose person is taken out of the site is cut by the next frame", () => {
  const hub = createLiveHub(surroundings);
  const { socket, heard, closed } = client();
  hub.addPhone(socket, "ana" as never);
  hub.publish(frame(0));
  hub.publish(frame(1000, { persons: [] }));
  assert.deepEqual(closed, [4401]);
  const { length } = heard;
  hub.publish(frame(3000, { persons: [] }));
  assert.equal(heard.length, length);
});
