import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const WEB = join(import.meta.dirname, "../../web");

/** In a fresh clone the pages are not built yet: builds them once, before a site is shown that would have none. */
export function ensurePages(): void {
  if (existsSync(join(WEB, "dist/index.html"))) return;
  console.error("Building the pages, once: this takes some seconds");
  const { status } = spawnSync(process.execPath, [join(WEB, "build.ts")], { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) console.error(`The pages could not be built (exit code ${status}): the site runs without them`);
}
