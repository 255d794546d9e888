import { randomBytes } from "node:crypto";
import {
  type Alert,
  createEdgeSession,
  createFrameDecoder,
  type DetectionReport,
  type EdgeSession,
  encodeFrame,
  encodeMessage,
  type FrameDecoder,
  type NodeStatus,
  type SapientMessage,
  type UpperEvent,
} from "@picket/sapient";
import { isStanding } from "./cot-alert.ts";
import type { OpenLine } from "./line.ts";
import type { ReleasedPicture } from "./release.ts";
import { alertEnd, sapientAlert } from "./sapient-alert.ts";
import { ownNodeId } from "./sapient-ids.ts";
import { MODE, registrationOf } from "./sapient-registration.ts";
import { answerTo, type TaskSettings, USUAL_SETTINGS } from "./sapient-tasks.ts";
import { lostReport, trackReport } from "./sapient-track.ts";
import type { ShareContext, ShareProtocol } from "./share-protocol.ts";
import { shareWords } from "./share-words.ts";

const DEFAULT_STATUS_INTERVAL_S = 5;
/** How long a complaint of the partner's is shown. */
const COMPLAINT_MS = 15_000;
const VERSION = "1";

type Report = Omit<DetectionReport, "reportId">;
/** What the node above has been told and not taken back. */
type Told = { tracks: Map<string, Report>; alerts: Map<string, Readonly<{ stamp: string; alert: Alert }>> };
/** One conversation: it begins when the line opens, and everything is told anew. */
type Conversation = { session: EdgeSession; frames: FrameDecoder; told: Told; reportedMs: number };

/**
 * Picket as a node below another: a C2 or a middleware. It registers, says that it is well, reports its tracks as one scan at a time and
 * its alerts as they change. What comes back is answered: tasks by what they ask, and never by moving or following anything.
 */
export function createSapientShare({ config, monitor }: ShareContext): ShareProtocol {
  const { nodeId: ownId, statusIntervalS = DEFAULT_STATUS_INTERVAL_S, language = "en" } = config.sapient ?? {};
  const words = shareWords(language);
  let line: OpenLine | undefined;
  let conversation: Conversation | undefined;
  let settings: TaskSettings = USUAL_SETTINGS;
  let nodeId = ownId ?? "";
  let complaintMs: number | undefined;

  const begin = ({ site }: ReleasedPicture): Conversation => {
    nodeId = ownId ?? ownNodeId(site.id, config.id);
    const registration = registrationOf(site, statusIntervalS, VERSION);
    const random = () => randomBytes(10);
    const session = createEdgeSession({ nodeId, registration, statusIntervalMs: statusIntervalS * 1000, random });
    const told: Told = { tracks: new Map(), alerts: new Map() };
    return { session, frames: createFrameDecoder(), told, reportedMs: Number.NEGATIVE_INFINITY };
  };

  /** Sends all of them or none. */
  const send = (messages: readonly SapientMessage[], nowMs: number): boolean => {
    if (messages.length === 0) return true;
    if (!line?.send(Buffer.concat(messages.map((message) => encodeFrame(encodeMessage(message)))))) {
      monitor.dropped("no-room", messages.length);
      return false;
    }
    for (const _ of messages) monitor.sent(nowMs);
    return true;
  };

  const statusIn = ({ site }: ReleasedPicture): NodeStatus => ({
    system: "OK",
    mode: MODE,
    nodeLocation: { x: site.lonDeg, y: site.latDeg, coordinateSystem: "LAT_LNG_DEG_M", datum: "WGS84_E" },
  });

  const reportTracks = ({ session, told, ...rest }: Conversation, picture: ReleasedPicture): number => {
    const { nowMs } = picture;
    if (nowMs - rest.reportedMs < settings.reportEveryMs) return rest.reportedMs;
    const reports = new Map<string, Report>();
    for (const track of picture.tracks)
      if (track.existence >= settings.leastExistence)
        reports.set(track.id, trackReport(track, picture, words, settings.leastClass));
    const lost = [...told.tracks].flatMap(([id, report]) => (reports.has(id) ? [] : [lostReport(report)]));
    const scan = session.detections([...reports.values(), ...lost], nowMs);
    if (!scan || !send(scan, nowMs)) return rest.reportedMs;
    told.tracks = reports;
    for (const id of reports.keys()) monitor.told(id, nowMs);
    return nowMs;
  };

  const reportAlerts = ({ session, told }: Conversation, picture: ReleasedPicture) => {
    const { nowMs } = picture;
    const standing = picture.alerts.filter(isStanding);
    const report = (alert: Alert): boolean => {
      const message = session.alert(alert, nowMs);
      return message !== undefined && send([message], nowMs);
    };
    for (const one of standing) {
      const stamp = `${one.revision} ${one.level} ${one.tracks.length}`;
      if (told.alerts.get(one.id)?.stamp === stamp) continue;
      const alert = sapientAlert(one, picture, words, nodeId);
      if (!report(alert)) continue;
      told.alerts.set(one.id, { stamp, alert });
      monitor.told(one.id, nowMs);
    }
    const ids = new Set<string>(standing.map(({ id }) => id));
    for (const [id, { alert }] of told.alerts) if (!ids.has(id) && report(alertEnd(alert, words))) told.alerts.delete(id);
  };

  const hear = (event: UpperEvent, { session }: Conversation, nowMs: number) => {
    switch (event.kind) {
      case "accepted":
        return monitor.working();
      case "rejected":
        return monitor.failing(`The partner refuses the registration: ${event.reasons.join("; ") || "no reason given"}`);
      case "complaint":
        complaintMs = nowMs;
        monitor.dropped("refused");
        return monitor.failing(`The partner refused a message: ${event.reasons.join("; ")}`);
      case "task": {
        const { answer, settings: next } = answerTo(event.task, settings);
        settings = next;
        return void send([session.answerTask(answer, nowMs)], nowMs);
      }
      case "alertAnswered":
        return event.answer.alertAckStatus === "REJECTED" ? monitor.dropped("refused") : undefined;
      case "refused":
        return undefined;
      default:
        return event satisfies never;
    }
  };

  const settle = (nowMs: number) => {
    if (complaintMs === undefined || nowMs - complaintMs < COMPLAINT_MS) return;
    complaintMs = undefined;
    monitor.working();
  };

  let newest: ReleasedPicture | undefined;
  return {
    opened(open) {
      line = open;
      conversation = undefined;
      settings = USUAL_SETTINGS;
    },
    closed() {
      line = undefined;
      conversation = undefined;
    },
    heard(chunk, nowMs) {
      if (!conversation) return;
      for (const item of conversation.frames.push(chunk)) {
        if (item.kind === "lost") return line?.close(`what the partner sends cannot be followed: ${item.error.detail}`);
        const { messages, events } = conversation.session.receive(item.octets, nowMs);
        send(messages, nowMs);
        for (const event of events) hear(event, conversation, nowMs);
      }
    },
    take(picture) {
      newest = picture;
      if (!line) return;
      conversation ??= begin(picture);
      send(conversation.session.tick(picture.nowMs, statusIn(picture)), picture.nowMs);
      conversation.reportedMs = reportTracks(conversation, picture);
      reportAlerts(conversation, picture);
      settle(picture.nowMs);
    },
    leaving(nowMs) {
      if (conversation && newest) send(conversation.session.goodbye(nowMs, statusIn(newest)), nowMs);
    },
  };
}
