import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { formatPhrase, formatWord, PHRASE_TABLE, placeholders, WORD_TABLE } from "./index.ts";

/** The pipeline's own table: each code with the names of its parameters. */
function phrasesOfPipeline(): ReadonlyMap<string, readonly string[]> {
  const source = readFileSync(new URL("../../pipeline/src/phrases.ts", import.meta.url), "utf8");
  const rows = source.matchAll(/"([a-z]+\.[a-zA-Z]+)": \{([^}]*)\}/g);
  return new Map(
    [...rows].map(([, code = "", params = ""]) => [code, [...params.matchAll(/(\w+)\??:/g)].map(([, name = ""]) => name)]),
  );
}

test("there is a template for every sentence of the pipeline and no other, and none asks for a parameter that does not come", () => {
  const said = phrasesOfPipeline();
  assert.ok(said.size > 60);
  assert.deepEqual(Object.keys(PHRASE_TABLE).sort(), [...said.keys()].sort());
  for (const [code, { en }] of Object.entries(PHRASE_TABLE))
    assert.deepEqual(
      placeholders(en).filter((name) => !said.get(code)?.includes(name)),
      [],
      code,
    );
});

test("both languages of a sentence hold the same parameters", () => {
  for (const [code, { en, es }] of Object.entries(PHRASE_TABLE))
    assert.deepEqual([...placeholders(es)].sort(), [...placeholders(en)].sort(), code);
});

test("no sentence is left in the other language by oversight", () => {
  const words = (text: string) => text.replace(/\{\w+\}/g, "").match(/[a-záéíóúñü]{4,}/gi)?.length ?? 0;
  const all = Object.entries({ ...PHRASE_TABLE, ...WORD_TABLE });
  assert.deepEqual(
    all.filter(([, { en, es }]) => en === es && words(en) > 1),
    [],
  );
});

test("numbers take the reader's units and language by their names", () => {
  const phrase = { code: "alert.sightingBearing", params: { by: "Ana", count: 2, bearingDeg: 225 } };
  assert.equal(formatPhrase(phrase, "en", "metric"), "Ana reports a sighting (2) towards 225° SW");
  assert.equal(formatPhrase(phrase, "es", "imperial"), "Ana informa de un avistamiento (2) hacia 225° SO");
});

test("a sentence or a word that is not known here is odd to read, but not lost", () => {
  assert.equal(
    formatPhrase({ code: "alert.fromTheFuture", params: { zone: "Dock" } }, "en", "metric"),
    'alert.fromTheFuture {"zone":"Dock"}',
  );
  assert.equal(formatPhrase({ code: "alert.zoneEntry", params: {} }, "en", "metric"), "Drone inside ?");
  assert.equal(formatWord("zeppelin", "es"), "zeppelin");
});
