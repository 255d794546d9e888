/**
 * A stage's state as bytes: JSON in the order the state was built in, so that a restored state iterates, and prints, exactly as the
 * one it was taken from. What JSON cannot hold is tagged: Map, Float64Array, Uint8Array, −0 and the numbers that are not finite.
 */
export const encodeState = (state: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(tag(state)));

/** The state that {@link encodeState} wrote. Throws `TypeError` on bytes it never writes: a snapshot is our own, never a stranger's. */
export function decodeState(bytes: Uint8Array): unknown {
  try {
    return untag(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new TypeError("Expected a snapshot of this pipeline, got other bytes", { cause });
  }
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function tag(value: unknown): Json {
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: String(signed(value)) };
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (value instanceof Map) return { $map: [...value].map(([key, held]) => [tag(key), tag(held)]) };
  if (value instanceof Float64Array) return { $f64: base64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  if (value instanceof Uint8Array) return { $u8: base64(value) };
  if (Array.isArray(value)) return value.map(tag);
  if (typeof value !== "object") throw new TypeError(`Expected plain data in a state, got ${typeof value}`);
  const out: { [key: string]: Json } = {};
  for (const [key, held] of Object.entries(value)) if (held !== undefined) out[key] = tag(held);
  return out;
}

function untag(value: Json): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(untag);
  if ("$number" in value) return Number(value["$number"]);
  if ("$map" in value) return new Map((value["$map"] as [Json, Json][]).map(([key, held]) => [untag(key), untag(held)]));
  if ("$f64" in value) return new Float64Array(unbase64(value["$f64"] as string).buffer);
  if ("$u8" in value) return unbase64(value["$u8"] as string);
  const out: Record<string, unknown> = {};
  for (const [key, held] of Object.entries(value)) out[key] = untag(held);
  return out;
}

/** `String(-0)` is "0"; this keeps the sign. */
const signed = (value: number): number | string => (Object.is(value, -0) ? "-0" : value);

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** @source RFC 4648 section 4. */
function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    parts.push(
      ALPHABET.charAt(word >> 18) +
        ALPHABET.charAt((word >> 12) & 63) +
        (left > 1 ? ALPHABET.charAt((word >> 6) & 63) : "=") +
        (left > 2 ? ALPHABET.charAt(word & 63) : "="),
    );
  }
  return parts.join("");
}

const SEXTET = new Map([...ALPHABET].map((letter, value) => [letter, value]));

function unbase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    const sextet = (k: number) => SEXTET.get(text.charAt(i + k)) ?? 0;
    const word = (sextet(0) << 18) | (sextet(1) << 12) | (sextet(2) << 6) | sextet(3);
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = (word >> shift) & 255;
  }
  return bytes;
}
