import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "..");
export const SHARED = resolve(ROOT, process.env["PICKET_SHARED"] ?? "../shared");
export const PICKET = join(ROOT, "apps/cli/bin/picket.mjs");

export type Rate = Readonly<{ recordsPerS: number; megabytesPerS: number }>;
/** What another's program made of the same in the same run, or why there is none. */
export type Peer = Readonly<{ name: string; rate: Rate }> | Readonly<{ missing: string }>;
/** One line of the table. Without `ours` it was skipped, for the reason in `peer`. */
export type Row = Readonly<{ codec: string; what: string; ours?: Rate; peer: Peer }>;
export type Options = Readonly<{ rounds: number; scale: number }>;

export const rateOf = (seconds: number, records: number, octets: number): Rate => ({
  recordsPerS: records / seconds,
  megabytesPerS: octets / seconds / 1e6,
});

export const isInstalled = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;

/** `file` of so many times the same octets, for as long as `use` runs. */
export async function withRepeated<T>(
  head: Uint8Array,
  body: Uint8Array,
  times: readonly number[],
  use: (files: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "picket-codecs-"));
  try {
    const files = times.map((count, i) => {
      const file = join(folder, `${i}.bin`);
      writeFileSync(file, Buffer.concat([head, ...Array.from({ length: count }, () => body)]));
      return file;
    });
    return await use(files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const STOP_WATCH = ["bash", "-c", 'TIMEFORMAT="%U %S"; time "$@"', "bash"] as const;
const TASKSET = ["taskset", "-c", "0"];
const PIN: readonly string[] = isInstalled("taskset", "--version") ? TASKSET : [];

/**
 * Seconds of processor that a whole command takes, start included, on one core: of the best round, for a shared machine changes these less
 * than the clock. The shell's own stop-watch tells user and system time of all that it started.
 */
export async function fastestCommand(rounds: number, command: readonly string[]): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) best = Math.min(best, await timeCommand(command));
  return best;
}

async function timeCommand(command: readonly string[]): Promise<number> {
  const [shell, ...args] = STOP_WATCH;
  const child = spawn(shell, [...args, ...PIN, ...command], { stdio: ["ignore", openSync("/dev/null", "w"), "pipe"] });
  let told = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    told += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${command.join(" ")} answered ${code}: ${told}`);
  const [userS = 0, systemS = 0] = told.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return userS + systemS;
}

/** Seconds for each call of several functions, of the best round, taken by turns so that a slow while is a slow while for all. */
export async function fastestCalls(
  rounds: number,
  cases: readonly Readonly<{ run: () => unknown; calls: number }>[],
): Promise<readonly number[]> {
  const best = cases.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++)
    for (const [i, { run, calls }] of cases.entries()) best[i] = Math.min(best[i] ?? 0, await timeCalls(run, calls));
  return best;
}

async function timeCalls(run: () => unknown, calls: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const answer = run();
    if (answer instanceof Promise) await answer;
  }
  return (performance.now() - start) / 1000 / calls;
}
