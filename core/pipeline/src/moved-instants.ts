/** Names that end in Ms and mean a span, which is the same on every clock. */
const SPAN = /(Sigma|Offset|Ahead|Behind|Delay|Lag|Span)Ms$/;

/** A copy of plain data in which every instant lies `byMs` later: each number whose name ends in `Ms` and names no span, also in a list. */
export const movedInstants = <T>(state: T, byMs: number): T => moved(state, byMs, "") as T;

function moved(value: unknown, byMs: number, name: string): unknown {
  if (typeof value === "number") return name.endsWith("Ms") && !SPAN.test(name) ? value + byMs : value;
  if (Array.isArray(value)) return value.map((one) => moved(one, byMs, name));
  if (value instanceof Map) return new Map([...value].map(([key, held]) => [key, moved(held, byMs, String(key))]));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, moved(held, byMs, key)]));
}
