import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { writeBasemap } from "./basemap.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const dist = join(here, "dist");
const stamp = join(dist, ".built");
/** What the pages are made of. */
const SOURCES = ["src", "index.html", "field.html", "public", "build.ts", "basemap.ts", "vite.config.ts", "package.json"].map(
  (name) => join(here, name),
);
const SHARED = ["core/geo/src", "core/model/src", "package-lock.json"].map((name) => join(root, name));

/** Builds the pages into `dist`, but only when a source is newer than what is there. */
async function buildPages(): Promise<void> {
  const builtMs = await changedMs(stamp);
  const newestMs = Math.max(...(await Promise.all([...SOURCES, ...SHARED].map(newestIn))));
  if (builtMs >= newestMs) return;
  const startMs = performance.now();
  await rm(stamp, { force: true });
  await build({ root: here, configFile: join(here, "vite.config.ts"), logLevel: "warn" });
  await writeBasemap(join(dist, "basemap"));
  await writeFile(stamp, `${await readFile(join(here, "package.json"), "utf8")}`);
  console.log(`web: pages built in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}

/** Newest change below a path, Unix milliseconds; 0 when there is nothing. Tests do not count. */
async function newestIn(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = (await readdir(path)).filter((name) => !/\.(test|bench)\.ts$/.test(name));
  return Math.max(found.mtimeMs, ...(await Promise.all(names.map((name) => newestIn(join(path, name))))));
}

const changedMs = async (path: string) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;

await buildPages();
