import { type CotEvent, deleteEvent } from "@picket/cot";
import type { Alert, Reality } from "@picket/model";
import { cotAlert, cotAlertEnd, isStanding } from "./cot-alert.ts";
import { OPEX } from "./cot-mark.ts";
import { type CotSubject, createCotSubjects } from "./cot-subjects.ts";
import { cotUid } from "./cot-track.ts";
import { type CotWriter, datagramWriter, streamWriter } from "./cot-writer.ts";
import { createOutbox } from "./outbox.ts";
import type { ReleasedPicture } from "./release.ts";
import type { ShareContext, ShareProtocol } from "./share-protocol.ts";
import { type ShareWords, shareWords } from "./share-words.ts";

const DEFAULT_STALE_S = 20;
/** At most one message in this time about one thing. */
const INTERVAL_MS = 1000;
/** Messages that wait at most. */
const MOST_WAITING = 2000;
/** Messages of one look at a picture: a swarm's are spread over the second, and hold up no alert. */
const MOST_AT_ONCE = 200;
/** What did not change is said again this often within the time after which it would be stale. */
const RENEWALS = 3;

/** What a partner's map shows of one thing, so that it can be taken off again. */
type Shown = Readonly<{ event: CotEvent; reality: Reality; stamp: string; alert?: Alert }>;

/** Sends what is released as Cursor on Target: markers that are renewed while they stand and taken off when they end. */
export function createCotShare({ config, monitor }: ShareContext): ShareProtocol {
  const { transport, cot = {} } = config;
  const { encoding = "xml", staleS = DEFAULT_STALE_S, language = "en" } = cot;
  const staleMs = staleS * 1000;
  const words = shareWords(language);
  const subjects = createCotSubjects(words, staleMs);
  const outbox = createOutbox({ intervalMs: INTERVAL_MS, most: MOST_WAITING, mostAtOnce: MOST_AT_ONCE, monitor });
  const shown = new Map<string, Shown>();
  let writer: CotWriter | undefined;
  let mayAsk = encoding === "protobuf";
  let ownUid = "picket";
  let isFirst = true;

  /** What ended around a restart: clients keep an alarm until it is cancelled, and only the run before this one knows that it was told. */
  const rememberEnded = (picture: ReleasedPicture) => {
    for (const alert of picture.alerts.filter((one) => !isStanding(one))) {
      const event = cotAlert(alert, picture, words, staleMs);
      shown.set(cotUid(picture.site, alert.id), { event, reality: alert.reality, stamp: "", alert });
    }
  };

  const write = (event: CotEvent, nowMs: number): boolean => {
    if (!writer?.write(event, nowMs)) return false;
    monitor.sent(nowMs);
    return true;
  };
  const show = ({ uid, thing, stamp, reality, alert, staleMs: staysMs, make }: CotSubject, nowMs: number) => {
    const isFresh = nowMs - (outbox.sentMs(uid) ?? Number.NEGATIVE_INFINITY) < staysMs / RENEWALS;
    if (isFresh && shown.get(uid)?.stamp === stamp) return;
    outbox.put(uid, {
      isUrgent: alert !== undefined,
      untilMs: nowMs + staleMs,
      send(atMs) {
        const event = make();
        const before = shown.get(uid);
        // An alert that rises to be sounded, or no longer is, goes on under another uid.
        const ending = before && before.event.uid !== event.uid ? endingOf(before, words, Math.round(atMs), staleMs) : [];
        if (![...ending, event].every((one) => write(one, atMs))) return false;
        monitor.told(thing, atMs);
        shown.set(uid, { event, reality, stamp, ...(alert && { alert }) });
        return true;
      },
    });
  };
  const takeOff = (uid: string, last: Shown, nowMs: number) =>
    outbox.put(uid, {
      isUrgent: true,
      untilMs: nowMs + staleMs,
      send(atMs) {
        if (!endingOf(last, words, Math.round(atMs), staleMs).every((event) => write(event, atMs))) return false;
        return shown.delete(uid);
      },
    });

  const onSilence = () => {
    mayAsk = false;
  };

  return {
    opened(line, nowMs) {
      // Who is on the other end may know nothing yet.
      for (const [uid, what] of shown) shown.set(uid, { ...what, stamp: "" });
      writer =
        transport.kind === "udp" ? datagramWriter(line, encoding) : streamWriter({ line, uid: ownUid, mayAsk, nowMs, onSilence });
    },
    closed() {
      writer = undefined;
    },
    heard: (chunk, nowMs) => writer?.heard(chunk, nowMs),
    take(picture) {
      const { nowMs, site } = picture;
      ownUid = cotUid(site, "ping");
      if (isFirst) rememberEnded(picture);
      isFirst = false;
      const standing = new Set<string>();
      for (const subject of subjects(picture)) {
        standing.add(subject.uid);
        show(subject, nowMs);
      }
      for (const [uid, what] of shown) if (!standing.has(uid)) takeOff(uid, what, nowMs);
      outbox.retain((uid) => standing.has(uid) || shown.has(uid));
      writer?.pass(nowMs);
      outbox.flush(nowMs);
    },
    leaving(nowMs) {
      const atMs = Math.round(nowMs);
      // Drawings first: some clients keep one that nobody takes off. Alerts stay: that we stop ends no danger.
      for (const what of [...shown.values()].toSorted((a, b) => Number(isDrawing(b)) - Number(isDrawing(a))))
        if (!what.alert && !endingOf(what, words, atMs, staleMs).every((event) => write(event, atMs))) break;
      writer = undefined;
    },
  };
}

const isDrawing = ({ event }: Shown): boolean => event.type.startsWith("u-d-");

/** What takes a thing off the map: an alert is cancelled; a marker is said to be stale now, and deleted for those who read that. */
function endingOf({ event, reality, alert }: Shown, words: ShareWords, nowMs: number, staleMs: number): readonly CotEvent[] {
  const cancelled = alert && cotAlertEnd(alert, event, words, nowMs, staleMs);
  if (cancelled) return [cancelled];
  const stale = { ...event, timeMs: nowMs, startMs: nowMs, staleMs: nowMs };
  return [stale, { ...deleteEvent(event, nowMs), opex: OPEX[reality] }];
}
