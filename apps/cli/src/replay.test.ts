import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { EXIT } from "./exit-codes.ts";
import { runPicket, servePicket, temporaryDir } from "./run-picket.fixture.ts";

/** A drone that comes straight in, one look each 100 ms. */
const LOOKS = Array.from(
  { length: 30 },
  (_, look) =>
    `${JSON.stringify({ sensor: "radar", detections: [{ kind: "position", latDeg: 32.56 - look * 0.0001, lonDeg: -117.04, horizontalSigmaM: 5 }] })}\n`,
);

test("what was served is played again: frames, a summary, and a check that it comes out the same", async (t) => {
  const dir = temporaryDir(t);
  const config = join(dir, "site.yaml");
  writeFileSync(
    config,
    `site: { id: gate, name: Gate, latDeg: 32.55, lonDeg: -117.04 }
feeds: [{ id: in, protocol: detections, transport: { kind: http } }]
sensors: [{ id: radar, name: Radar, kind: radar, latDeg: 32.55, lonDeg: -117.04, rangeMaxM: 9000, revisitMs: 100 }]
zones: [{ id: yard, name: Yard, purpose: protected, shape: { kind: circle, centre: { latDeg: 32.56, lonDeg: -117.04 }, radiusM: 500 }, entryLevel: warning }]
`,
  );
  const { url, stop } = await servePicket(t, ["--config", config, "--data", join(dir, "data")]);
  for (const look of LOOKS) {
    await fetch(`${url}/api/feeds/in/bytes`, { method: "POST", body: look });
    await sleep(100);
  }
  const alerts = (await (await fetch(`${url}/api/alerts`)).json()) as { id: string }[];
  const [alert] = alerts;
  assert.ok(alert);
  await stop();

  const replay = (...args: string[]) => runPicket(["replay", join(dir, "data"), ...args]);
  const [check, summary, frames, later, wrong] = await Promise.all([
    replay("--check"),
    replay("--summary"),
    replay(),
    replay("--from", "2200-01-01T00:00:00Z"),
    replay("--from", "yesterday"),
  ]);
  assert.equal(check.code, EXIT.done, check.lines.join("\n"));
  assert.match(check.lines[0] ?? "", /^\d+ frames computed again; \d+ segments end in the bytes that open the next$/);
  assert.match(summary.out, new RegExp(`^\\S+Z ${alert.id} zoneEntry warning activeUnacknowledged`, "m"));
  const ticks = frames.out
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { tick: number }).tick);
  assert.ok(ticks.length > 10 && ticks.every((tick, index) => tick === index + 1));
  assert.ok(later.out.length < frames.out.length);
  assert.deepEqual([wrong.code, wrong.lines.length], [EXIT.usage, 1]);
});

test("a directory without a recording is bad input", async (t) => {
  const { code, lines } = await runPicket(["replay", temporaryDir(t)]);
  assert.deepEqual([code, lines.length], [EXIT.badData, 1]);
});
