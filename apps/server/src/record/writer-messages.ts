import type { Erasure } from "./journal-entry.ts";
import type { JournalBatch } from "./journal-store.ts";
import type { RetentionPolicy } from "./retention.ts";

/** What the writer thread is started with. */
export type WriterStart = Readonly<{
  dir: string;
  version: string;
  nowMs: number;
  ballastBytes: number;
  busyTimeoutMs: number;
}>;

/** To the writer thread. One batch is under way at a time; `retain` is answered by its `id`. */
export type ToWriter =
  | Readonly<{ kind: "batch"; batch: JournalBatch }>
  | Readonly<{ kind: "retain"; id: number; policy: RetentionPolicy }>
  | Readonly<{ kind: "close" }>;

/** From the writer thread. */
export type FromWriter =
  | Readonly<{ kind: "opened"; bootNumber: number; sequence: number; setAside?: SetAside }>
  | Readonly<{ kind: "refused"; error: unknown }>
  | Readonly<{ kind: "committed"; sequence: number; freeBytes: number }>
  | Readonly<{ kind: "stopped"; why: StopReason; detail: string; freeBytes: number }>
  | Readonly<{ kind: "retained"; id: number; erasures: readonly Erasure[] }>
  | Readonly<{ kind: "failed"; id: number; error: unknown }>
  | Readonly<{ kind: "closed" }>;

/** Why nothing is being recorded. */
export type StopReason = "disk-full" | "write-error";

/** A journal that could not be carried on, moved out of the way as it was. */
export type SetAside = Readonly<{ path: string; why: string }>;
