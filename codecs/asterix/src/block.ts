import type { AsterixError } from "./errors.ts";
import { blockName } from "./names.ts";

export const BLOCK_HEADER_OCTETS = 3;

/** A data block by its header: `octets` long in all, header included, from `at`. */
export type AsterixBlock = Readonly<{ category: number; at: number; octets: number }>;

/** A `Step` with the errors of this package. */
export type BlockStep =
  | Readonly<{ kind: "record"; value: AsterixBlock; next: number }>
  | Readonly<{ kind: "more"; atLeast: number }>
  | Readonly<{ kind: "error"; error: AsterixError; next: number }>;

/**
 * The data block at `at`: category, length in two octets, records. For a stream such as TCP it answers when to wait for more.
 * Behind an error nothing tells where a block begins: `next` is the end of what was given.
 */
export function stepBlock(bytes: Uint8Array, at: number): BlockStep {
  if (bytes.length - at < BLOCK_HEADER_OCTETS) return { kind: "more", atLeast: BLOCK_HEADER_OCTETS };
  const category = bytes[at] ?? 0;
  const octets = ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  if (octets < BLOCK_HEADER_OCTETS) {
    const detail = `needs ${BLOCK_HEADER_OCTETS} octets or more, got ${octets}`;
    return { kind: "error", error: { code: "bad-block-length", item: blockName(category), at, detail }, next: bytes.length };
  }
  if (bytes.length - at < octets) return { kind: "more", atLeast: octets };
  return { kind: "record", value: { category, at, octets }, next: at + octets };
}
