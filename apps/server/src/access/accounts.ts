import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { hash, verify } from "@node-rs/argon2";
import type { PersonId } from "@picket/model";
import { openDatabase } from "../record/open-database.ts";

export type Role = "administrator" | "operator";
/** Who is at the other end of a request. */
export type Visitor = Readonly<{ kind: "user"; name: string; role: Role }> | Readonly<{ kind: "phone"; person: PersonId }>;

/** OWASP's argon2id minimum of 2024: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MIN_PASSWORD = 12;
const ENROLMENT_MS = 15 * 60_000;
const PHONE_MS = 30 * 86_400_000;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u;

const MIGRATIONS = [
  `CREATE TABLE users (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, createdMs INTEGER NOT NULL) STRICT;
   CREATE TABLE sessions (token BLOB PRIMARY KEY, name TEXT, person TEXT, expiresMs INTEGER NOT NULL) STRICT;
   CREATE TABLE enrolments (token BLOB PRIMARY KEY, person TEXT NOT NULL, expiresMs INTEGER NOT NULL) STRICT`,
];

/**
 * Who may sign in, who is signed in, and which phone is whose. Passwords are kept as argon2id, tokens as SHA-256 only: the
 * file alone lets nobody in.
 */
export type Accounts = {
  hasAdministrator(): boolean;
  /** Throws RangeError on a bad name, a password under 12 characters or a name that is taken. */
  addUser(name: string, role: Role, password: string, nowMs: number): Promise<void>;
  users(): readonly Readonly<{ name: string; role: Role; createdMs: number }>[];
  /** Signs the person out everywhere. Throws RangeError on a name that nobody has or a password under 12 characters. */
  setPassword(name: string, password: string): Promise<void>;
  /** Signs the person out everywhere. Throws RangeError on a name that nobody has, and for the only administrator. */
  removeUser(name: string): void;
  /** A session token, or undefined when name or password are wrong; takes as long either way. */
  signIn(name: string, password: string, nowMs: number, sessionMs: number): Promise<string | undefined>;
  signOut(token: string): void;
  visitor(token: string, nowMs: number): Visitor | undefined;
  /** A one-time token that makes the next phone that shows it this person's, within 15 minutes. */
  beginEnrolment(person: PersonId, nowMs: number): Readonly<{ token: string; expiresMs: number }>;
  /** Trades a one-time token for a phone's session token; undefined when it is unknown, used or late. */
  enrol(token: string, nowMs: number): Readonly<{ token: string; person: PersonId; expiresMs: number }> | undefined;
  /** A phone that is in use stays its person's: its session ends 30 days after the last time. Answers when. */
  renewPhone(token: string, nowMs: number): number;
  revokePhones(person: PersonId): void;
  close(): void;
};

