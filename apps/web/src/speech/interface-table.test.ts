import assert from "node:assert/strict";
import test from "node:test";
import { placeholders } from "@picket/model";
import { INTERFACE_TABLE } from "./interface-table.ts";

test("both languages of a text of the page hold the same parameters", () => {
  for (const [code, { en, es }] of Object.entries(INTERFACE_TABLE))
    assert.deepEqual([...placeholders(es)].sort(), [...placeholders(en)].sort(), code);
});

test("no text of the page is left in the other language by oversight", () => {
  const words = (text: string) => text.replace(/\{\w+\}/g, "").match(/[a-záéíóúñü]{4,}/gi)?.length ?? 0;
  const all = Object.entries({ ...INTERFACE_TABLE });
  assert.deepEqual(
    all.filter(([, { en, es }]) => en === es && words(en) > 1),
    [],
  );
});
