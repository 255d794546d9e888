import { decodeMessage } from "./decode-message.ts";
import { fault, type SapientError } from "./errors.ts";
import type { Alert, DetectionReport, Registration, SapientMessage, Shape, StatusReport } from "./shapes.ts";

/** What one edge node's connection brought. `aheadMs` is the node's stamp less our clock: what the way took is in it. */
export type EdgeEvent = Readonly<{ nodeId: string }> &
  Readonly<
    | { kind: "registered"; registration: Registration }
    | { kind: "status"; status: StatusReport; sentMs: number; aheadMs: number }
    | { kind: "detection"; report: DetectionReport; sentMs: number; aheadMs: number }
    | { kind: "alert"; alert: Alert; sentMs: number }
    | { kind: "taskAnswered"; answer: Shape<"TaskAck"> }
    | { kind: "refused"; faults: readonly SapientError[] }
    /** The node says that something of ours was wrong. */
    | { kind: "complaint"; reasons: readonly string[] }
    | { kind: "left" }
    /** No word for more than two of the status intervals that it registered: unheard is not the same as nothing there. */
    | { kind: "lost"; silentMs: number }
    | { kind: "found" }
  >;

export type FusionTurn = Readonly<{ replies: readonly SapientMessage[]; events: readonly EdgeEvent[] }>;
export type FusionSession = {
  /** `decoded` is what {@link decodeMessage} answers, where it was asked before. */
  receive(octets: Uint8Array, nowMs: number, decoded?: ReturnType<typeof decodeMessage>): FusionTurn;
  tick(nowMs: number): FusionTurn;
  snapshot(): FusionState;
};

/** What a session has come to. A plain JSON value, from which another goes on as if nothing had happened. */
export type FusionState = Readonly<{
  nodeId: string;
  registration?: Registration;
  reportedSystem?: StatusReport["system"];
  scanMs?: number;
  heardMs: number;
  isLost: boolean;
}>;

export type FusionOptions = Readonly<{
  from?: FusionState;
  /** Why a node may not register here, beside what the standard asks for; nothing when it may. */
  objections?: (nodeId: string, registration: Registration) => readonly string[];
  /**
   * What a middleware refuses and is clear all the same is taken: scans less than 80 ms apart or out of order, and a status that is
   * unchanged from one that was not heard here.
   */
  isForgiving?: boolean;
}>;

type Content = Omit<SapientMessage, "timestamp" | "nodeId" | "destinationId">;

const UNIT_MS: Readonly<Record<string, number>> = {
  NANOSECONDS: 1e-6,
  MICROSECONDS: 1e-3,
  MILLISECONDS: 1,
  SECONDS: 1000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
};
/** A node is given this long beyond two of its intervals, and no node may ask for more than the longest. */
const GRACE_MS = 1000;
const LONGEST_SILENCE_MS = 60_000;
const STEP_BETWEEN_SCANS_MS = 80;
/** An error reply holds no more than this of what it is about: it must fit into a frame itself. */
const MOST_FAULTS_TOLD = 64;
const MOST_OCTETS_TOLD = 65_536;
const UNKNOWN_NODE = "";
const NEW: FusionState = { nodeId: UNKNOWN_NODE, heardMs: 0, isLost: false };

/**
 * The fusion node's side of one connection with an edge node: registration first and acknowledged, statuses that agree with it, detections in
 * their order, an error that names every fault. Pure: bytes and the time come in, messages and events go out.
 *
 * @source BSI Flex 335 v2.0, message flow; timing as Apex middleware enforces it.
 */
