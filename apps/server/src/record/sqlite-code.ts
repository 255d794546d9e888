/** The low octets of SQLite's result codes that are told apart here. @source sqlite.org/rescode.html */
const CODES = new Map([
  [5, "busy"],
  [10, "input-output"],
  [11, "corrupt"],
  [13, "full"],
  [26, "not-a-database"],
] as const);

export type SqliteCode = typeof CODES extends Map<number, infer Name> ? Name : never;

/** What SQLite says went wrong; `undefined` for any other code, and for errors that are not SQLite's. */
export function sqliteCode(cause: unknown): SqliteCode | undefined {
  const code = cause instanceof Error && "errcode" in cause ? cause.errcode : undefined;
  return typeof code === "number" ? CODES.get((code & 0xff) as 5 | 10 | 11 | 13 | 26) : undefined;
}

/** Whether something could not be written for want of room, by SQLite's word or the operating system's. */
export const isDiskFull = (cause: unknown): boolean =>
  sqliteCode(cause) === "full" || (cause instanceof Error && "code" in cause && cause.code === "ENOSPC");
