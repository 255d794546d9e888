import type { DecodeError } from "@picket/bytes";
import { type Detection, type Input, leastReal, type RawReference, type Reality, type Sensor } from "@picket/model";
import {
  createFrameDecoder,
  createFusionSession,
  type DetectionReport,
  decodeMessage,
  type EdgeEvent,
  encodeFrame,
  encodeMessage,
  type FrameDecoder,
  type FrameState,
  type FusionSession,
  type FusionState,
} from "@picket/sapient";
import { CLASS_EVIDENCE_EVERY_MS } from "./aircraft-class.ts";
import { MAX_SENDERS } from "./event-names.ts";
import type { Refuse } from "./refuse.ts";
import { ownNodeId, realityWord, type SapientNode } from "./sapient-node.ts";
import { detectionOf, isOwn } from "./sapient-report.ts";
import { timesOfStamp } from "./sapient-time.ts";
import { wordOf } from "./sapient-word.ts";
import { beamOfDetections, plotsAt, type Sweep } from "./sweep.ts";
import type { Translator, TranslatorOptions } from "./translator.ts";

/** What is known of the node at the other end. A plain JSON value. */
type Known = Readonly<{
  node?: SapientNode;
  sweep: Sweep;
  /** It reported something since its last status. */
  hasSeen: boolean;
}>;
/** The conversation with one node; through a middleware there are many on one connection, by the ids of their nodes. */
type Talk = { session: FusionSession; known: Known };
type Connection = Readonly<{ frames: FrameDecoder; talks: Map<string, Talk> }>;
type TalkState = Readonly<{ key: string; session: FusionState; known: Known }>;
type ConnectionState = Readonly<{ from: string; frames: FrameState; talks: readonly TalkState[] }>;

/** Where a SAPIENT translator stands between two chunks. */
export type SapientSnapshot = Readonly<{
  protocol: "sapient";
  connections: readonly ConnectionState[];
  /** When evidence of class of an object was last taken. */
  classes: readonly (readonly [string, number])[];
}>;

type Context = Readonly<{ sensor: Sensor; talk: Talk; receivedMs: number; raw: RawReference; refuse: Refuse }>;
type DetectionEvent = Extract<EdgeEvent, { kind: "detection" }>;
/** What one report says, and the reports of one scan, which share their stamp. */
type Seen = Readonly<{ sentMs: number; reality: Reality; detections: readonly Detection[] }>;
type Heard = Readonly<{ event: EdgeEvent; talk: Talk }>;

/** Connections that are kept; the one not heard for longest goes first. */
const MAX_CONNECTIONS = 64;
const UNKNOWN: Known = { sweep: {}, hasSeen: false };
/** Of the talk with whoever is at the other end, where one connection is one node, and with all whom no sensor names. */
const ANYONE = "";

/**
 * Picket as the fusion node of SAPIENT edge nodes: registrations are answered, statuses become health and looks, detection reports scans.
 * A node is told by its id, which a sensor of the site names; another may not register. The answers are derived from what was heard, and
 * decide nothing: a replay comes to the same inputs without sending one.
 */
