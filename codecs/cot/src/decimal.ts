const DECIMAL = /^[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,5})?$/;
const NO_NUMBER = /^[+-]?(?:nan|inf(?:inity)?)$/i;
/** From here on a height or an error is no measurement: senders write 9999999 or 999999 for unknown. */
export const UNKNOWN_M = 999_999;

/** A number as an attribute has it: NaN where the sender says that there is none (`NaN`, `Infinity`), `undefined` where it is no number. */
export function parseDecimal(text: string): number | undefined {
  const trimmed = text.trim();
  if (NO_NUMBER.test(trimmed)) return Number.NaN;
  if (!DECIMAL.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** A finite number as XML Schema's decimal, which knows no exponent: exact, but for what lies beyond 20 places. */
export function formatDecimal(value: number): string {
  const text = String(value);
  if (!text.includes("e")) return text;
  if (Number.isInteger(value)) return BigInt(value).toString();
  return value
    .toFixed(20)
    .replace(/\.?0+$/, "")
    .replace(/^-0$/, "0");
}
