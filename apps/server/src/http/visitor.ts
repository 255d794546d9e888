import type { IncomingMessage } from "node:http";
import type { Accounts, Visitor } from "../access/accounts.ts";
import { problem } from "./problem.ts";

export const USER_COOKIE = "picket";
export const PHONE_COOKIE = "picket-phone";
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Who stands behind a request, and whether the request may be what it says it is. */
export type Gate = {
  /** True while there are no accounts: whoever sits at this machine is the operator. */
  readonly isOpen: boolean;
  /** The visitor by the cookie asked for, or undefined. Throws a problem for a request from a foreign page. */
  visitor(
    request: Pick<IncomingMessage, "headers" | "method">,
    cookie: typeof USER_COOKIE | typeof PHONE_COOKIE,
  ): Visitor | undefined;
  /** Throws a problem for a request from a foreign page, or by a name that is not this server's. */
  refuseForeign(request: Pick<IncomingMessage, "headers" | "method">): void;
};

const LOCAL_OPERATOR: Visitor = { kind: "user", name: "Operator at this machine", role: "operator" };

/** `isLoopback`: the server listens on loopback only, so that no accounts are needed until there are some. */
export function createGate(accounts: Accounts, isLoopback: boolean, nowMs: () => number): Gate {
  return {
    get isOpen() {
      return isLoopback && !accounts.hasAdministrator();
    },
    visitor(request, cookie) {
      refuseForeignPages(request, isLoopback);
      const token = cookieOf(request.headers.cookie, cookie);
      const known = token ? accounts.visitor(token, nowMs()) : undefined;
      if (known?.kind === (cookie === PHONE_COOKIE ? "phone" : "user")) return known;
      return cookie === USER_COOKIE && this.isOpen ? LOCAL_OPERATOR : undefined;
    },
    refuseForeign: (request) => refuseForeignPages(request, isLoopback),
  };
}

/** On loopback another site's page could send requests here: by its own name (Host) or as itself (Origin). Both are refused. */
function refuseForeignPages({ headers, method }: Pick<IncomingMessage, "headers" | "method">, isLoopback: boolean): void {
  const { host = "", origin } = headers;
  if (isLoopback && !LOOPBACK_HOST.test(host))
    throw problem(421, "wrong-host", `This server answers as localhost, not as ${host}`);
  const isOwn = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  if (!isOwn) throw problem(403, "foreign-page", `${method ?? "A request"} from a page of ${origin} is refused`);
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(";") ?? []) {
    const [key, value] = part.split("=", 2);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}
