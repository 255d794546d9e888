import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { feedId } from "@picket/model";
import { serialFeed } from "./serial.ts";
import { memorySink, missing } from "./sink.fixture.ts";
import { supervise } from "./supervise.ts";

const id = feedId.parse("serial");
const skip = missing("socat") || missing("stty");

/** A pseudo-terminal at `path` whose other end is the process's standard input. It is gone when the process ends. */
async function plugIn(t: TestContext, path: string): Promise<ChildProcess> {
  const pair = spawn("socat", ["-", `PTY,link=${path},rawer`], { stdio: ["pipe", "ignore", "inherit"] });
  t.after(() => pair.kill());
  while (!existsSync(path)) await sleep(10);
  return pair;
}

async function unplug(pair: ChildProcess): Promise<void> {
  const isGone = once(pair, "exit");
  pair.kill("SIGTERM");
  await isGone;
}

test("a port is read octet for octet, and again after it was unplugged and plugged in", { skip }, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "picket-tty-"));
  const path = join(dir, "receiver");
  const { sink, heard, until, states, reasons, text } = memorySink();
  const listened = () => states.filter(({ kind }) => kind === "listening").length;
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = supervise(
    serialFeed(id, { path, baud: 57_600 }, () => Date.now()),
    sink,
    stop.signal,
  );
  await until(() => reasons().length > 0);
  assert.match(reasons()[0] ?? "", /^there is no such file or device: is it plugged in/);

  const first = await plugIn(t, path);
  await until(() => listened() === 1);
  const awkward = "line\r\n\u0003\u0004\u0011\u0013\u001a\u007f tab\tend";
  first.stdin?.write(awkward);
  await until(() => text() === awkward);
  await unplug(first);
  await until(() => reasons().some((why) => why.includes("is gone: is it plugged in?")));

  const second = await plugIn(t, path);
  await until(() => listened() === 2);
  second.stdin?.write("back");
  await until(() => text() === `${awkward}back`);
  assert.notEqual(heard.at(0)?.from, heard.at(-1)?.from);
  stop.abort();
  await run;
  await unplug(second);
  rmSync(dir, { recursive: true });
});

test("a port that is opened again and again leaves no file open", {
  skip: skip || (!existsSync("/proc/self/fd") && "needs /proc"),
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "picket-tty-"));
  const path = join(dir, "receiver");
  const pair = await plugIn(t, path);
  const openFiles = () => readdirSync("/proc/self/fd").length;
  let before = 0;
  for (let round = 0; round < 12; round++) {
    const { sink, until, isListening } = memorySink();
    const stop = new AbortController();
    t.after(() => stop.abort());
    const run = serialFeed(id, { path }, () => Date.now()).run(sink, stop.signal);
    await until(isListening);
    stop.abort();
    await run;
    await sleep(5);
    if (round === 1) before = openFiles();
  }
  assert.ok(openFiles() <= before + 1, `${openFiles()} files are open, ${before} were after the second round`);
  await unplug(pair);
  rmSync(dir, { recursive: true });
});

test("a file that is no port, and a speed that there is not, are refused in words", { skip }, async (t) => {
  const { sink } = memorySink();
  const signal = new AbortController().signal;
  await assert.rejects(
    serialFeed(id, { path: "/dev/null" }, () => 1).run(sink, signal),
    /^Error: \/dev\/null is not a serial port$/,
  );
  const dir = mkdtempSync(join(tmpdir(), "picket-tty-"));
  const path = join(dir, "receiver");
  const pair = await plugIn(t, path);
  await assert.rejects(serialFeed(id, { path, baud: 12_345 }, () => 1).run(sink, signal), /cannot be set to 12345 baud/);
  await unplug(pair);
  rmSync(dir, { recursive: true });
});
