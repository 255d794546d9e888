/** An open line. `send` takes the bytes at once, or answers false and takes none of them: there is no room now. */
export type OpenLine = Readonly<{ send(bytes: Uint8Array): boolean; close(why: string): void }>;

/** Who uses a line: hears when it is open, and what the partner sends. */
export type LineUser = { opened(line: OpenLine): void; heard(chunk: Uint8Array): void };

/** A way to a partner's system that knows no protocol. `run` resolves when `signal` aborts and rejects when the line breaks. */
export type Line = { readonly where: string; run(user: LineUser, signal: AbortSignal): Promise<void> };
