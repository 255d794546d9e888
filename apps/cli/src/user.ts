import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { type Accounts, openAccounts, type Role } from "@picket/server";
import { CommandError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";

type InData = Readonly<{ data: string }>;

/** Adds somebody who may sign in. The password comes from standard input, or is asked for at a terminal. */
export async function addUserCommand(name: string, { role, data }: InData & Readonly<{ role: string }>): Promise<number> {
  if (role !== "administrator" && role !== "operator")
    throw new CommandError(EXIT.usage, `--role must be administrator or operator, got "${role}"`);
  return withAccounts(data, async (accounts) => {
    await accounts.addUser(name, role satisfies Role, await readPassword(), Date.now());
    console.error(`${name} may sign in as ${role}.`);
  });
}

/** Lists who may sign in, a line each. */
export const listUsersCommand = ({ data }: InData): Promise<number> =>
  withKnown(data, async (accounts) => {
    for (const { name, role, createdMs } of accounts.users())
      console.log(`${name.padEnd(24)} ${role.padEnd(14)} since ${new Date(createdMs).toISOString().slice(0, 10)}`);
  });

/** Gives somebody another password, read as for a new one, and signs them out everywhere. */
export const setPasswordCommand = (name: string, { data }: InData): Promise<number> =>
  withKnown(data, async (accounts) => {
    await accounts.setPassword(name, await readPassword());
    console.error(`${name} has a new password and is signed out everywhere.`);
  });

/** Takes somebody out, who is signed out everywhere. */
export const removeUserCommand = (name: string, { data }: InData): Promise<number> =>
  withKnown(data, async (accounts) => {
    accounts.removeUser(name);
    console.error(`${name} may no longer sign in.`);
  });

/** As {@link withAccounts}, of accounts that must be there: a mistyped directory is not made. */
async function withKnown(data: string, run: (accounts: Accounts) => Promise<void>): Promise<number> {
  if (existsSync(join(data, "access.sqlite"))) return withAccounts(data, run);
  throw new CommandError(EXIT.unavailable, `There are no accounts in ${data}`);
}

/** Throws {@link CommandError} when the accounts cannot be opened, and for what they refuse. */
async function withAccounts(data: string, run: (accounts: Accounts) => Promise<void>): Promise<number> {
  let accounts: Accounts;
  try {
    accounts = openAccounts(data);
  } catch (error) {
    throw new CommandError(
      EXIT.unavailable,
      `The data directory ${data}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  try {
    await run(accounts);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CommandError(EXIT.badData, error.message);
  } finally {
    accounts.close();
  }
}

/** One line of standard input; at a terminal what is typed is not shown. */
async function readPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const isTerminal = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal });
  if (isTerminal) process.stderr.write("Password (at least 12 characters, not shown): ");
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write("\n");
  }
}
