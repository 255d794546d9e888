import type { ShareTransport } from "../config/share.ts";
import { tcpLine } from "./tcp-line.ts";
import { udpLine } from "./udp-line.ts";

/** An open line. `send` takes the bytes at once, or answers false and takes none of them: there is no room now. */
export type OpenLine = Readonly<{ send(bytes: Uint8Array): boolean; close(why: string): void }>;

/** Who uses a line: hears when it is open, and what the partner sends. */
export type LineUser = { opened(line: OpenLine): void; heard(chunk: Uint8Array): void };

/** A way to a partner's system that knows no protocol. `run` resolves when `signal` aborts and rejects when the line breaks. */
export type Line = { readonly where: string; run(user: LineUser, signal: AbortSignal): Promise<void> };

/** The line that a configuration asks for. */
export function createLine(transport: ShareTransport): Line {
  switch (transport.kind) {
    case "udp":
      return udpLine(transport);
    case "tcpClient":
      return tcpLine(transport);
    default:
      return transport satisfies never;
  }
}
