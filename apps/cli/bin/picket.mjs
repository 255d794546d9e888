#!/usr/bin/env node
import { fileURLToPath } from "node:url";

const NEEDED_MAJOR = 24;
const major = Number(process.versions.node.split(".")[0]);
if (major < NEEDED_MAJOR) {
  console.error(
    `picket needs Node ${NEEDED_MAJOR} or newer; this is Node ${process.versions.node}. ` +
      `In a clone, "npm ci" brings it: use "npm start" or "npx picket", which run it.`,
  );
  process.exit(69);
}
// Starting again after a fault is a race: what was compiled the last time is not compiled again. Without the folder it just takes longer.
const { enableCompileCache } = await import("node:module");
enableCompileCache(fileURLToPath(new URL("../../../.cache/node", import.meta.url)));
const { main } = await import("../src/main.ts");
process.exitCode = await main(process.argv);
