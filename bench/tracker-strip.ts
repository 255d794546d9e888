import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

/** What only the scorer may know of a detection. */
const SECRET = ["truth", "truths", "split", "spoof"] as const;

/** Writes a copy of a scenario that holds nothing but what a tracker may know, and answers its folder. */
export function stripScenario(dir: string, out: string): string {
  mkdirSync(out, { recursive: true });
  const meta = JSON.parse(readFileSync(join(dir, "meta.json"), "utf8")) as Record<string, unknown>;
  writeFileSync(join(out, "meta.json"), JSON.stringify({ ...meta, name: "case" }));
  const samples = join(dir, "features-train.jsonl.gz");
  if (existsSync(samples)) copyFileSync(samples, join(out, "features-train.jsonl.gz"));
  const lines = gunzipSync(readFileSync(join(dir, "detections.jsonl.gz")))
    .toString("utf8")
    .trimEnd()
    .split("\n");
  const open = lines.map((text) => {
    const line = JSON.parse(text) as Record<string, unknown>;
    for (const key of SECRET) delete line[key];
    return `${JSON.stringify(line)}\n`;
  });
  writeFileSync(join(out, "detections.jsonl.gz"), gzipSync(open.join("")));
  return out;
}
