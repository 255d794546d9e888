import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { extname, join, normalize } from "node:path";
import type { Duplex } from "node:stream";
import type { LiveMessage } from "@picket/model";

/** Serves the built pages and says on `/api/live` what it is told to. */
export type PageServer = Readonly<{
  url: string;
  /** Sends to every open page but those that have not taken the last message yet: for a slow one the newest wins, as on a real site. */
  say(message: LiveMessage): void;
  stop(): void;
}>;
/** `snapshot` is what a page hears first; `command` hears what a page orders. */
export type PageServerEvents = Readonly<{
  snapshot(): LiveMessage;
  command(order: Readonly<Record<string, unknown>>): void;
}>;

const DIST = new URL("../apps/web/dist", import.meta.url).pathname;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};
const SESSION = JSON.stringify({ site: { id: "bench", name: "Bench" }, open: true, reality: "simulated" });
/** @source RFC 6455, section 1.3. */
const HANDSHAKE_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

export async function servePage(events: PageServerEvents): Promise<PageServer> {
  const lines = new Set<Duplex>();
  const server = createServer((request, response) => {
    void answer(request, events).then(({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body));
  });
  server.on("upgrade", (request: IncomingMessage, line: Duplex) => {
    const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${HANDSHAKE_GUID}`).digest("base64");
    line.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    line.on("close", () => lines.delete(line)).on("error", () => line.destroy());
    line.on("data", () => undefined);
    line.write(frameOf(events.snapshot()));
    lines.add(line);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`,
    say(message) {
      const frame = frameOf(message);
      for (const line of lines) if (line.writableLength === 0) line.write(frame);
    },
    stop() {
      for (const line of lines) line.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

type Answer = Readonly<{ status: number; type: string; body: string | Buffer }>;

async function answer(request: IncomingMessage, events: PageServerEvents): Promise<Answer> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/api/session") return { status: 200, type: "application/json", body: SESSION };
  if (pathname === "/api/commands") {
    const chunks = await request.toArray();
    events.command(JSON.parse(Buffer.concat(chunks).toString("utf8")) as Readonly<Record<string, unknown>>);
    return { status: 202, type: "application/json", body: "{}" };
  }
  const path = join(DIST, normalize(pathname === "/" ? "/index.html" : pathname));
  const body = await readFile(path).catch(() => undefined);
  return body
    ? { status: 200, type: TYPES[extname(path)] ?? "application/octet-stream", body }
    : { status: 404, type: "text/plain", body: "not here" };
}

/** One unmasked text frame. A length must take the shortest of three forms; blanks fill up what would take the first. @source RFC 6455, section 5.2. */
function frameOf(message: LiveMessage): Buffer {
  const text = Buffer.from(JSON.stringify(message).padEnd(126));
  const isLong = text.length > 0xffff;
  const head = Buffer.alloc(isLong ? 10 : 4);
  head[0] = 0x81;
  head[1] = isLong ? 127 : 126;
  if (isLong) head.writeBigUInt64BE(BigInt(text.length), 2);
  else head.writeUInt16BE(text.length, 2);
  return Buffer.concat([head, text]);
}
