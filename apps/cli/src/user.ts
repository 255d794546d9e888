import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { type Accounts, openAccounts, type Role } from "@picket/server";
import { EXIT } from "./exit-codes.ts";

/** Adds somebody who may sign in. The password comes from standard input, or is asked for at a terminal. */
export async function addUserCommand(name: string, { role, data }: Readonly<{ role: string; data: string }>): Promise<number> {
  if (role !== "administrator" && role !== "operator") {
    console.error(`--role must be administrator or operator, got "${role}"`);
    return EXIT.usage;
  }
  let accounts: Accounts;
  try {
    accounts = openAccounts(data);
  } catch (error) {
    console.error(`The data directory ${data}: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.unavailable;
  }
  try {
    const password = await readPassword();
    await accounts.addUser(name, role satisfies Role, password, Date.now());
    console.error(`${name} may sign in as ${role}.`);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    return EXIT.badData;
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