export function openAccounts(dataDir: string): Accounts {
  const database = openDatabase(join(dataDir, "access.sqlite"), { migrations: MIGRATIONS });
  const get = {
    administrator: database.prepare("SELECT 1 FROM users WHERE role = 'administrator' LIMIT 1"),
    user: database.prepare("SELECT name, role, password FROM users WHERE name = ?"),
    users: database.prepare("SELECT name, role, createdMs FROM users ORDER BY name"),
    otherAdministrator: database.prepare("SELECT 1 FROM users WHERE role = 'administrator' AND name <> ? LIMIT 1"),
    session: database.prepare(
      "SELECT s.name, s.person, u.role FROM sessions s LEFT JOIN users u ON u.name = s.name WHERE s.token = ? AND s.expiresMs > ?",
    ),
    enrolment: database.prepare("DELETE FROM enrolments WHERE token = ? RETURNING person, expiresMs"),
  };
  const put = {
    user: database.prepare("INSERT INTO users VALUES (?, ?, ?, ?)"),
    password: database.prepare("UPDATE users SET password = ? WHERE name = ?"),
    session: database.prepare("INSERT INTO sessions VALUES (?, ?, ?, ?)"),
    enrolment: database.prepare("INSERT INTO enrolments VALUES (?, ?, ?)"),
    renewal: database.prepare("UPDATE sessions SET expiresMs = ? WHERE token = ? AND person IS NOT NULL"),
  };
  const remove = {
    session: database.prepare("DELETE FROM sessions WHERE token = ?"),
    phones: database.prepare("DELETE FROM sessions WHERE person = ?"),
    user: database.prepare("DELETE FROM users WHERE name = ?"),
    sessionsOf: database.prepare("DELETE FROM sessions WHERE name = ?"),
    stale: database.prepare("DELETE FROM sessions WHERE expiresMs <= ?"),
  };
  // Checked when the name is unknown, so that a wrong name costs the same time as a wrong password.
  const nobody = hash(randomBytes(16).toString("hex"), ARGON2);

  const openSession = (name: string | null, person: string | null, expiresMs: number): string => {
    const token = newToken();
    put.session.run(digest(token), name, person, expiresMs);
    return token;
  };

  const needUser = (name: string): Readonly<{ role: Role }> => {
    const user = get.user.get(name) as { role: Role } | undefined;
    if (!user) throw new RangeError(`There is no user of that name: ${name}`);
    return user;
  };

  return {
    hasAdministrator: () => get.administrator.get() !== undefined,
    async addUser(name, role, password, nowMs) {
      if (!NAME.test(name)) throw new RangeError("A name must be 1 to 64 letters, digits, spaces, dots, dashes or underscores");
      needLength(password);
      if (get.user.get(name)) throw new RangeError(`There is a user of that name already: ${name}`);
      put.user.run(name, role, await hash(password, ARGON2), nowMs);
    },
    users: () => get.users.all() as unknown as ReturnType<Accounts["users"]>,
    async setPassword(name, password) {
      needUser(name);
      needLength(password);
      put.password.run(await hash(password, ARGON2), name);
      remove.sessionsOf.run(name);
    },
    removeUser(name) {
      const { role } = needUser(name);
      if (role === "administrator" && !get.otherAdministrator.get(name))
        throw new RangeError(`${name} is the only administrator: add another first`);
      remove.user.run(name);
      remove.sessionsOf.run(name);
    },
    async signIn(name, password, nowMs, sessionMs) {
      const user = get.user.get(name) as { name: string; password: string } | undefined;
      const isRight = await verify(user?.password ?? (await nobody), password);
      if (!user || !isRight) return undefined;
      remove.stale.run(nowMs);
      return openSession(user.name, null, nowMs + sessionMs);
    },
    signOut: (token) => void remove.session.run(digest(token)),
    visitor(token, nowMs) {
      const row = get.session.get(digest(token), nowMs) as
        | { name: string | null; person: string | null; role: Role | null }
        | undefined;
      if (row?.person) return { kind: "phone", person: row.person as PersonId };
      return row?.name && row.role ? { kind: "user", name: row.name, role: row.role } : undefined;
    },
    beginEnrolment(person, nowMs) {
      const token = newToken();
      const expiresMs = nowMs + ENROLMENT_MS;
      put.enrolment.run(digest(token), person, expiresMs);
      return { token, expiresMs };
    },
    enrol(token, nowMs) {
      const row = get.enrolment.get(digest(token)) as { person: PersonId; expiresMs: number } | undefined;
      if (!row || row.expiresMs <= nowMs) return undefined;
      const expiresMs = nowMs + PHONE_MS;
      return { token: openSession(null, row.person, expiresMs), person: row.person, expiresMs };
    },
    renewPhone(token, nowMs) {
      const expiresMs = nowMs + PHONE_MS;
      put.renewal.run(expiresMs, digest(token));
      return expiresMs;
    },
    revokePhones: (person) => void remove.phones.run(person),
    close: () => database.close(),
  };
}

function needLength(password: string): void {
  if (password.length < MIN_PASSWORD)
    throw new RangeError(`A password must have at least ${MIN_PASSWORD} characters, got ${password.length}`);
}

const newToken = (): string => randomBytes(32).toString("base64url");
const digest = (token: string): Uint8Array => createHash("sha256").update(token).digest();
