import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { filesBelow, ROOT } from "./project.ts";

/** Written in two parts each, so that this file does not hold what it looks for. */
const PRIVATE = [
  ["/ho", "me/"],
  ["/ro", "ot/"],
  ["/Use", "rs/"],
  ["C:\\", "Users"],
  ["//regis", "try."],
  ['"resolved": ', '"http'],
].map(([head, tail]) => `${head}${tail}`);

test("no file of the project names a person's machine or a package host", () => {
  const found: string[] = [];
  for (const path of filesBelow("")) {
    const bytes = readFileSync(join(ROOT, path));
    if (bytes.includes(0)) continue;
    const text = bytes.toString();
    for (const word of PRIVATE) if (text.includes(word)) found.push(`${path}: ${word}`);
  }
  assert.deepEqual(found, []);
});
