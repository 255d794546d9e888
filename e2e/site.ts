import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PICKET = fileURLToPath(new URL("../apps/cli/bin/picket.mjs", import.meta.url));
const START_MS = 60_000;

/** A site that runs as a process of its own, as at a real place. */
export type RunningSite = Readonly<{ url: string; pid: number; stop(): Promise<void> }>;

/** Writes the configuration and serves it. Throws with what was said when it does not start. */
export async function serveSite(dir: string, configuration: unknown): Promise<RunningSite> {
  // JSON is YAML.
  const file = join(dir, "site.yaml");
  writeFileSync(file, JSON.stringify(configuration));
  const child = spawn(process.execPath, [PICKET, "serve", "--config", file], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /Picket is at (\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    };
    child.stderr.on("data", look);
    child.once("exit", (code) => reject(new Error(`picket serve ended with ${code}:\n${said}`)));
    setTimeout(() => reject(new Error(`picket serve did not start:\n${said}`)), START_MS).unref();
  });
  return { url, pid: child.pid ?? 0, stop: () => stop(child) };
}

/** Runs one command to its end, with what it hears on standard input. */
export async function runPicket(args: readonly string[], input = ""): Promise<Readonly<{ code: number | null; said: string }>> {
  const child = spawn(process.execPath, [PICKET, ...args], { stdio: ["pipe", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  child.stdin.end(input);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
