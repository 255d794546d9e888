import type { Phrase, TruthTest } from "@picket/model";
import { phrase } from "../phrases.ts";
import { type ClaimRecord, evidenceOf, SENDER_LLR, STRANGER_LLR } from "./claim-record.ts";

/** Enough looks that chance cannot have given them. */
const GENUINE_HITS = 4;
/** What was genuine stays so until the odds are even again. */
const STILL_GENUINE_LLR = 0;
/** Absence is that of a thousand to one, over six looks. */
const ABSENT_LOOKS = 6;
/** Of who stood the test before, that of 60,000 to one: more often than a sender begins to lie, a sensor turns. */
const ABSENT_AFTER_GENUINE_LLR = -11;
/** What a sensor saw says so long where a sender is: at 12 m/s it has left the gate since, and the slowest radar has turned once. */
const IN_VIEW_MS = 15_000;
/** With an object beside that flies the same path, a lesser absence suffices. */
const ABSENT_BESIDE_LLR = -3;
const BESIDE_S = 8;
const REPEATS = 3;
/** A jump or a second place speaks for a minute. */
const RECENT_MS = 60_000;
/** A sender's clock this far off is worth saying; it proves nothing. */
const CLOCK_OFF_MS = 10_000;
const MAX_REASONS = 16;

/**
 * Does the broadcast stand up? Genuine needs another sensor's own detections where it says it is. Contradicted needs positive evidence:
 * two places at once, impossible flight, a receiver that cannot have heard it there, bearings that point elsewhere, or looks that should
 * have seen it and did not. Otherwise it is unconfirmed. Sets the record's verdict, which has some hold.
 */
export function testTruth(record: ClaimRecord, nowMs: number): TruthTest {
  const against = [...evidenceAgainst(record, nowMs)];
  const support = supportOf(record);
  const agreeing = [...record.bearings.values()].some(({ agree, disagree }) => agree >= REPEATS && disagree === 0);
  const isGenuine =
    (support.llr >= SENDER_LLR && support.hits >= GENUINE_HITS) ||
    (record.verdict === "genuine" && support.llr > STILL_GENUINE_LLR);
  if (isGenuine || agreeing) record.wasGenuine = true;
  record.verdict = against.length > 0 ? "contradicted" : isGenuine || agreeing ? "genuine" : "unconfirmed";
  const reasons = [...against, ...evidenceFor(record), ...doubts(record, support.looks)];
  return { verdict: record.verdict, reasons: reasons.slice(0, MAX_REASONS) };
}

/** Evidence that nothing is where the broadcast says. The rest speaks against who or how: the drone may be there all the same. */
const DENIES_PLACE: ReadonlySet<string> = new Set(["truth.sensorMisses", "truth.companion"]);

/** Is it refuted that something is there? Whoever repeats another's serial elsewhere, or turns a direction finder, makes it no less real. */
export const isPlaceDenied = ({ verdict, reasons }: TruthTest): boolean =>
  verdict === "contradicted" && reasons.some(({ code }) => DENIES_PLACE.has(code));

/**
 * What speaks for something being there: what sensors see there, or an object that flies its path. `atBestLlr` is what sensors see as they stand or as they may
 * have turned, whichever says more for it, and `nowLlr` is that without what those saw whose view the claim has left.
 */
function supportOf({ sensors, near, places }: ClaimRecord): Record<"llr" | "atBestLlr" | "nowLlr" | "looks" | "hits", number> {
  const sum = { llr: 0, atBestLlr: 0, nowLlr: 0, looks: 0, hits: 0 };
  const toldMs = places[0]?.measuredMs ?? 0;
  for (const evidence of sensors.values()) {
    const { llr, looks, hits } = evidenceOf(evidence, near);
    sum.llr += llr;
    const atBestLlr = Math.max(llr, evidence.turnedLlr ?? llr);
    sum.atBestLlr += atBestLlr;
    sum.nowLlr += toldMs - evidence.lastMs > IN_VIEW_MS ? Math.min(0, atBestLlr) : atBestLlr;
    sum.looks += looks;
    sum.hits += hits;
  }
  return { ...sum, llr: Math.max(sum.llr, ...near.values()) };
}

function* evidenceAgainst(record: ClaimRecord, nowMs: number): Generator<Phrase> {
  const { twoPlaces, jump, tooFar, companion } = record;
  const support = supportOf(record);
  if (twoPlaces && nowMs - twoPlaces.atMs <= RECENT_MS) yield phrase("truth.twoPlaces", { separationM: twoPlaces.separationM });
  if (jump && jump.count >= REPEATS && nowMs - jump.atMs <= RECENT_MS)
    yield phrase("truth.impossibleSpeed", { speedMps: jump.speedMps });
  if (tooFar && tooFar.count >= REPEATS)
    yield phrase("truth.receiverTooFar", { sensor: tooFar.sensor, distanceM: tooFar.distanceM });
  for (const [sensor, { agree, disagree, offDeg }] of record.bearings)
    if (disagree >= REPEATS && disagree > 2 * agree) yield phrase("truth.bearingDisagrees", { sensor, offDeg });
  const beside =
    companion !== undefined && companion.forS >= BESIDE_S && Math.max(support.llr, support.atBestLlr) <= ABSENT_BESIDE_LLR;
  const absent = isAbsent(record, support) && support.looks - support.hits >= ABSENT_LOOKS;
  if (beside) yield phrase("truth.companion", { offsetM: companion.offsetM, forS: companion.forS });
  if (!beside && !absent) return;
  for (const [sensor, evidence] of record.sensors) {
    const { looks, hits, llr } = evidenceOf(evidence, record.near);
    if (llr < 0) yield phrase("truth.sensorMisses", { sensor, looks: looks - hits, probability: 1 - Math.exp(llr) });
  }
}

/** Who was genuine and has left the view of who saw it there is missed by the others, since then: in the order the looks came. */
function isAbsent(record: ClaimRecord, { llr, atBestLlr, nowLlr }: ReturnType<typeof supportOf>): boolean {
  const { wasGenuine = false, seenLlr = 0, near } = record;
  const leastLlr = wasGenuine ? ABSENT_AFTER_GENUINE_LLR : STRANGER_LLR;
  return (
    (llr <= STRANGER_LLR && atBestLlr <= leastLlr) || (wasGenuine && Math.max(nowLlr, seenLlr, ...near.values()) <= leastLlr)
  );
}

function* evidenceFor({ sensors, near, bearings }: ClaimRecord): Generator<Phrase> {
  for (const [sensor, evidence] of sensors) {
    const { hits, llr } = evidenceOf(evidence, near);
    if (llr > 0) yield phrase("truth.sensorAgrees", { sensor, looks: hits });
  }
  for (const [sensor, { agree, disagree, offDeg }] of bearings)
    if (agree > disagree) yield phrase("truth.bearingAgrees", { sensor, offDeg });
}

function* doubts({ places, sensors, near, clockOffsetMs = 0, verdict }: ClaimRecord, looks: number): Generator<Phrase> {
  if (Math.abs(clockOffsetMs) > CLOCK_OFF_MS) yield phrase("truth.clockOff", { offsetS: clockOffsetMs / 1000 });
  if (verdict !== "unconfirmed") return;
  for (const [sensor, evidence] of sensors)
    if ((evidence.turnedLlr ?? STRANGER_LLR) > Math.max(STRANGER_LLR, evidenceOf(evidence, near).llr))
      yield phrase("truth.sensorTurned", { sensor });
  if (places.length === 0) yield phrase("truth.noPosition", {});
  else if (looks === 0) yield phrase("truth.notCorroborated", {});
}
