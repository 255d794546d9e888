import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
import { filesBelow, ROOT, readText } from "./project.ts";

const documents = [...filesBelow("")].filter((path) => path.endsWith(".md"));

test("every link in a document leads to a file", () => {
  const broken = documents.flatMap((path) =>
    [...readText(path).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map((match) => match[1] as string)
      .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(ROOT, posix.dirname(path), target)))
      .map((target) => `${path}: ${target}`),
  );
  assert.deepEqual(broken, []);
});

test("every file that ARCHITECTURE.md and SECURITY.md name is there", () => {
  const named = ["ARCHITECTURE.md", "SECURITY.md"].flatMap((path) =>
    [...readText(path).matchAll(/`((?:codecs|core|apps|laws|bench|e2e)\/[^`\s]*)`/g)].map((match) => match[1] as string),
  );
  assert.ok(named.length > 20, "the pattern finds what the documents name");
  assert.deepEqual(
    named.filter((path) => globSync(path, { cwd: ROOT }).length === 0),
    [],
  );
});
