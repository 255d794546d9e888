import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Courier } from "./courier.ts";

const DEFAULT_KEEP = 1000;
/** What our files are named, so that nobody else's is ever removed. */
const OURS = /^picket-[a-z0-9-]+\.xml$/;

/** Writes each message as a file of its own. It has its name only once it is whole; the oldest of ours go when there are too many. */
export function directoryCourier({ path, keep = DEFAULT_KEEP }: Readonly<{ path: string; keep?: number }>): Courier {
  return {
    where: `directory ${path}`,
    async deliver({ identifier, text }) {
      await mkdir(path, { recursive: true });
      const file = join(path, `${identifier}.xml`);
      await writeFile(`${file}.part`, text);
      await rename(`${file}.part`, file);
      const ours = (await readdir(path)).filter((name) => OURS.test(name)).sort((a, b) => (age(a) < age(b) ? -1 : 1));
      for (const old of ours.slice(0, Math.max(0, ours.length - keep))) await rm(join(path, old), { force: true });
    },
  };
}

/** The seconds at the end of an identifier, in base 36: as many digits for the next century. */
const age = (name: string): string => name.slice(name.lastIndexOf("-") + 1);
