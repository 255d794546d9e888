import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * A site in a process of its own, as an operator would start it. `startedInMs` is by the clock on the wall, `startCpuMs` the time its
 * threads had on a core until then (Linux only): on a machine that others use too, the second is what an idle one would take.
 */
export type SpawnedSite = Readonly<{
  url: string;
  child: ChildProcess;
  startedInMs: number;
  startCpuMs: number | undefined;
  exited: Promise<unknown>;
  /** Every line it wrote on standard error so far. */
  said: readonly string[];
}>;

const PICKET = fileURLToPath(new URL("../apps/cli/bin/picket.mjs", import.meta.url));

/** Writes `configuration` (JSON is YAML) into `dir` and starts `picket serve` on it; resolves when it prints its address. */
export async function spawnSite(dir: string, configuration: unknown): Promise<SpawnedSite> {
  const path = join(dir, "site.yaml");
  writeFileSync(path, JSON.stringify(configuration));
  const startMs = performance.now();
  const child = spawn(process.execPath, [PICKET, "serve", "--config", path], { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr });
  const url = await new Promise<string>((resolve, reject) => {
    lines.on("line", (line) => {
      said.push(line);
      const found = /Picket is at (http\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    lines.on("close", () => reject(new Error(`picket serve ended before it printed its address:\n${said.join("\n")}`)));
  });
  return { url, child, startedInMs: performance.now() - startMs, startCpuMs: cpuMs(child.pid), exited, said };
}

const TICKS_PER_S = 100;

/** User and system time of a process so far. @source proc_pid_stat: fields 14 and 15, in clock ticks. */
function cpuMs(pid: number | undefined): number | undefined {
  if (process.platform !== "linux") return undefined;
  const [, afterName = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const fields = afterName.split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_S;
}

/** A TCP port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** The middle and the ends of a list of figures. */
export function summary(values: readonly number[]): Readonly<{ p50: number; p99: number; max: number }> {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
