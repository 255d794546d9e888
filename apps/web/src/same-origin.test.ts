import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { emptyStyle } from "./map/base-style.ts";
import { readPalette } from "./map/palette.ts";
import { foreignUrls } from "./same-origin.fixture.ts";

const DIST = new URL("../dist", import.meta.url).pathname;
const isBuilt = existsSync(join(DIST, "index.html"));

/**
 * Addresses that libraries carry and never ask for: names of XML vocabularies, links of their documentation and of signs that this
 * page does not show, and terra-draw's picture of a marker, a mode that is not used.
 */
const NEVER_ASKED_FOR: readonly RegExp[] = [
  /^http:\/\/www\.w3\.org\/(1998\/Math\/MathML|1999\/xhtml|1999\/xlink|2000\/svg|XML\/1998\/namespace)$/,
  /^https:\/\/github\.com\/(mapbox|maplibre)\//,
  /^https:\/\/maplibre\.(org|invalid)\/$/,
  /^https:\/\/wiki\.openstreetmap\.org\/wiki\/This_map_requires_WebGL$/,
  /^https:\/\/raw\.githubusercontent\.com\/JamesLMilner\/terra-draw\/[\w/.-]+\/marker-blue\.png$/,
];

test("the built pages, styles and workers hold no address of another place", { skip: !isBuilt && "run npm run web" }, () => {
  const files = readdirSync(DIST, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(html|m?js|css|webmanifest|svg)$/.test(name),
  );
  assert.ok(files.some((name) => name.endsWith(".css")) && files.some((name) => name.endsWith(".mjs")));
  for (const name of files) {
    const found = foreignUrls(readFileSync(join(DIST, name), "utf8")).filter(
      (url) => !NEVER_ASKED_FOR.some((known) => known.test(url)),
    );
    assert.deepEqual(found, [], name);
  }
});

test("scripts and styles of the pages come from this origin", { skip: !isBuilt && "run npm run web" }, () => {
  for (const name of ["index.html", "field.html"]) {
    const wanted = [...readFileSync(join(DIST, name), "utf8").matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, url = ""]) => url);
    assert.ok(wanted.length > 1);
    for (const url of wanted) assert.match(url, /^\/(?!\/)/, `${name} asks for ${url}`);
  }
});

test("the map's style names no sprite, no glyphs and no source but what the page itself fills", () => {
  const style = emptyStyle(readPalette(() => "#808080"));
  assert.equal(style.sprite, undefined);
  assert.equal(style.glyphs, undefined);
  assert.deepEqual(new Set(Object.values(style.sources).map(({ type }) => type)), new Set(["geojson"]));
  assert.deepEqual(foreignUrls(JSON.stringify(style)), []);
});

test("an address of another place is found in whatever way it is written", () => {
  assert.deepEqual(foreignUrls('fetch("https://tiles.example/1.png")'), ["https://tiles.example/1.png"]);
  assert.deepEqual(foreignUrls("url(//cdn.example/font.woff2)"), ["//cdn.example/font.woff2"]);
  assert.deepEqual(foreignUrls('new WebSocket("wss://live.example/")'), ["wss://live.example/"]);
  assert.deepEqual(foreignUrls('"/assets/index.js" // a comment'), []);
});
