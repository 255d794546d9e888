import { decodeMessage } from "./decode-message.ts";
import type { SapientError } from "./errors.ts";
import { formatUlid } from "./ids.ts";
import type { Alert, DetectionReport, Registration, SapientMessage, Shape, StatusReport, Task } from "./shapes.ts";

/** What came from the node above. */
export type UpperEvent =
  | Readonly<{ kind: "accepted" }>
  | Readonly<{ kind: "rejected"; reasons: readonly string[] }>
  | Readonly<{ kind: "task"; task: Task }>
  | Readonly<{ kind: "alertAnswered"; answer: Shape<"AlertAck"> }>
  | Readonly<{ kind: "complaint"; reasons: readonly string[] }>
  | Readonly<{ kind: "refused"; faults: readonly SapientError[] }>;

export type EdgeTurn = Readonly<{ messages: readonly SapientMessage[]; events: readonly UpperEvent[] }>;

/** What a node says of itself; the rest of a status report is made here. */
export type NodeStatus = Omit<StatusReport, "reportId" | "info">;

export type EdgeSession = {
  /** What is due now: the registration, again until it is answered, then the status at its interval. */
  tick(nowMs: number, status: NodeStatus): readonly SapientMessage[];
  receive(octets: Uint8Array, nowMs: number): EdgeTurn;
  /** One scan's detections under one stamp; `undefined` before registration or less than 80 ms after the last: bring newer ones later. */
  detections(reports: readonly Omit<DetectionReport, "reportId">[], nowMs: number): readonly SapientMessage[] | undefined;
  /** An alert; `undefined` before registration. */
  alert(alert: Alert, nowMs: number): SapientMessage | undefined;
  answerTask(answer: Shape<"TaskAck">, nowMs: number): SapientMessage;
  /** The last word before the connection is closed. */
  goodbye(nowMs: number, status: NodeStatus): readonly SapientMessage[];
};

export type EdgeOptions = Readonly<{
  nodeId: string;
  registration: Registration;
  statusIntervalMs: number;
  /** Ten random octets, for report ids. */
  random: () => Uint8Array;
}>;

type Content = Omit<SapientMessage, "timestamp" | "nodeId" | "destinationId">;

const REGISTER_AGAIN_MS = 5000;
const STEP_BETWEEN_SCANS_MS = 80;

/**
 * A node's side of the connection with the node above it, a fusion node or a middleware. It keeps by construction what Apex enforces:
 * registration first, statuses NEW when the state changed, one stamp per scan, stamps that never go back. Pure.
 *
 * @source BSI Flex 335 v2.0, message flow; timing as Apex middleware enforces it.
 */
export function createEdgeSession({ nodeId, registration, statusIntervalMs, random }: EdgeOptions): EdgeSession {
  let isRegistered = false;
  let upperId: string | undefined;
  let registerMs = Number.NEGATIVE_INFINITY;
  let statusMs = Number.NEGATIVE_INFINITY;
  let saidSystem: string | undefined;
  let stampMs = 0;
  let scanMs = Number.NEGATIVE_INFINITY;

  const stamp = (nowMs: number): number => {
    stampMs = Math.max(stampMs, Math.floor(nowMs));
    return stampMs;
  };
  const message = (content: Content, nowMs: number, to?: string): SapientMessage => ({
    timestamp: stamp(nowMs),
    nodeId,
    ...(to !== undefined && { destinationId: to }),
    ...content,
  });
  const newId = (nowMs: number): string => formatUlid(stamp(nowMs), random());

  const register = (nowMs: number): SapientMessage => {
    registerMs = nowMs;
    return message({ registration }, nowMs);
  };
  const report = (status: NodeStatus, nowMs: number): SapientMessage => {
    const info = status.system === saidSystem ? "UNCHANGED" : "NEW";
    saidSystem = status.system;
    statusMs = nowMs;
    return message({ statusReport: { ...status, reportId: newId(nowMs), info } }, nowMs);
  };

  const obey = (task: Task, nowMs: number): EdgeTurn => {
    const request = task.command?.request?.trim().toLowerCase();
    if (request !== "registration" && request !== "status") return { messages: [], events: [{ kind: "task", task }] };
    const answer = message({ taskAck: { taskId: task.taskId, taskStatus: "COMPLETED" } }, nowMs, upperId);
    if (request === "status") statusMs = Number.NEGATIVE_INFINITY;
    return { messages: request === "status" ? [answer] : [answer, register(nowMs)], events: [] };
  };

  return {
    tick(nowMs, status) {
      if (!isRegistered) return nowMs - registerMs >= REGISTER_AGAIN_MS ? [register(nowMs)] : [];
      return nowMs - statusMs >= statusIntervalMs || status.system !== saidSystem ? [report(status, nowMs)] : [];
    },
    receive(octets, nowMs) {
      const decoded = decodeMessage(octets);
      if (!decoded.ok) {
        const errorMessage = decoded.faults.map(({ item, detail }) => `${item} ${detail}`);
        const reply = message({ error: { packet: octets, errorMessage } }, nowMs, upperId);
        return { messages: [reply], events: [{ kind: "refused", faults: decoded.faults }] };
      }
      const { alertAck, error, nodeId: from, registrationAck, task } = decoded.value.message;
      if (registrationAck) {
        upperId = from;
        isRegistered = registrationAck.acceptance;
        saidSystem = undefined;
        const reasons = registrationAck.ackResponseReason ?? [];
        return { messages: [], events: [isRegistered ? { kind: "accepted" } : { kind: "rejected", reasons }] };
      }
      if (task) return obey(task, nowMs);
      if (alertAck) return { messages: [], events: [{ kind: "alertAnswered", answer: alertAck }] };
      if (error) return { messages: [], events: [{ kind: "complaint", reasons: error.errorMessage ?? [] }] };
      return { messages: [], events: [] };
    },
    detections(reports, nowMs) {
      const atMs = stamp(nowMs);
      if (!isRegistered || atMs - scanMs < STEP_BETWEEN_SCANS_MS) return undefined;
      if (reports.length > 0) scanMs = atMs;
      return reports.map((one) => message({ detectionReport: { ...one, reportId: newId(nowMs) } }, nowMs));
    },
    alert: (alert, nowMs) => (isRegistered ? message({ alert }, nowMs) : undefined),
    answerTask: (taskAck, nowMs) => message({ taskAck }, nowMs, upperId),
    goodbye: (nowMs, status) => (isRegistered ? [report({ ...status, system: "GOODBYE" }, nowMs)] : []),
  };
}
