import type { Clock } from "../clock.ts";
import type { SiteProcess } from "../site-process.ts";
import { problem } from "./problem.ts";
import { type Gate, USER_COOKIE } from "./visitor.ts";

/** What every route may use. */
export type HttpContext = Readonly<{
  process: SiteProcess;
  gate: Gate;
  clock: Clock;
  dataDir: string;
  /** True behind TLS: cookies are then marked secure. */
  isSecure: boolean;
  sessionMs: number;
  /** What phones open, without a slash at the end. */
  publicUrl(): string;
}>;

type WithRaw = Readonly<{ raw: Parameters<Gate["visitor"]>[0] }>;

/** The name of the signed-in user. Throws a 401 problem when nobody is, a 403 when an administrator is needed. */
export function userOf({ gate }: HttpContext, request: WithRaw, needs?: "administrator"): string {
  const visitor = gate.visitor(request.raw, USER_COOKIE);
  if (visitor?.kind !== "user") throw problem(401, "not-signed-in", "Sign in first");
  if (needs && visitor.role !== needs && !gate.isOpen) throw problem(403, "not-allowed", `This needs the role ${needs}`);
  return visitor.name;
}