export function createFusionSession(
  ownNodeId: string,
  { from = NEW, objections: ownObjections, isForgiving = false }: FusionOptions = {},
): FusionSession {
  let { nodeId, registration, reportedSystem, scanMs, heardMs, isLost } = from;

  const reply = (content: Content, nowMs: number, to = nodeId): SapientMessage => ({
    timestamp: nowMs,
    nodeId: ownNodeId,
    ...(to !== UNKNOWN_NODE && { destinationId: to }),
    ...content,
  });
  const refuse = (octets: Uint8Array, faults: readonly SapientError[], nowMs: number, from = nodeId): FusionTurn => {
    const errorMessage = faults.slice(0, MOST_FAULTS_TOLD).map(({ item, detail }) => `${item} ${detail}`);
    return {
      replies: [reply({ error: { packet: octets.slice(0, MOST_OCTETS_TOLD), errorMessage } }, nowMs)],
      events: [{ kind: "refused", nodeId: from, faults }],
    };
  };

  const register = (message: SapientMessage, wanted: Registration, nowMs: number): FusionTurn => {
    const reasons = [...objections(wanted), ...(ownObjections?.(message.nodeId, wanted) ?? [])];
    const registrationAck = { acceptance: reasons.length === 0, ...(reasons.length > 0 && { ackResponseReason: reasons }) };
    const replies = [reply({ registrationAck }, nowMs, message.nodeId)];
    if (reasons.length > 0) {
      const faults = reasons.map((reason) => fault("bad-value", "registration", reason));
      return { replies, events: [{ kind: "refused", nodeId: message.nodeId, faults }] };
    }
    nodeId = message.nodeId;
    registration = wanted;
    reportedSystem = undefined;
    return { replies, events: [{ kind: "registered", nodeId, registration: wanted }] };
  };

  const statusFault = ({ info, mode, system }: StatusReport): SapientError | undefined => {
    const modes = registration?.modeDefinition.map(({ modeName }) => modeName) ?? [];
    if (!modes.includes(mode))
      return fault(
        "bad-value",
        "status_report.mode",
        `must be a registered mode (${modes.join(", ")}), got ${JSON.stringify(mode)}`,
      );
    if (info === "UNCHANGED" && system !== reportedSystem && !isForgiving)
      return fault(
        "bad-value",
        "status_report.info",
        `may be UNCHANGED only beside the system state last sent as NEW (${reportedSystem ?? "none"})`,
      );
    return undefined;
  };
  const scanFault = (sentMs: number): SapientError | undefined => {
    const stepMs = sentMs - (scanMs ?? Number.NEGATIVE_INFINITY);
    if (stepMs === 0 || stepMs >= STEP_BETWEEN_SCANS_MS) return undefined;
    const detail = `must equal the detection's before or be ${STEP_BETWEEN_SCANS_MS} ms or more after it, is ${stepMs.toFixed(3)} ms after`;
    return fault("bad-value", "timestamp", detail);
  };

  const take = (octets: Uint8Array, message: SapientMessage, nowMs: number): FusionTurn => {
    const { alert, detectionReport, error, statusReport, taskAck, timestamp: sentMs } = message;
    const aheadMs = sentMs - nowMs;
    if (message.registration) return register(message, message.registration, nowMs);
    if (statusReport) {
      const wrong = statusFault(statusReport);
      if (wrong) return refuse(octets, [wrong], nowMs);
      if (statusReport.info === "NEW") reportedSystem = statusReport.system;
      const status: EdgeEvent = { kind: "status", nodeId, status: statusReport, sentMs, aheadMs };
      return { replies: [], events: statusReport.system === "GOODBYE" ? [status, { kind: "left", nodeId }] : [status] };
    }
    if (detectionReport) {
      const wrong = isForgiving ? undefined : scanFault(sentMs);
      if (wrong) return refuse(octets, [wrong], nowMs);
      scanMs = sentMs;
      return { replies: [], events: [{ kind: "detection", nodeId, report: detectionReport, sentMs, aheadMs }] };
    }
    if (alert) {
      const alertAck = { alertId: alert.alertId, alertAckStatus: "ACCEPTED" } as const;
      return { replies: [reply({ alertAck }, nowMs)], events: [{ kind: "alert", nodeId, alert, sentMs }] };
    }
    if (taskAck) return { replies: [], events: [{ kind: "taskAnswered", nodeId, answer: taskAck }] };
    if (error) return { replies: [], events: [{ kind: "complaint", nodeId, reasons: error.errorMessage ?? [] }] };
    return refuse(octets, [fault("bad-value", "content", "is not for an edge node to send")], nowMs);
  };

  const turn = (octets: Uint8Array, nowMs: number, decoded: ReturnType<typeof decodeMessage>): FusionTurn => {
    if (!decoded.ok) return refuse(octets, decoded.faults, nowMs, decoded.from);
    const { message } = decoded.value;
    if (!registration && !message.registration)
      return refuse(octets, [fault("missing", "registration", "must come before anything else")], nowMs, message.nodeId);
    if (registration && message.nodeId !== nodeId)
      return refuse(
        octets,
        [fault("bad-value", "node_id", `must be ${nodeId} on this connection, got ${message.nodeId}`)],
        nowMs,
      );
    return take(octets, message, nowMs);
  };

  return {
    receive(octets, nowMs, decoded = decodeMessage(octets)) {
      const { replies, events } = turn(octets, nowMs, decoded);
      heardMs = nowMs;
      const wasLost = isLost;
      isLost = false;
      return { replies, events: wasLost ? [{ kind: "found", nodeId }, ...events] : events };
    },
    tick(nowMs) {
      const silentMs = nowMs - heardMs;
      if (!registration || isLost || silentMs <= silenceOf(registration)) return { replies: [], events: [] };
      isLost = true;
      return { replies: [], events: [{ kind: "lost", nodeId, silentMs }] };
    },
    snapshot: () => ({
      nodeId,
      ...(registration && { registration }),
      ...(reportedSystem && { reportedSystem }),
      ...(scanMs !== undefined && { scanMs }),
      heardMs,
      isLost,
    }),
  };
}

/** How long a node that registered so may be silent before it counts as lost, in milliseconds: two of its status intervals and a second. */
export function silenceOf({ statusDefinition: { statusInterval } }: Registration): number {
  const intervalMs = statusInterval.value * (UNIT_MS[statusInterval.units] ?? Number.NaN);
  return Math.min(LONGEST_SILENCE_MS, 2 * intervalMs + GRACE_MS);
}

function objections({ icdVersion, statusDefinition }: Registration): string[] {
  const reasons: string[] = [];
  if (icdVersion.replaceAll("_", " ") !== "BSI Flex 335 v2.0")
    reasons.push(`icd_version must be BSI Flex 335 v2.0, got ${JSON.stringify(icdVersion.slice(0, 40))}`);
  if (!(statusDefinition.statusInterval.value > 0)) reasons.push("status_interval must be longer than nothing");
  return reasons;
}
