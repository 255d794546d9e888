import { spawnSync } from "node:child_process";
import { type CapAlert, decodeAlert, encodeAlert } from "@picket/cap";
import { fastestCalls, type Options, type Peer, type Row, rateOf, withRepeated } from "./codec-rates.ts";

const ALERTS = 5000;
/** What xmllint does with --repeat. */
const PEER_PARSES = 100;

/** An alert of a zone in two languages. */
const sent = { unixMs: 1_767_323_045_000, offsetMin: 0 };
const ring = Array.from({ length: 60 }, (_, i) => ({ latDeg: 32.55 + 0.0001 * (i % 30), lonDeg: -117.04 + 0.0001 * i }));
const alert: CapAlert = {
  identifier: "picket-site1-a7-12-3",
  sender: "picket@site1.example",
  sent,
  status: "Actual",
  msgType: "Update",
  scope: "Restricted",
  restriction: "for the county",
  addresses: [],
  codes: [],
  references: [{ sender: "picket@site1.example", identifier: "picket-site1-a7-12-2", sent }],
  incidents: ["i7-3"],
  infos: ["en", "es"].map((language) => ({
    language,
    categories: ["Security", "Safety"],
    event: "Unmanned aircraft",
    responseTypes: ["Shelter"],
    urgency: "Immediate",
    severity: "Severe",
    certainty: "Observed",
    eventCodes: [],
    expires: sent,
    headline: "Drone inside Yard (North gate)",
    description: "It is inside Yard. Told by sensors of North gate; not engagement quality.",
    instruction: "TAKE COVER. Do not approach a downed drone.",
    parameters: [{ valueName: "picket-level", value: "warning" }],
    resources: [],
    areas: [{ areaDesc: "Yard", polygons: [[...ring, ...ring.slice(0, 1)]], circles: [], geocodes: [] }],
  })),
  isSigned: false,
};

/** Both ways; xmllint beside the decoder, which parses the same text and makes no alert of it. */
export async function capRows({ rounds, scale }: Options): Promise<readonly Row[]> {
  const octets = new TextEncoder().encode(encodeAlert(alert));
  const calls = Math.ceil(ALERTS * scale);
  const [decode = 0, encode = 0] = await fastestCalls(rounds, [
    { run: () => decodeAlert(octets), calls },
    { run: () => encodeAlert(alert), calls },
  ]);
  const parsed = await withRepeated(new Uint8Array(0), octets, [1], async ([file = ""]) =>
    Array.from({ length: rounds }, () => peerParse(file)),
  );
  const seconds = parsed.flatMap((one) => one ?? []);
  const peer: Peer =
    seconds.length > 0
      ? { name: "xmllint, parse only", rate: rateOf(Math.min(...seconds), 1, octets.length) }
      : { missing: "xmllint is not installed" };
  return [
    { codec: "CAP", what: "XML to alert", ours: rateOf(decode, 1, octets.length), peer },
    { codec: "CAP", what: "alert to XML", ours: rateOf(encode, 1, octets.length), peer: { missing: "nothing writes CAP" } },
  ];
}

/** Seconds per parse, by xmllint's own clock; it says nothing finer than a millisecond for all of them. */
function peerParse(file: string): number | undefined {
  const { stderr } = spawnSync("xmllint", ["--nonet", "--noout", "--repeat", "--timing", file], { encoding: "utf8" });
  const [, ms] = /iterations took (\d+) ms/.exec(stderr ?? "") ?? [];
  return ms === undefined ? undefined : Math.max(1, Number(ms)) / 1000 / PEER_PARSES;
}
