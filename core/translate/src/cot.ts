import type { DecodeError } from "@picket/bytes";
import { type CotEvent, deletedUids, encodeXml, isPing, isPlaced, isTasking, pongEvent, readDetail } from "@picket/cot";
import { distanceM } from "@picket/geo";
import {
  type Command,
  commandId,
  type Input,
  leastReal,
  type PersonId,
  type Reality,
  type Sensor,
  sightingId,
} from "@picket/model";
import { CLASS_EVIDENCE_EVERY_MS } from "./aircraft-class.ts";
import { type CotStreamsState, createCotStreams } from "./cot-streams.ts";
import { airTrackOf, isInTheAir, isPersonsMark, looksOf } from "./cot-track.ts";
import { present } from "./present.ts";
import type { Refuse } from "./refuse.ts";
import type { CotOptions, Translator, TranslatorOptions } from "./translator.ts";

/** What is remembered of a uid: its newest event, where its sighting was, and when its class last counted. */
type Remembered = Readonly<{ timeMs: number; latDeg?: number; lonDeg?: number; classMs?: number }>;

/** Where a CoT translator stands between two chunks; uids not heard for longest first. */
export type CotSnapshot = Readonly<{
  protocol: "cot";
  streams: CotStreamsState;
  uids: readonly (readonly [string, Remembered])[];
}>;

/** Uids that are remembered; the one not heard for longest goes first. */
const MAX_UIDS = 4096;
/** A track that was stated longer ago is no track of now. */
const OLD_MS = 15_000;
/** Of a time that the sender gives, on its way through servers. */
const TIME_SIGMA_MS = 500;
const UNSAID_PERSON_SIGMA_M = 30;
const UNSAID_SIGHTING_SIGMA_M = 200;
const SIGHTING_SIGMA_MS = 60_000;
/** A marker that was set longer ago is sent again by somebody's tidiness: it is no sighting of now. */
const OLD_REPORT_MS = 600_000;
/** A report that is said again stays the same report; one that moved farther is another. */
const SAME_REPORT_M = 100;
/** Spot reports that are an aircraft's operator or take-off place, as receivers of Remote ID write them: no sighting of anything in the air. */
const OPERATOR_UID = /^(pilot|home|operator)-|-(pilot|home|operator)$/i;
const NAME_LENGTH = 64;
const UID_LENGTH = 128;
const NOTE_LENGTH = 280;

const NO_SITE: CotOptions = { ownPrefix: "picket-", persons: [] };

/** Of a chunk: the numbering of what it makes, and where refusals go. */
type Context = Readonly<{ receivedMs: number; sequence: number; inputs: Input[]; replies: Uint8Array[]; refuse: Refuse }>;

/**
 * Translates what TAK clients and servers send: places of configured people, spot reports as sightings, air tracks of other systems. The
 * rest is understood and left: drawings, chat, routes. Nothing in it can task anybody, and no affiliation is taken over.
 */
