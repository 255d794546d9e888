import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { commandId } from "@picket/model";
import { type WebSocket, WebSocketServer } from "ws";
import type { Visitor } from "../access/accounts.ts";
import type { HttpContext } from "./context.ts";
import { Problem } from "./problem.ts";
import { PHONE_COOKIE, USER_COOKIE } from "./visitor.ts";

/** How often a visitor's right to listen is looked up again: a revoked session is cut within this time. */
const RECHECK_MS = 3000;
/** A line that answers no ping for so many rechecks is dead, and its phone is no longer reachable. */
const MOST_UNANSWERED = 5;
const MOST_FRAME_BYTES = 4096;
const MOST_SOCKETS = 1000;

/** What may stand behind a WebSocket path. `open` answers what to do when the line ends. */
export type SocketRoute = Readonly<{
  cookie: typeof USER_COOKIE | typeof PHONE_COOKIE;
  open(socket: WebSocket, visitor: Visitor, url: URL): () => void;
}>;

type Admitted = Readonly<{ url: URL; route: SocketRoute; visitor: Visitor; status?: never }>;
/** The HTTP status to refuse with, and its words. */
type Refused = Readonly<{ status: number; why: string }>;

/** Upgrades `/api/live`, `/api/field/live` and what else is given; everything else is refused with an HTTP status. Answers how to end. */
export function liveSockets(server: Server, context: HttpContext, more: Readonly<Record<string, SocketRoute>>): () => void {
  const { process: site, gate } = context;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MOST_FRAME_BYTES });
  const ends = new Set<() => void>();
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
        const { person } = visitor;
        const leave = site.hub.addPhone(socket, person);
        contact(person, true);
        return () => {
          leave();
          if (!site.hub.hasPhone(person)) contact(person, false);
        };
      },
    },
    ...more,
  };

  const admit = (request: IncomingMessage): Admitted | Refused => {
    const url = URL.parse(request.url ?? "/", "http://localhost");
    const route = url && Object.hasOwn(routes, url.pathname) ? routes[url.pathname] : undefined;
    if (!url || !route) return { status: 404, why: "Not Found" };
    if (sockets.clients.size >= MOST_SOCKETS) return { status: 503, why: "Too many open sockets" };
    try {
      const visitor = gate.visitor(request, route.cookie);
      return visitor ? { url, route, visitor } : { status: 401, why: "Unauthorized" };
    } catch (error) {
      if (error instanceof Problem) return { status: error.status, why: error.type };
      throw error;
    }
  };

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on("error", () => stream.destroy());
    const admitted = admit(request);
    if (admitted.status !== undefined) return refuse(stream, admitted.status, admitted.why);
    const { url, route, visitor } = admitted;
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const leave = route.open(socket, visitor, url);
      const end = once(() => {
        clearInterval(recheck);
        ends.delete(end);
        leave();
      });
      let unanswered = 0;
      const recheck = setInterval(() => {
        if (!gate.visitor(request, route.cookie)) socket.close(4401, "session over");
        else if (++unanswered > MOST_UNANSWERED) socket.terminate();
        else socket.ping();
      }, RECHECK_MS);
      ends.add(end);
      socket.on("pong", () => {
        unanswered = 0;
      });
      socket.on("close", end);
      socket.on("error", () => socket.terminate());
    });
  };
  server.on("upgrade", onUpgrade);
  return () => {
    server.off("upgrade", onUpgrade);
    for (const end of ends) end();
    for (const socket of sockets.clients) socket.terminate();
  };
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}

function refuse(stream: Duplex, status: number, reason: string): void {
  stream.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
