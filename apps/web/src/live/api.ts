import type { Command, PersonId, Reality } from "@picket/model";

/** Who is at this page, and of which site. `open` means the server takes commands without a login (loopback, no accounts yet). */
export type Session = Readonly<{
  site: Readonly<{ id: string; name: string }>;
  user?: string;
  role?: "administrator" | "operator";
  open: boolean;
  reality: Reality;
}>;
/** A command before the server adds who and when. */
export type Order = OmitEach<Command, "id" | "by" | "atMs">;
type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A stretch of the record that can be played again. */
export type ReplayRange = Readonly<{ fromMs: number; toMs: number; boot: number }>;
/** A one-time way for a phone to become a person's. */
export type Enrolment = Readonly<{ url: string; qrSvg: string; expiresMs: number }>;

/** What the server refused, in its own words (RFC 9457). */
export class Refusal extends Error {
  readonly status: number;
  /** Stable, such as `urn:picket:not-signed-in`; undefined of what is no problem document. */
  readonly type: string | undefined;
  constructor(status: number, title: string, type?: string) {
    super(title);
    this.status = status;
    this.type = type;
  }
}

export const fetchSession = (): Promise<Session> => call<Session>("GET", "/api/session");
export async function logIn(name: string, password: string): Promise<Session> {
  await call("POST", "/api/session", { name, password });
  return fetchSession();
}
export const logOut = (): Promise<unknown> => call("DELETE", "/api/session");
export const fetchReplayRanges = (): Promise<readonly ReplayRange[]> => call("GET", "/api/replay/ranges");
export const makeEnrolment = (person: PersonId): Promise<Enrolment> => call("POST", `/api/persons/${person}/enrolment`);

/** Gives one order. Its id is made here, so that sending it again after a lost answer does it once. */
export async function order(wanted: Order): Promise<void> {
  const body = { ...wanted, id: crypto.randomUUID() };
  try {
    await call("POST", "/api/commands", body);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    await call("POST", "/api/commands", body);
  }
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await answer.text();
  if (!answer.ok) throw refusalOf(text, answer);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

function refusalOf(text: string, { status, statusText }: Response): Refusal {
  try {
    const { type, title, detail } = JSON.parse(text) as Readonly<{ type?: string; title?: string; detail?: string }>;
    const words = [title, detail].filter(Boolean).join(": ");
    if (words !== "") return new Refusal(status, words, type);
  } catch {
    // Not from the API: what stands between here and the server has its own pages.
  }
  return new Refusal(status, `${status} ${statusText}`);
}