export function createCotTranslator(options: TranslatorOptions & { sensor: Sensor }, snapshot?: CotSnapshot): Translator {
  const { feed, sensor, reality, framing = "stream", cot = NO_SITE } = options;
  const { ownPrefix, persons } = cot;
  const streams = createCotStreams(framing, snapshot?.streams);
  const uids = new Map<string, Remembered>(snapshot?.uids);
  const personOf = new Map(persons.map(({ uid, person }) => [uid, person]));
  // Recordings and drills played again are stamped by the clocks of their day.
  const isTimed = reality === "live";

  return {
    bytes(chunk, receivedMs, from, sequence) {
      const { events, errors } = streams.push(chunk, from);
      const rejected: DecodeError[] = [...errors];
      const refuse: Refuse = (code, item, detail) => rejected.push({ code, item, at: 0, detail });
      const context: Context = { receivedMs, sequence, inputs: [], replies: [], refuse };
      let records = 0;
      for (const event of events) if (take(event, context)) records++;
      const { inputs, replies } = context;
      return { inputs, records, rejected, ...(replies.length > 0 && { replies }) };
    },
    snapshot: (): CotSnapshot => ({ protocol: "cot", streams: streams.snapshot(), uids: [...uids] }),
  };

  /** False when the event was refused. */
  function take(event: CotEvent, context: Context): boolean {
    const { receivedMs, refuse, replies } = context;
    const refused = refusalOf(event, receivedMs);
    if (refused) {
      refuse(refused.code, "event", `${event.uid.slice(0, NAME_LENGTH)}: ${refused.detail}`);
      return false;
    }
    if (framing === "stream" && isPing(event)) replies.push(encodeXml(pongEvent("picket", receivedMs)));
    for (const uid of deletedUids(event)) remember(uid, { timeMs: statedMs(event, receivedMs) });
    const person = personOf.get(event.uid);
    if (!isPlaced(event.point)) return true;
    if (person !== undefined) return takePlace(event, person, context);
    if (isInTheAir(event)) return isPersonsMark(event) ? takeSighting(event, context) : takeTrack(event, context);
    return !event.type.startsWith("b-m-p-s") || OPERATOR_UID.test(event.uid) || takeSighting(event, context);
  }

  function refusalOf({ uid, type, timeMs, staleMs }: CotEvent, receivedMs: number) {
    if (uid.startsWith(ownPrefix)) return { code: "own-echo", detail: "what this site itself sent" };
    if (isTasking(type)) return { code: "tasking", detail: `${type} tasks somebody, and nobody here takes tasks` };
    if (!isTimed) return undefined;
    const known = uids.get(uid);
    if (known && timeMs < known.timeMs)
      return { code: "out-of-order", detail: "older than what was said of it before, or deleted" };
    if (known && timeMs === known.timeMs && !type.startsWith("t-")) return { code: "duplicate", detail: "said before" };
    if (staleMs < receivedMs - OLD_MS) return { code: "stale", detail: "no longer held when it came" };
    return undefined;
  }

  function remember(uid: string, what: Remembered): void {
    uids.delete(uid); // a Map keeps the order of insertion, so the newest goes last
    uids.set(uid, what);
    const [oldest] = uids.keys();
    if (uids.size > MAX_UIDS && oldest !== undefined) uids.delete(oldest);
  }

  /** When it was stated. Nobody can state something later than we hear of it, or shut out what comes after by pretending so. */
  function statedMs({ timeMs }: CotEvent, receivedMs: number): number {
    return isTimed ? Math.min(timeMs, receivedMs) : receivedMs;
  }

  /** A drill's word on where somebody is moves nobody. */
  function takePlace(event: CotEvent, person: PersonId, { receivedMs, sequence, inputs, refuse }: Context): boolean {
    if (realityOf(event, reality) !== reality) {
      refuse("less-real", "event", `the place of ${person} is marked ${realityOf(event, reality)}, and the feed is ${reality}`);
      return false;
    }
    const measuredMs = statedMs(event, receivedMs);
    remember(event.uid, { timeMs: measuredMs });
    const { latDeg, lonDeg, circularErrorM } = event.point;
    const sigmaM = circularErrorM || UNSAID_PERSON_SIGMA_M;
    inputs.push(
      commandInput({ kind: "personPosition", person, latDeg, lonDeg, sigmaM, measuredMs }, receivedMs, sequence, inputs.length),
    );
    return true;
  }

  function takeSighting(event: CotEvent, { receivedMs, sequence, inputs, refuse }: Context): boolean {
    const { uid, timeMs, point, detail } = event;
    if (isTimed && receivedMs - timeMs > OLD_REPORT_MS) {
      refuse("stale", "event", `${uid.slice(0, NAME_LENGTH)}: a report of long ago`);
      return false;
    }
    const { latDeg, lonDeg, circularErrorM } = point;
    const known = uids.get(uid);
    const isSame =
      known?.latDeg !== undefined &&
      known.lonDeg !== undefined &&
      distanceM({ latDeg: known.latDeg, lonDeg: known.lonDeg }, point) < SAME_REPORT_M;
    const told = isSame ? { latDeg: known.latDeg, lonDeg: known.lonDeg } : { latDeg, lonDeg };
    remember(uid, { timeMs: statedMs(event, receivedMs), ...told });
    if (isSame) return true;
    const { contact, remarks, links } = readDetail(detail);
    const by = links.find(({ parentCallsign }) => parentCallsign)?.parentCallsign ?? contact?.callsign ?? "TAK";
    const note = [contact?.callsign, remarks?.text].filter(Boolean).join(": ");
    const sighting = {
      id: sightingId.parse(`cot-${sequence}-${inputs.length}`),
      by: by.slice(0, NAME_LENGTH),
      carried: { feed, uid: uid.slice(0, UID_LENGTH) },
      seenMs: statedMs(event, receivedMs),
      seenSigmaMs: SIGHTING_SIGMA_MS,
      latDeg,
      lonDeg,
      placeSigmaM: circularErrorM || UNSAID_SIGHTING_SIGMA_M,
      count: 1,
      moving: "unknown" as const,
      ...present({ looks: looksOf(event) }),
      ...(note !== "" && { note: note.slice(0, NOTE_LENGTH) }),
    };
    const command = { kind: "sighting", sighting, reality: realityOf(event, reality) } as const;
    inputs.push(commandInput(command, receivedMs, sequence, inputs.length));
    return true;
  }

  function takeTrack(event: CotEvent, { receivedMs, sequence, inputs, refuse }: Context): boolean {
    const { uid, timeMs } = event;
    if (isTimed && receivedMs - timeMs > OLD_MS) {
      refuse("stale", "event", `${uid.slice(0, NAME_LENGTH)}: stated ${Math.round((receivedMs - timeMs) / 1000)} s ago`);
      return false;
    }
    const { classMs } = uids.get(uid) ?? {};
    const isDue = classMs === undefined || receivedMs - classMs >= CLASS_EVIDENCE_EVERY_MS;
    const measuredMs = statedMs(event, receivedMs);
    remember(uid, { timeMs: measuredMs, classMs: isDue ? receivedMs : classMs });
    inputs.push({
      kind: "scan",
      sensor: sensor.id,
      measuredMs,
      measuredSigmaMs: TIME_SIGMA_MS,
      receivedMs,
      ...(isTimed && { clockOffsetMs: timeMs - receivedMs }),
      reality: realityOf(event, reality),
      detections: [airTrackOf(event, isDue)],
      raw: { feed, sequence },
    });
    return true;
  }

  type Draft = Command extends infer C ? (C extends Command ? Omit<C, "id" | "by" | "atMs"> : never) : never;
  function commandInput(draft: Draft, atMs: number, sequence: number, index: number): Input {
    const id = commandId.parse(`cot-${sequence}-${index}`);
    return { kind: "command", command: { ...draft, id, by: `feed ${feed}`.slice(0, NAME_LENGTH), atMs } as Command };
  }
}

/** What stands behind an event: the least real of the feed and of what the event says of itself. */
function realityOf({ opex = "", how }: CotEvent, feed: Reality): Reality {
  const own: Reality = opex.startsWith("s") || how === "m-s" ? "simulated" : opex.startsWith("e") ? "exercise" : "live";
  return leastReal(feed, own);
}
