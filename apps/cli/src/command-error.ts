import { EXIT } from "./exit-codes.ts";

/** What a command was given cannot be used: no fault of Picket's own. It ends with these words and this exit code. */
export class CommandError extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, words: string) {
    super(words);
    this.name = "CommandError";
    this.exitCode = exitCode;
  }
}

/** What the system says of files that are not there, may not be read or written, or are none. */
const UNUSABLE: ReadonlySet<string> = new Set(["ENOENT", "EACCES", "EPERM", "EISDIR", "ENOTDIR", "EROFS", "EEXIST"]);

/** The error of a file that could not be opened in words, or, of anything else, as it is. */
export function fileError(doing: "read" | "write", file: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return UNUSABLE.has(code) ? new CommandError(EXIT.unavailable, `Cannot ${doing} ${file}: ${code}`) : error;
}
