import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { openJournalReader } from "./journal-reader.ts";
import { sqliteCode } from "./sqlite-code.ts";

/** What SQLite's own check of the file said; `unfinished` when the journal was closed before, or the check itself failed. */
export type IntegrityFindings =
  | Readonly<{ kind: "sound" }>
  | Readonly<{ kind: "damaged"; findings: readonly string[] }>
  | Readonly<{ kind: "unfinished"; why: string }>;

export type IntegrityDepth = "quick" | "integrity";
type CheckStart = Readonly<{ dir: string; depth: IntegrityDepth }>;

/** Reads the whole file in a thread of its own, while recording goes on: seconds to minutes, by size. Stops on `signal`. */
export function checkIntegrity(dir: string, depth: IntegrityDepth, signal: AbortSignal): Promise<IntegrityFindings> {
  if (signal.aborted) return Promise.resolve({ kind: "unfinished", why: "closed" });
  const workerData: CheckStart = { dir, depth };
  const worker = new Worker(new URL(import.meta.url), { workerData, name: "journal-check" });
  signal.addEventListener("abort", () => void worker.terminate(), { once: true });
  return new Promise((resolve) => {
    worker.once("message", (found: string[]) =>
      resolve(found.length === 0 ? { kind: "sound" } : { kind: "damaged", findings: found }),
    );
    worker.once("error", (error) => resolve({ kind: "unfinished", why: String(error) }));
    worker.once("exit", () => resolve({ kind: "unfinished", why: "closed" }));
  });
}

if (!isMainThread && isCheckStart(workerData)) parentPort?.postMessage(findings(workerData));

/** Damage can also keep the check itself from running to its end: that is a finding too. */
function findings({ dir, depth }: CheckStart): string[] {
  try {
    const reader = openJournalReader(dir);
    const found = reader.check(depth);
    reader.close();
    return found;
  } catch (cause) {
    if (sqliteCode(cause) === "corrupt" || sqliteCode(cause) === "not-a-database") return [String(cause)];
    throw cause;
  }
}

function isCheckStart(data: unknown): data is CheckStart {
  return typeof data === "object" && data !== null && "depth" in data;
}
