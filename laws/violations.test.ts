import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { laws, ROOT, wordsOfForce } from "./project.ts";

/**
 * A guard never seen to fail is no guard. `laws/violations` is a small house of the same layout in which every file breaks one
 * law, or deliberately none; its first line says which rule must catch it. The house is copied to a temporary folder, linted there
 * with the project's own settings, and what the linters say must be exactly what the first lines say.
 */
const house = mkdtempSync(join(tmpdir(), "picket-laws-"));
after(() => rmSync(house, { recursive: true }));

buildHouse();
const caught = new Map<string, Set<string>>();
for (const { path, rule } of [...biomeFindings(), ...oxlintFindings(), ...ownFindings()]) {
  caught.set(path, (caught.get(path) ?? new Set()).add(rule));
}

for (const path of sourcesOfHouse()) {
  const expected = expectedRules(path);
  test(`${path} is caught by ${expected.join(" and ") || "nothing"}`, () => {
    assert.deepEqual([...(caught.get(path) ?? [])].sort(), expected);
  });
}

test("every law of purity and promises has a violation that proves it", () => {
  const proven = new Set([...caught.values()].flatMap((rules) => [...rules]));
  for (const rule of [
    "force",
    "no-floating-promises",
    "no-misused-promises",
    "noExcessiveLinesPerFile",
    "noImportCycles",
    "noJsRestrictedProperties",
    "noNodejsModules",
    "noRestrictedGlobals",
    "noRestrictedImports",
    "noUndeclaredDependencies",
    "plugin",
    "switch-exhaustiveness-check",
  ]) {
    assert.ok(proven.has(rule), `${rule} caught nothing`);
  }
});

function buildHouse(): void {
  cpSync(join(ROOT, "laws/violations"), house, { recursive: true });
  for (const file of ["biome.json", ".oxlintrc.json", ".gitignore", "tsconfig.base.json"])
    cpSync(join(ROOT, file), join(house, file));
  for (const file of readdirSync(join(ROOT, "laws")).filter((name) => name.endsWith(".grit")))
    cpSync(join(ROOT, "laws", file), join(house, "laws", file));
  writeFileSync(
    join(house, "tsconfig.json"),
    JSON.stringify({
      extends: "./tsconfig.base.json",
      compilerOptions: { types: ["node"] },
      include: ["codecs", "core", "apps"],
    }),
  );
  const longSource = Array.from({ length: 401 }, (_, line) => `export const line${line + 2} = ${line};\n`);
  writeFileSync(join(house, "apps/server/src/too-long.ts"), `// caught by: noExcessiveLinesPerFile\n${longSource.join("")}`);
  mkdirSync(join(house, "node_modules/@picket"), { recursive: true });
  mkdirSync(join(house, "node_modules/@types"));
  for (const [name, { room }] of Object.entries(laws)) symlinkSync(join(house, room), join(house, "node_modules/@picket", name));
  for (const name of ["@types/node", "undici-types", "oxlint-tsgolint", "@oxlint-tsgolint"])
    symlinkSync(join(ROOT, "node_modules", name), join(house, "node_modules", name));
}

type Finding = Readonly<{ path: string; rule: string }>;

function biomeFindings(): Finding[] {
  type Report = { diagnostics: { severity: string; category: string; location: { path: string } }[] };
  const report = runJson<Report>("biome", ["lint", "--reporter=json", "--max-diagnostics=none", "."]);
  return report.diagnostics
    .filter(({ severity }) => severity !== "information")
    .map(({ category, location }) => ({ path: location.path, rule: category.split("/").at(-1) ?? category }));
}

function oxlintFindings(): Finding[] {
  type Report = { diagnostics: { code: string; filename: string }[] };
  const report = runJson<Report>("oxlint", ["--type-aware", "--format=json"]);
  return report.diagnostics.map(({ code, filename }) => ({ path: filename, rule: code.replace(/^.*\((.*)\)$/, "$1") }));
}

function ownFindings(): Finding[] {
  return sourcesOfHouse()
    .filter((path) => wordsOfForce(readFileSync(join(house, path), "utf8")).length > 0)
    .map((path) => ({ path, rule: "force" }));
}

/** Runs a linter in the house. Linters leave with an error when they find something, so only the report counts. */
function runJson<T>(program: string, options: readonly string[]): T {
  const { stdout, stderr } = spawnSync(join(ROOT, "node_modules/.bin", program), options, {
    cwd: house,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, PATH: `${join(ROOT, "node_modules/.bin")}:${process.env["PATH"]}` },
  });
  assert.ok(stdout.startsWith("{"), `${program} gave no report: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

function sourcesOfHouse(): string[] {
  return ["codecs", "core", "apps"].flatMap((floor) =>
    readdirSync(join(house, floor), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${floor}/${name}`),
  );
}

function expectedRules(path: string): string[] {
  const first = readFileSync(join(house, path), "utf8").split("\n", 1)[0] ?? "";
  const [, list] = /^\/\/ caught by: (.+)$/.exec(first) ?? [];
  assert.ok(list, `${path} must say in its first line what catches it`);
  return list === "nothing" ? [] : list.split(" ").sort();
}
