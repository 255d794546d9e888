import type { Language, PersonId, SiteId } from "@picket/model";
import type { Delivery, Letter } from "./outbox.ts";

export type Enrolled = Readonly<{
  person: Readonly<{ id: PersonId; name: string; language: Language }>;
  site?: Readonly<{ id?: SiteId; name: string }>;
}>;

const REMEMBERED = "picket-field-person";

/** Trades the code in the address for this phone's own session; the code never reaches a log, for it stands behind the `#`. */
export async function enrol(token: string): Promise<Enrolled | undefined> {
  const response = await fetch("/api/field/enrolment", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  return response.ok ? remember((await response.json()) as Enrolled) : undefined;
}

/** Who this phone is: asked of the site, or remembered when the site is out of reach. `null`: the site does not know this phone. */
export async function whoAmI(): Promise<Enrolled | null> {
  try {
    const response = await fetch("/api/field/session");
    if (response.ok) return remember((await response.json()) as Enrolled);
    if (response.status === 401) return null;
  } catch {
    return remembered();
  }
  return remembered();
}

/** "I am safe" is true of the moment it was said: a minute later it would vouch for a danger that has come since. */
const SAFE_HOLDS_MS = 60_000;

const isTooLate = ({ body, writtenMs }: Letter, nowMs: number): boolean =>
  nowMs - writtenMs > SAFE_HOLDS_MS && (body as { state?: unknown }).state === "safe";

/** Hands one letter to the site. Not reached, too busy or broken there: try again later. */
export async function deliver(letter: Letter): Promise<Delivery> {
  if (isTooLate(letter, Date.now())) return { kind: "tooLate" };
  try {
    const response = await fetch("/api/field/commands", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(letter.body),
    });
    if (response.ok) return { kind: "delivered" };
    if (response.status >= 500 || response.status === 429 || response.status === 401) return { kind: "again" };
    const problem = (await response.json()) as { detail?: string };
    return { kind: "refused", why: problem.detail ?? `status ${response.status}` };
  } catch {
    return { kind: "again" };
  }
}

function remember(enrolled: Enrolled): Enrolled {
  localStorage.setItem(REMEMBERED, JSON.stringify(enrolled));
  return enrolled;
}

function remembered(): Enrolled | null {
  const text = localStorage.getItem(REMEMBERED);
  return text === null ? null : (JSON.parse(text) as Enrolled);
}

/** A command id that no other phone makes. `randomUUID` is missing on pages without TLS, so the octets are drawn by hand. */
export function newId(): string {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
}
