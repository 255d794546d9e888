import type { ShareTransport } from "../config/share.ts";
import type { Line } from "./line.ts";
import { tcpLine } from "./tcp-line.ts";
import { udpLine } from "./udp-line.ts";

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
