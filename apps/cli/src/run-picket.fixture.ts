import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const PICKET = fileURLToPath(new URL("../bin/picket.mjs", import.meta.url));
type Context = Readonly<{ after(clean: () => unknown): void }>;

/** A directory that is gone after the test. */
export function temporaryDir(t: Context): string {
  const dir = mkdtempSync(join(tmpdir(), "picket-cli-"));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The program as somebody starts it; `input` is a text for its standard input. */
function startPicket(args: readonly string[], input?: string | Uint8Array): ChildProcess {
  const child = spawn(process.execPath, [PICKET, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input);
  return child;
}

/** Runs it to its end. */
export async function runPicket(args: readonly string[], input?: string | Uint8Array) {
  const child = startPicket(args, input);
  const [out, errors, code] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream as never),
    text(child.stderr as NodeJS.ReadableStream as never),
    new Promise<number | null>((resolve) => child.once("exit", resolve)),
  ]);
  return { code, out, lines: errors.split("\n").filter(Boolean) };
}

export type Served = Readonly<{ url: string; child: ChildProcess; said: string[]; stop(): Promise<number | null> }>;

/** `picket serve`, once it has printed its address; ended after the test. */
export async function servePicket(t: Context, args: readonly string[], input?: string | Uint8Array): Promise<Served> {
  const child = startPicket(["serve", "--port", "0", ...args], input);
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const stop = () => {
    child.kill("SIGTERM");
    return exited;
  };
  t.after(stop);
  const said: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    let rest = "";
    child.stderr?.on("data", (data: Buffer) => {
      rest += data.toString();
      said.push(...rest.split("\n").slice(0, -1));
      rest = rest.split("\n").at(-1) ?? "";
      const found = said.map((line) => /Picket is at (http\S+)/.exec(line)?.[1]).find(Boolean);
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`picket serve ended with ${code}:\n${said.join("\n")}`)));
  });
  return { url, child, said, stop };
}
