/** One input of the site, in the order in which it came. Together they are all that decided every frame. */
export type JournalEntry =
  | Readonly<{ kind: "bytes"; feed: string; from: string; receivedMs: number; bytes: Uint8Array }>
  | Readonly<{ kind: "command"; receivedMs: number; command: unknown }>
  | Readonly<{ kind: "configuration"; receivedMs: number; configuration: unknown }>
  | Readonly<{ kind: "mark"; nowMs: number }>
  | Readonly<{ kind: "boot"; bootNumber: number; version: string; nowMs: number }>
  | Readonly<{ kind: "erasure"; nowMs: number; erasure: Erasure }>;

/** What one rule of a retention run took out of the chain: entries of one label, in segments from … to. Their leaves stay. */
export type Erasure = Readonly<{ retention: string; beforeMs: number; fromSegment: number; toSegment: number; entries: number }>;

/** An entry as read back. `retention` says how long it may be kept; `entry` is `undefined` once it was erased. */
export type StoredEntry = Readonly<{ sequence: number; retention: string; entry: JournalEntry | undefined }>;

/**
 * What may be refused first when the disk is behind or full, lowest first. Only `bytes` are ever refused: what people and the clock
 * decide (commands, configurations, marks) is always taken.
 */
export type ShedClass = "bulk" | "normal" | "vital";

/** `retention` is the label under which the policy erases the entry; without one it is the entry's kind. */
export type AppendOptions = Readonly<{ shed?: ShedClass; retention?: string }>;

/** When an entry came, or for a mark the time it sets. */
export const timeOf = (entry: JournalEntry): number => ("receivedMs" in entry ? entry.receivedMs : entry.nowMs);
