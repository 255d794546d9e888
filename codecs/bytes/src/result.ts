/** What went wrong, as data: `code` is stable and counted, `item` names the field, `at` is the byte offset, `detail` is for a person. */
export type DecodeError = Readonly<{ code: string; item: string; at: number; detail: string }>;

/** The answer of a decoder that was given all the bytes it may have. */
export type Result<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; error: DecodeError }>;

/**
 * The three answers of a streaming decoder: a record, not yet, or an error.
 * `next` is where to go on and always lies past the offset the step began at; `atLeast` is how many octets must be there.
 */
export type Step<T> =
  | Readonly<{ kind: "record"; value: T; next: number }>
  | Readonly<{ kind: "more"; atLeast: number }>
  | Readonly<{ kind: "error"; error: DecodeError; next: number }>;

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: string, item: string, at: number, detail: string): Result<never> => ({
  ok: false,
  error: { code, item, at, detail },
});

/** One line for a log or a status page, such as `Location at byte 7: truncated (needs 25 octets, 2 left)`. */
export const describe = (error: DecodeError): string => `${error.item} at byte ${error.at}: ${error.code} (${error.detail})`;
