import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
import { filesBelow, importsOf, isSource, isTrial, ROOT, readText } from "./project.ts";

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

test("each room of the tracker imports only those above it in ARCHITECTURE.md", () => {
  const [, table = ""] = /\| Room of `core\/tracker\/src` \|[\s\S]*?\n((?:\| `.*\n)+)/.exec(readText("ARCHITECTURE.md")) ?? [];
  const rooms = [...table.matchAll(/^\| `([a-z]+)\/`/gm)].map((match) => match[1] as string);
  assert.ok(rooms.length > 5, "the pattern finds the rooms");
  const wrong = rooms.flatMap((room, floor) =>
    [...filesBelow(`core/tracker/src/${room}`)]
      .filter((path) => isSource(path) && !isTrial(path))
      .flatMap((path) => importsOf(readText(path)).map((specifier) => ({ path, specifier })))
      .filter(({ specifier }) => /^\.\.\/.*\//.test(specifier) && !rooms.slice(0, floor).includes(specifier.split("/")[1] ?? "")),
  );
  assert.deepEqual(wrong, []);
});