export function createSapientTranslator(options: TranslatorOptions, snapshot?: SapientSnapshot): Translator {
  const ownId = options.nodeId ?? ownNodeId(options.feed);
  const sensors = new Map<string, Sensor>();
  for (const sensor of options.sensors) if (sensor.sapient) sensors.set(sensor.sapient.nodeId, sensor);
  const connections = new Map<string, Connection>();
  for (const { from, frames, talks } of snapshot?.connections ?? [])
    connections.set(from, {
      frames: createFrameDecoder(frames),
      talks: new Map(talks.map(({ key, session, known }) => [key, { session: sessionOf(session), known }])),
    });
  const classes = new Map(snapshot?.classes);

  return {
    bytes(chunk, receivedMs, from, sequence) {
      const connection = connectionOf(from);
      const rejected: DecodeError[] = [];
      const refuse: Refuse = (code, item, detail) => rejected.push({ code, item, at: 0, detail });
      const replies: Uint8Array[] = [];
      const heard: Heard[] = [];
      let hangUp = false;
      for (const item of connection.frames.push(chunk)) {
        if (item.kind === "lost") {
          rejected.push(item.error);
          hangUp = true;
          continue;
        }
        const decoded = decodeMessage(item.octets);
        const nodeId = decoded.ok ? decoded.value.message.nodeId : decoded.from;
        if (options.manyNodes && nodeId !== undefined && !sensors.has(nodeId)) {
          if (nodeId === ownId) refuse("own-track", "node_id", "what this node sent itself");
          else refuse("unknown-sensor", "node_id", `no sensor has the node_id ${nodeId}, which the middleware tells of`);
          continue;
        }
        const talk = talkOf(connection, nodeId);
        const turn = talk.session.receive(item.octets, receivedMs, decoded);
        for (const reply of turn.replies) replies.push(encodeFrame(encodeMessage(reply)));
        for (const event of turn.events) heard.push({ event, talk });
      }
      const { inputs, records } = take(heard, { receivedMs, raw: { feed: options.feed, sequence }, refuse });
      return { inputs, records, rejected, replies, ...(hangUp && { hangUp }) };
    },
    snapshot: (): SapientSnapshot => ({
      protocol: "sapient",
      connections: [...connections].map(([from, { frames, talks }]) => ({
        from,
        frames: frames.snapshot(),
        talks: [...talks].map(([key, { session, known }]) => ({ key, session: session.snapshot(), known })),
      })),
      classes: [...classes],
    }),
  };

  function sessionOf(from?: FusionState): FusionSession {
    const objections = (nodeId: string): readonly string[] =>
      sensors.has(nodeId) ? [] : [`no sensor of this site has the node_id ${nodeId}: it must be configured first`];
    return createFusionSession(ownId, { objections, isForgiving: true, ...(from && { from }) });
  }

  function connectionOf(from: string): Connection {
    const connection = connections.get(from) ?? { frames: createFrameDecoder(), talks: new Map<string, Talk>() };
    connections.delete(from); // a Map keeps the order of insertion, so the newest peer goes last
    connections.set(from, connection);
    const [oldest] = connections.keys();
    if (connections.size > MAX_CONNECTIONS && oldest !== undefined) connections.delete(oldest);
    return connection;
  }

  function talkOf({ talks }: Connection, nodeId = ANYONE): Talk {
    const key = options.manyNodes && sensors.has(nodeId) ? nodeId : ANYONE;
    const talk = talks.get(key) ?? { session: sessionOf(), known: UNKNOWN };
    talks.set(key, talk);
    return talk;
  }

  function take(
    heard: readonly Heard[],
    common: Omit<Context, "sensor" | "talk">,
  ): Readonly<{ inputs: Input[]; records: number }> {
    const inputs: Input[] = [];
    let records = 0;
    let seen: Seen | undefined;
    let context: Context | undefined;
    const flush = () => {
      if (seen && context) inputs.push(...scansOf(seen, context));
      seen = undefined;
    };
    for (const { event, talk } of heard) {
      if (event.kind === "refused") for (const { code, item, detail } of event.faults) common.refuse(code, item, detail);
      else if (event.kind !== "found" && event.kind !== "left") records++;
      const sensor = sensors.get(event.nodeId);
      if (!sensor) continue;
      if (context?.talk !== talk) flush();
      context = { ...common, sensor, talk };
      if (event.kind === "detection") {
        const one = seenBy(event, context);
        if (one && seen && (seen.sentMs !== one.sentMs || seen.reality !== one.reality)) flush();
        if (one) seen = { ...one, detections: [...(seen?.detections ?? []), ...one.detections] };
        continue;
      }
      flush();
      if (event.kind === "registered") takeOver(event.nodeId, talk);
      const { receivedMs, raw } = common;
      const { registration } = talk.session.snapshot();
      const said =
        registration && wordOf(event, { sensor, registration, receivedMs, raw, reality: options.reality, ...talk.known });
      if (!said) continue;
      talk.known = { ...talk.known, node: said.node, hasSeen: said.hasSeen };
      inputs.push(...said.inputs);
    }
    flush();
    return { inputs, records };
  }

  /** A node that registers on another connection has left the one before: what still comes there must register anew. */
  function takeOver(nodeId: string, by: Talk): void {
    for (const { talks } of connections.values())
      for (const other of talks.values()) {
        if (other === by || other.session.snapshot().nodeId !== nodeId) continue;
        other.session = sessionOf();
        other.known = UNKNOWN;
      }
  }

  function seenBy({ report, sentMs }: DetectionEvent, { sensor, talk, receivedMs, refuse }: Context): Seen | undefined {
    const { node } = talk.known;
    if (!node) return undefined;
    if (isOwn(report, ownId)) {
      refuse("own-track", "detection_report", "made of what this node sent itself");
      return undefined;
    }
    const detection = detectionOf(
      report,
      { sensor, node, nowMs: receivedMs, refuse },
      !node.isFiltered || isEvidenceDue(report, sentMs),
    );
    if (!detection) return undefined;
    const reality = leastReal(options.reality, leastReal(node.reality, realityOf(report)));
    return { sentMs, reality, detections: [detection] };
  }

  /** A tracker says the same again with each report: of one object it counts once in a while. */
  function isEvidenceDue({ objectId }: DetectionReport, sentMs: number): boolean {
    const before = classes.get(objectId);
    if (before !== undefined && sentMs - before < CLASS_EVIDENCE_EVERY_MS) return false;
    classes.delete(objectId);
    classes.set(objectId, sentMs);
    const [oldest] = classes.keys();
    if (classes.size > MAX_SENDERS && oldest !== undefined) classes.delete(oldest);
    return true;
  }
}

/** What a report says of its own reality. */
const realityOf = ({ state, objectInfo = [] }: DetectionReport): Reality =>
  leastReal(realityWord(state), realityWord(objectInfo.find(({ type }) => type.trim().toLowerCase() === "reality")?.value));

/** What a scan saw is a look at its own part; once each revisit a look at everything is made up. */
function scansOf({ sentMs, reality, detections }: Seen, { sensor, talk, receivedMs, raw }: Context): Input[] {
  const times = timesOfStamp(sentMs, receivedMs);
  const { sweep, lookedMs } = plotsAt(talk.known.sweep, times.measuredMs, sensor.revisitMs);
  talk.known = { ...talk.known, sweep, hasSeen: true };
  const scan = { kind: "scan", sensor: sensor.id, ...times, reality, raw } as const;
  const sector = beamOfDetections(detections, sensor);
  const around: Input[] = lookedMs === undefined ? [] : [{ ...scan, measuredMs: lookedMs, detections: [] }];
  return [...around, { ...scan, ...(sector && { sector }), detections: [...detections] }];
}
