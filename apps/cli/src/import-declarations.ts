import { readFileSync } from "node:fs";
import { importDeclarations, type ParsedDeclarations } from "@picket/server";
import { fileError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";

const STANDARD_INPUT = 0;

/** Takes a CSV table of declarations of compliance in, and says what was taken, what was refused and when. Answers the exit code. */
export async function importDeclarationsCommand(file: string, { data }: Readonly<{ data: string }>): Promise<number> {
  let octets: Uint8Array;
  try {
    octets = readFileSync(file === "-" ? STANDARD_INPUT : file);
  } catch (error) {
    throw fileError("read", file, error);
  }
  const importedMs = Date.now();
  let parsed: ParsedDeclarations | string;
  try {
    parsed = importDeclarations(octets, data, importedMs);
  } catch (error) {
    console.error(`The data directory ${data}: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.unavailable;
  }
  if (typeof parsed === "string") {
    console.error(`${file}: nothing was taken: ${parsed}`);
    return EXIT.badData;
  }
  return report(file, parsed, importedMs);
}

function report(file: string, { declarations, lines, refused, examples }: ParsedDeclarations, importedMs: number): number {
  for (const { line, code, detail } of examples) console.error(`${file}:${line}: ${code}: ${detail}`);
  const count = Object.values(refused).reduce((sum, some) => sum + some, 0);
  if (count > examples.length) console.error(`${file}: … and ${count - examples.length} more lines that were not taken`);
  const codes = Object.entries(refused).map(([code, some]) => `${code} ${some}`);
  const refusals = `${count} refused${count > 0 ? ` (${codes.join(", ")})` : ""}`;
  if (declarations.length === 0) {
    console.error(`${file}: nothing was taken: of ${lines} lines ${refusals}`);
    return EXIT.badData;
  }
  const models = new Set(declarations.map(({ make, model }) => `${make}\n${model}`)).size;
  const when = `${new Date(importedMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  console.log(`Imported ${when}: ${lines - count} of ${lines} lines taken, ${refusals}; ${models} makes and models.`);
  console.log("A site that is running shows it after its next start.");
  return EXIT.done;
}
