import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Run by npm in a package's folder before and after it is packed (`node pack.ts build`, `node pack.ts restore`). Inside the repository what is read is
 * what runs; Node strips no types from what is installed, so that a packed package is built, and its manifest leads to what was built.
 */
const REPOSITORY = join(import.meta.dirname, "..");
const SOURCE = "./src/index.ts";
const BUILT = { types: "./dist/index.d.ts", default: "./dist/index.js" };
/** In the repository this would warn whoever runs npm with an older Node. */
const ENGINES = { node: ">=24" };

const [stage] = process.argv.slice(2);
if (stage === "build") {
  build();
  writeManifest({ exports: BUILT, engines: ENGINES });
} else if (stage === "restore") {
  rmSync("dist", { recursive: true, force: true });
  writeManifest({ exports: SOURCE, engines: undefined });
} else throw new TypeError(`What to do must be build or restore, got ${stage}`);

/** JavaScript and declarations of all that the package's door leads to, and the licence. */
function build(): void {
  rmSync("dist", { recursive: true, force: true });
  const ambient = join(REPOSITORY, "laws/pure.d.ts");
  const options = { rootDir: "src", outDir: "dist", composite: false, emitDeclarationOnly: false, declaration: true };
  const project = { extends: "./tsconfig.json", compilerOptions: options, files: ["src/index.ts", ambient], include: [] };
  writeFileSync("tsconfig.pack.json", JSON.stringify(project));
  try {
    execFileSync("tsc", ["-p", "tsconfig.pack.json"], { stdio: ["ignore", "inherit", "inherit"] });
  } finally {
    rmSync("tsconfig.pack.json");
  }
  copyFileSync(join(REPOSITORY, "LICENSE"), "dist/LICENSE");
}

function writeManifest(fields: Readonly<Record<string, unknown>>): void {
  const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
  writeFileSync("package.json", `${JSON.stringify(Object.assign({}, manifest, fields), undefined, 2)}\n`);
}
