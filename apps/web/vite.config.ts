import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = dirname(fileURLToPath(import.meta.url));

/** Two pages, the operator's and the field's, built apart from one set of sources. */
export default defineConfig({
  root: here,
  base: "/",
  // The module build of mgrs has no default export, the one that Node takes has: both must see the same.
  resolve: { alias: { mgrs: fileURLToPath(import.meta.resolve("mgrs")) } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: join(here, "dist"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // How long plugins took is nothing to tell somebody who starts the program for the first time.
      checks: { bundlerTimings: false },
      input: ["index.html", "field.html", "src/field/field-worker.ts"]
        .map((entry) => join(here, entry))
        .filter((entry) => existsSync(entry)),
      output: {
        // The field page's worker is registered by its name, and must stand at the root to keep the page.
        entryFileNames: ({ name }) => (name === "field-worker" ? "field-worker.js" : "assets/[name]-[hash].js"),
      },
    },
  },
});
