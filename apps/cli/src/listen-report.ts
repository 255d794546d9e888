import { distanceM } from "@picket/geo";
import type { Site } from "@picket/model";
import type { FeedConfig } from "@picket/server";
import { type Finding, fault, note, ok } from "./finding.ts";
import { quietAdvice, strangeAdvice } from "./listen-advice.ts";
import type { Tally } from "./listen-tally.ts";

const FAR_M = 100_000;
/** A sender's clock that is this much ahead of ours is wrong, or ours is. */
const AHEAD_MS = 500;
const LATE_MS = 2000;
const MOST_CODES = 8;

/** What a feed was heard to do in `seconds`, and how to mend what is amiss, in words. */
export function listenReport(feed: FeedConfig, site: Site, tally: Tally, seconds: number): readonly Finding[] {
  return [
    ...connection(feed, tally),
    ...hearing(feed, tally, seconds),
    ...understanding(feed, tally, seconds),
    ...(feed.transport.kind === "capture" ? [note("A capture is of another time: its clock says nothing of now")] : clock(tally)),
    ...places(site, tally),
    ...reports(tally),
    ...papers(feed),
  ];
}

function connection({ transport }: FeedConfig, { states, refused, lost }: Tally): readonly Finding[] {
  const found: Finding[] = [];
  const reasons = states.flatMap((state) => (state.kind === "reconnecting" ? [state.why] : []));
  const listening = states.findLast((state) => state.kind === "listening");
  if (listening) found.push(ok(`Listening: ${listening.where}`));
  if (reasons.length > 0 && listening) found.push(fault(`Lost ${reasons.length} times; the last time: ${reasons.at(-1)}`));
  if (!listening) found.push(fault(`Never connected: ${reasons.at(-1) ?? "no answer in this time"}`));
  if (refused.count > 0) {
    found.push(
      transport.kind === "mqtt"
        ? note(
            `${refused.count} messages were left out, the first ${refused.first}: kept by the broker from before (retained: true takes them), or their topic is too long`,
          )
        : fault(
            `${refused.count} times a sender was kept out, the first ${refused.first}: add its address to "allow", or raise maxConnections`,
          ),
    );
  }
  if (lost > 0) found.push(fault(`${lost} chunks were lost before they could be read`));
  return found;
}

function hearing(feed: FeedConfig, tally: Tally, seconds: number): readonly Finding[] {
  const { chunks, octets, senders, states } = tally;
  if (chunks === 0) {
    const isConnected = states.some(({ kind }) => kind === "listening");
    return isConnected ? [fault(`Nothing came in ${seconds.toFixed(1)} s`), ...quietAdvice(feed).map(note)] : [];
  }
  const [first = ""] = senders;
  const from = senders.size === 1 ? first : `${senders.size} senders or topics, such as ${first}`;
  return [ok(`Heard ${chunks} chunks, ${octets} octets (${(chunks / seconds).toFixed(1)} a second) from ${from}`)];
}

function understanding(feed: FeedConfig, tally: Tally, seconds: number): readonly Finding[] {
  if (tally.chunks === 0) return [];
  const found: Finding[] = [];
  const rate = (tally.records / seconds).toFixed(1);
  const kinds = [...tally.inputs].map(([kind, count]) => `${count} ${KIND_IN_WORDS[kind] ?? kind}`).join(", ");
  if (tally.records > 0)
    found.push(
      ok(
        `Understood ${tally.records} records (${rate} a second) as ${feed.protocol}: ${kinds || "none of them says where anything is"}`,
      ),
    );
  else found.push(fault(`Nothing of it is understood as ${feed.protocol}`), ...strangeAdvice(feed, tally.head).map(note));
  const codes = [...tally.rejected].toSorted(([, a], [, b]) => b.count - a.count);
  for (const [code, { count, first }] of codes.slice(0, MOST_CODES))
    found.push(note(`Refused ${count} as ${code}; the first: ${first}`));
  if (tally.rejected.has("unknown-sensor"))
    found.push(note("Lines name a sensor that this file does not have: add it under sensors, by that id"));
  if (tally.rejected.has("unpacked-too-large"))
    found.push(note("Messages are packed and come to more than 1 MiB: make the sender send less at once"));
  return found;
}

const KIND_IN_WORDS: Readonly<Record<string, string>> = { scan: "looks", claim: "claims", sensorReport: "reports of its health" };

/** Delay makes a sender's clock look late, never early: the least delayed message bounds it best. */
function clock({ clockOffsetsMs, agesMs }: Tally): readonly Finding[] {
  const found: Finding[] = [];
  if (clockOffsetsMs.length > 0) {
    const offsetMs = Math.max(...clockOffsetsMs);
    const by = `${(Math.abs(offsetMs) / 1000).toFixed(2)} s`;
    if (offsetMs > AHEAD_MS) found.push(fault(`The sender's clock is at least ${by} ahead of ours: set both by network time`));
    else if (offsetMs < -LATE_MS)
      found.push(fault(`The sender's clock is ${by} behind ours, or all it sends comes so late: set both by network time`));
    else found.push(ok(`The sender's clock is at most ${by} ${offsetMs > 0 ? "ahead of" : "behind"} ours, delay included`));
  } else if (agesMs.length > 0) found.push(note("The sender states no time of its own that could be compared with ours"));
  if (agesMs.length > 0) {
    const sorted = agesMs.toSorted((a, b) => a - b);
    const medianMs = sorted[sorted.length >> 1] ?? 0;
    const text = `What it measured is ${(medianMs / 1000).toFixed(2)} s old on arrival (median)`;
    found.push(medianMs > LATE_MS ? note(`${text}: what is older than 3 s comes too late to be used`) : ok(text));
  }
  return found;
}

function places(site: Site, { positions, positionCount, detections, records }: Tally): readonly Finding[] {
  if (records > 0 && detections > 0 && positionCount === 0)
    return [note(`${detections} detections, none with a position of its own`)];
  if (positionCount === 0) return [];
  const distancesM = positions.map((position) => distanceM(site, position));
  const nearKm = Math.min(...distancesM) / 1000;
  const farKm = Math.max(...distancesM) / 1000;
  const { latDeg, lonDeg } = positions.at(-1) ?? site;
  const text = `${positionCount} positions, ${nearKm.toFixed(1)} to ${farKm.toFixed(1)} km from the site, the last ${latDeg.toFixed(5)}, ${lonDeg.toFixed(5)}`;
  return Math.min(...distancesM) > FAR_M ? [fault(`${text}: is the site's own position right?`)] : [ok(text)];
}

const reports = ({ reports: said }: Tally): readonly Finding[] =>
  [...said].map(([sensor, text]) =>
    text.startsWith("working") ? ok(`${sensor} says: ${text}`) : fault(`${sensor} says: ${text}`),
  );

const papers = ({ id, owner, legalBasis }: FeedConfig): readonly Finding[] =>
  owner && legalBasis
    ? []
    : [note(`Feed ${id} states no ${owner ? "" : "owner"}${owner || legalBasis ? "" : " or "}${legalBasis ? "" : "legalBasis"}`)];
