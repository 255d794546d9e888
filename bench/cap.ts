/**
 * Times CAP both ways per alert and in MB/s: an alert of a zone in two languages, from memory, one core; and beside it
 * xmllint, where that is installed, which parses the same text 100 times and makes no alert of it. Best of some rounds, the two by turns.
 * Usage: node bench/cap.ts [--alerts 5000] [--rounds 5]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type CapAlert, decodeAlert, encodeAlert } from "@picket/cap";

const { values } = parseArgs({
  options: { alerts: { type: "string", default: "5000" }, rounds: { type: "string", default: "5" } },
});
const ALERTS = Number(values.alerts);
const ROUNDS = Number(values.rounds);
/** What xmllint does with --repeat. */
const PEER_PARSES = 100;

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
const text = encodeAlert(alert);
const octets = new TextEncoder().encode(text);
const dir = mkdtempSync(join(tmpdir(), "picket-bench-"));
const file = join(dir, "alert.xml");
writeFileSync(file, octets);

console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, best of ${ROUNDS}; ${octets.length} octets`);
const peerRounds: number[] = [];
for (const [name, run] of [
  ["decode", () => decodeAlert(octets)],
  ["encode", () => encodeAlert(alert)],
] as const) {
  const own: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    own.push(time(run));
    const peer = peerParse();
    if (peer !== undefined) peerRounds.push(peer);
  }
  print(name, Math.min(...own));
}
if (peerRounds.length > 0) print("xmllint parses", Math.min(...peerRounds));
else console.log("xmllint is not installed: nothing beside it");
rmSync(dir, { recursive: true });

/** Seconds per call. */
function time(run: () => unknown): number {
  const start = performance.now();
  for (let i = 0; i < ALERTS; i++) run();
  return (performance.now() - start) / 1000 / ALERTS;
}

/** Seconds per parse, by xmllint's own clock; it says nothing finer than a millisecond for all of them. */
function peerParse(): number | undefined {
  const { stderr } = spawnSync("xmllint", ["--nonet", "--noout", "--repeat", "--timing", file], { encoding: "utf8" });
  const [, ms] = /iterations took (\d+) ms/.exec(stderr ?? "") ?? [];
  return ms === undefined ? undefined : Math.max(1, Number(ms)) / 1000 / PEER_PARSES;
}

function print(name: string, seconds: number): void {
  const alerts = Math.round(1 / seconds).toString();
  console.log(
    `${name.padEnd(16)} ${alerts.padStart(8)} alerts/s  ${(octets.length / seconds / 1e6).toFixed(1).padStart(6)} MB/s`,
  );
}
