import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { commandId } from "@picket/model";
import { type WebSocket, WebSocketServer } from "ws";
import type { Visitor } from "../access/accounts.ts";
import type { HttpContext } from "./context.ts";
import { Problem } from "./problem.ts";
import { PHONE_COOKIE, USER_COOKIE } from "./visitor.ts";

/** How often a visitor's right to listen is looked up again: a revoked session is cut within this time. */
const RECHECK_MS = 4000;
const MOST_FRAME_BYTES = 4096;

/** What may stand behind a WebSocket path. */
export type SocketRoute = Readonly<{
  cookie: typeof USER_COOKIE | typeof PHONE_COOKIE;
  open(socket: WebSocket, visitor: Visitor, url: URL): () => void;
}>;

/** Upgrades `/api/live`, `/api/field/live` and what else is given; everything else is refused with an HTTP status. */
export function liveSockets(server: Server, context: HttpContext, more: Readonly<Record<string, SocketRoute>>): () => void {
  const { process: site, gate } = context;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MOST_FRAME_BYTES });
  let contacts = 0;
  const contact = (person: Extract<Visitor, { kind: "phone" }>["person"], connected: boolean) => {
    const id = commandId.parse(`own-contact-${site.journal.bootNumber}-${++contacts}`);
    site.command({ kind: "personContact", id, person, connected }, "picket");
  };
  const routes: Readonly<Record<string, SocketRoute>> = {
    "/api/live": { cookie: USER_COOKIE, open: (socket) => site.hub.addOperator(socket) },
    "/api/field/live": {
      cookie: PHONE_COOKIE,
      open(socket, visitor) {
        if (visitor.kind !== "phone") return () => {};
        contact(visitor.person, true);
        const leave = site.hub.addPhone(socket, visitor.person);
        return () => {
          leave();
          contact(visitor.person, false);
        };
      },
    },
    ...more,
  };

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const route = Object.hasOwn(routes, url.pathname) ? routes[url.pathname] : undefined;
    if (!route) return refuse(stream, 404, "Not Found");
    let visitor: Visitor | undefined;
    try {
      visitor = gate.visitor(request, route.cookie);
    } catch (error) {
      if (error instanceof Problem) return refuse(stream, error.status, error.type);
      throw error;
    }
    if (!visitor) return refuse(stream, 401, "Unauthorized");
    const known = visitor;
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const leave = route.open(socket, known, url);
      const recheck = setInterval(() => {
        if (!gate.visitor(request, route.cookie)) socket.close(4401, "session over");
      }, RECHECK_MS);
      socket.on("close", () => {
        clearInterval(recheck);
        leave();
      });
      socket.on("error", () => socket.terminate());
    });
  };
  server.on("upgrade", onUpgrade);
  return () => {
    for (const socket of sockets.clients) socket.terminate();
    server.off("upgrade", onUpgrade);
  };
}

function refuse(stream: Duplex, status: number, reason: string): void {
  stream.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
