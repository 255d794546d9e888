import { appendFile, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { faultInWords } from "./feeds/fault-in-words.ts";

/** What one partner was told of one thing, from when to when and how often. One line of JSON. */
type Released = Readonly<{
  outlet: string;
  partner: string;
  /** Such as `t3-7`, `a3-1`, `person-ana`. */
  what: string;
  /** Of what is personal, that which the release policy named. */
  fields: readonly string[];
  fromMs: number;
  toMs: number;
  messages: number;
}>;

/** Who saw what: a line as soon as a partner hears of a thing, and one for all that it heard in the ten minutes after. */
export type ReleaseRecord = {
  told(outlet: Pick<Released, "outlet" | "partner" | "fields">, what: string, nowMs: number): void;
  /** Writes what is due. Called as time passes. */
  pass(nowMs: number): void;
  /** Writes the rest. */
  close(nowMs: number): Promise<void>;
};

export type ReleaseRecordOptions = Readonly<{
  /** One file a day. */
  dir: string;
  keepDays: number;
  /** Hears of what could not be written. */
  report: (fault: string) => void;
}>;

const DAY_MS = 86_400_000;
const WRITE_EVERY_MS = 1000;
const SUM_UP_MS = 600_000;
/** Things that are summed up at once; the one begun first is written sooner. */
const MOST_OPEN = 10_000;
/** Lines that wait for the disk at most; more are lost, and that is said. */
const MOST_WAITING = 20_000;

export function createReleaseRecord({ dir, keepDays, report }: ReleaseRecordOptions): ReleaseRecord {
  const open = new Map<string, Released>();
  let waiting: Released[] = [];
  let lost = 0;
  let writtenMs = 0;
  let isWriting = false;
  let writing = Promise.resolve();

  const put = (row: Released) => {
    if (waiting.length < MOST_WAITING) waiting.push(row);
    else lost++;
  };
  const close = (key: string, row: Released) => {
    open.delete(key);
    if (row.messages > 0) put(row);
  };
  const write = async (nowMs: number): Promise<void> => {
    if (lost > 0) report(`The record of what partners are told lost ${lost} lines: the disk does not keep up`);
    lost = 0;
    const rows = waiting;
    waiting = [];
    try {
      await append(dir, rows.map((row) => `${JSON.stringify(row)}\n`).join(""), nowMs, keepDays);
    } catch (error) {
      report(`The record of what partners are told lost ${rows.length} lines: ${faultInWords(error)}`);
    }
    isWriting = false;
  };

  return {
    told(outlet, what, nowMs) {
      const key = `${outlet.outlet} ${what}`;
      const sum = open.get(key);
      if (sum) return void open.set(key, { ...sum, toMs: nowMs, messages: sum.messages + 1 });
      const [oldest] = open;
      if (open.size >= MOST_OPEN && oldest) close(...oldest);
      const row = { ...outlet, what, fromMs: nowMs, toMs: nowMs, messages: 1 };
      put(row);
      open.set(key, { ...row, messages: 0 });
    },
    pass(nowMs) {
      if (isWriting || nowMs - writtenMs < WRITE_EVERY_MS) return;
      writtenMs = nowMs;
      for (const [key, row] of open) if (nowMs - row.fromMs >= SUM_UP_MS) close(key, row);
      if (waiting.length === 0) return;
      isWriting = true;
      writing = write(nowMs);
    },
    async close(nowMs) {
      await writing;
      for (const [key, row] of open) close(key, row);
      if (waiting.length > 0) await write(nowMs);
    },
  };
}

async function append(dir: string, text: string, nowMs: number, keepDays: number): Promise<void> {
  const nameOf = (ms: number) => `${new Date(ms).toISOString().slice(0, 10)}.jsonl`;
  await mkdir(dir, { recursive: true });
  await appendFile(join(dir, nameOf(nowMs)), text, { mode: 0o600 });
  const oldest = nameOf(nowMs - keepDays * DAY_MS);
  for (const name of await readdir(dir)) if (/^\d{4}-\d\d-\d\d\.jsonl$/.test(name) && name < oldest) await rm(join(dir, name));
}
