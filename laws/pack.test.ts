import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { test } from "node:test";
import { ROOT, readText } from "./project.ts";

const PATH = [join(ROOT, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
const run = (folder: string, command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });

/** What packing the tracker reads, at its place in a folder of its own: packing writes into the package's folder. */
function copyTo(folder: string): string {
  const isRead = (path: string): boolean => !["node_modules", "dist"].includes(basename(path));
  for (const path of ["core/tracker", "laws/pack.ts", "laws/pure.d.ts", "tsconfig.base.json", "tsconfig.pure.json", "LICENSE"])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true, filter: isRead });
  return join(folder, "core/tracker");
}

test("the tracker is packed as what Node runs when it is installed alone, and its example runs there", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "picket-pack-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const room = copyTo(join(folder, "repository"));
  const elsewhere = join(folder, "elsewhere");
  mkdirSync(elsewhere);
  run(room, "npm", "pack", "--pack-destination", elsewhere);
  assert.equal(
    readFileSync(join(room, "package.json"), "utf8"),
    readText("core/tracker/package.json"),
    "packing leaves no trace",
  );

  const [tarball = ""] = readdirSync(elsewhere);
  writeFileSync(join(elsewhere, "package.json"), JSON.stringify({ private: true, type: "module" }));
  run(elsewhere, "npm", "install", "--offline", "--no-audit", "--no-fund", `./${tarball}`);
  assert.deepEqual(readdirSync(join(elsewhere, "node_modules/@picket")), ["tracker"]);
  const files = readdirSync(join(elsewhere, "node_modules/@picket/tracker"), { recursive: true, encoding: "utf8" });
  assert.ok(files.includes("README.md") && files.includes(join("dist", "LICENSE")));
  assert.deepEqual(
    files.filter((path) => /(?<!\.d)\.ts$|\.(test|fixture)\./.test(path)),
    [],
    "no source and no trial",
  );

  const [, example = ""] = /```ts\n([\s\S]*?)```/.exec(readText("core/tracker/README.md")) ?? [];
  writeFileSync(join(elsewhere, "example.ts"), example);
  assert.match(run(elsewhere, "node", "example.ts"), /^1 true 1\.00 \[/);
  const compilerOptions = { strict: true, module: "nodenext", target: "es2024", lib: ["es2024", "dom"], types: [], noEmit: true };
  writeFileSync(join(elsewhere, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["example.ts"] }));
  run(elsewhere, "tsc", "-p", ".");
});
