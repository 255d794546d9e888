import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { AssessedTrack, FeedHealth } from "@picket/model";

const PICKET = fileURLToPath(new URL("../apps/cli/bin/picket.mjs", import.meta.url));
const START_MS = 60_000;
const HEARD_MS = 30_000;

test("the demonstration's radars are heard in their multicast group and its nodes on their connections, and all of it is simulated", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "picket-live-"));
  const args = [PICKET, "demo", "--port", "0", "--data", join(folder, "demo")];
  const demo = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  t.after(async () => {
    const gone = once(demo, "exit");
    demo.kill("SIGTERM");
    await gone;
    rmSync(folder, { recursive: true });
  });
  let said = "";
  for (const stream of [demo.stdout, demo.stderr])
    stream.on("data", (text: Buffer) => {
      said += text.toString();
    });
  const url = await until(() => /Picket is at (\S+)/.exec(said)?.[1], START_MS);
  const get = async <T>(path: string): Promise<readonly T[]> => (await (await fetch(`${url}${path}`)).json()) as readonly T[];
  const isHeard = ({ records }: FeedHealth): boolean => records > 0;
  const feeds = await until(async () => {
    const all = await get<FeedHealth>("/api/feeds");
    const spoken = all.filter(({ protocol }) => protocol === "asterix" || protocol === "sapient");
    return spoken.length === 2 && spoken.every(isHeard) && all.find(({ id }) => id === "nodes")?.detail?.includes("4 connected")
      ? all
      : undefined;
  }, HEARD_MS);
  assert.deepEqual(
    feeds.map(({ rejected }) => rejected),
    feeds.map(() => ({})),
    "nothing is refused",
  );
  const tracks = await until(async () => {
    const all = await get<AssessedTrack>("/api/tracks");
    return all.some(({ confirmed }) => confirmed) ? all : undefined;
  }, HEARD_MS);
  assert.deepEqual([...new Set(tracks.map(({ reality }) => reality))], ["simulated"]);
});

async function until<T>(get: () => T | undefined | Promise<T | undefined>, withinMs: number): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const value = await get();
    if (value !== undefined) return value;
    if (performance.now() > endMs) throw new Error(`Not so within ${withinMs} ms: ${get}`);
    await sleep(100);
  }
}
