import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Frame } from "@picket/model";
import fc from "fast-check";
import { importDeclarations, readDeclarations } from "./declarations-file.ts";
import { createDeclaredSerials } from "./declared-serials.ts";
import { type Declaration, type ParsedDeclarations, parseDeclarations } from "./parse-declarations.ts";
import { createShowDeclared } from "./show-declared.ts";

const NOON_MS = Date.UTC(2026, 10, 21, 12);
const parsed = (text: string): ParsedDeclarations => {
  const answer = parseDeclarations(text);
  assert.ok(typeof answer !== "string", String(answer));
  return answer;
};
const rulesOf = (cell: string) => parsed(`make,model,serial\nAcme,One,"${cell}"\n`).declarations.map(({ rule }) => rule);
const namesOf = (declarations: readonly Declaration[]) => declarations.map(({ make, model }) => `${make} ${model}`);

for (const { header, row, why } of [
  {
    header: "Make,Model,Serial Number,Tracking Number,Status",
    row: "Acme,One,1ABCF12*,RID000000290,accepted",
    why: "the words of a page",
  },
  {
    header: "trackingNumber;makeName;modelName;value;status",
    row: "RID000000290;Acme;One;1ABCF12*;accepted",
    why: "the field names of a service, with semicolons",
  },
  {
    header: "rid_tracking\tstatus\tmake\tmodel\tserial_prefix",
    row: "RID000000290\taccepted\tAcme\tOne\t1ABCF12",
    why: "a prefix, with tabs",
  },
  {
    header: "\uFEFF MANUFACTURER , Model ,serial-number,DOC Tracking Number,status",
    row: "Acme,One,1abcf12*,RID000000290,accepted",
    why: "a byte order mark and small letters",
  },
])
  test(`a table is read with ${why}`, () => {
    const { declarations, refused, lines } = parsed(`${header}\r\n${row}\r\n`);
    const rule = { kind: "prefix", prefix: "1ABCF12" };
    assert.deepEqual(declarations, [{ rule, make: "Acme", model: "One", declaration: "RID000000290", status: "accepted" }]);
    assert.deepEqual([refused, lines], [{}, 1]);
  });

test("serial numbers come alone, several in a cell, as ranges, and as what is shorter than it says", () => {
  assert.deepEqual(rulesOf("1ABC51234Z"), [{ kind: "serial", serial: "1ABC51234Z" }]);
  assert.deepEqual(rulesOf("1ABC51234Z; 1ABC51235Z"), [
    { kind: "serial", serial: "1ABC51234Z" },
    { kind: "serial", serial: "1ABC51235Z" },
  ]);
  for (const sign of ["-", " – ", " to ", ".."])
    assert.deepEqual(rulesOf(`1ABC500000${sign}1ABC5ZZZZZ`), [{ kind: "range", first: "1ABC500000", last: "1ABC5ZZZZZ" }]);
  assert.deepEqual(rulesOf("1581F5FK"), [{ kind: "prefix", prefix: "1581F5FK" }]);
  assert.deepEqual(rulesOf("1ABC5"), [{ kind: "serial", serial: "1ABC5" }]);
});

test("a range in two columns is a range, and one end alone is a serial number", () => {
  const text = "make,model,serial_start,serial_end\nAcme,One,1ABC500000,1ABC599999\nAcme,Two,1ABC6000000,\n";
  assert.deepEqual(
    parsed(text).declarations.map(({ rule }) => rule),
    [
      { kind: "range", first: "1ABC500000", last: "1ABC599999" },
      { kind: "serial", serial: "1ABC6000000" },
    ],
  );
});

test("each line that cannot be used is refused by its number and code, and the others are taken", () => {
  const lines = [
    "make,model,serial",
    "Acme,One,1ABC500001",
    ",One,1ABC500002",
    'Acme,"One\u202Egpj",1ABC500003',
    "Acme,One,'; DROP TABLE",
    "Acme,One,0000000000-ZZZZZZZZZZ",
    "Acme,One,1ABC599999-1ABC500000",
    "Acme,One,1ABC5-1ABC599999",
    "Acme,One,1A*",
    'Acme,"One,1ABC500004',
    `Acme,${"x".repeat(65)},1ABC500005`,
    "Acme",
    'Acme,"Two ""2"", large",1ABC500006',
  ];
  const { declarations, refused, examples } = parsed(lines.join("\n"));
  assert.deepEqual(namesOf(declarations), ["Acme One", 'Acme Two "2", large']);
  assert.deepEqual(refused, { "no-make-or-model": 2, "bad-text": 2, "bad-serial": 5, "unclosed-quote": 1 });
  assert.deepEqual(
    examples.map(({ line }) => line),
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  );
  assert.match(examples[3]?.detail ?? "", /not of one manufacturer/);
});

test("a quoted cell may hold line ends, and lines are still counted as a person counts them", () => {
  const { declarations, examples } = parsed('make,model,serial\nAcme,One,"1ABC500001\n1ABC500002"\nAcme,,1ABC500003\n');
  assert.equal(declarations.length, 2);
  assert.deepEqual(examples, [{ line: 4, code: "no-make-or-model", detail: "model is empty" }]);
});

for (const { text, why } of [
  { text: "", why: "nothing" },
  { text: "serial,make\n1,2\n", why: "no model" },
  { text: "<html><body>Sign in</body></html>", why: "a page" },
])
  test(`${why} is no table, and says which columns are needed`, () => {
    assert.match(String(parseDeclarations(text)), /must name the columns make, model, and serial number/);
  });

test("no text crashes, hangs or is taken for more rows than it has", () => {
  const piece = fc.constantFrom('"', ",", "\n", "\r\n", ";", "1ABC5", "-", "*", "Acme", "\u0000", "make", "0", "ZZZZ", '""');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
      const { declarations, lines, refused } = parsed(`make,model,serial\n${pieces.join("")}`);
      const count = Object.values(refused).reduce((sum, some) => sum + some, 0);
      assert.ok(lines <= pieces.length && count <= lines && declarations.length > 0 === lines - count > 0);
    }),
    { numRuns: 3000 },
  );
});

test("a table of nothing but opened quotes is read in a time that grows with its length", () => {
  const text = `make,model,serial\n${'Acme,"One,1ABC500001\n'.repeat(50_000)}`;
  const startedMs = performance.now();
  const { refused } = parsed(text);
  assert.ok((refused["unclosed-quote"] ?? 0) + (refused["bad-text"] ?? 0) + (refused["bad-serial"] ?? 0) > 0);
  assert.ok(performance.now() - startedMs < 5000, `${performance.now() - startedMs} ms`);
});

test("what names a serial number most closely counts, and where declarations differ all are told", () => {
  const rows = [
    "Acme,Any,1ABC5*",
    "Acme,Batch,1ABC500000-1ABC599999",
    "Acme,Narrow,1ABC512300-1ABC512399",
    "Acme,Own,1ABC512345",
    "Acme,Twin,1ABC7*",
    "Other,Twin,1ABC7*",
    "Other,Twin,1ABC7*",
  ];
  const serials = createDeclaredSerials(parsed(`make,model,serial\n${rows.join("\n")}`).declarations);
  const named = (serial: string) => namesOf(serials.of(serial));
  assert.deepEqual(named("1ABC512345"), ["Acme Own"]);
  assert.deepEqual(named("1abc512346"), ["Acme Narrow"]);
  assert.deepEqual(named("1ABC599000"), ["Acme Batch"]);
  assert.deepEqual(named("1ABC5ZZZZZ"), ["Acme Any"]);
  assert.deepEqual(named("1ABC7AAAAAAA"), ["Acme Twin", "Other Twin"]);
  assert.deepEqual([named("1ABC"), named(""), named("2ABC512345"), named("1ABC51234")], [[], [], [], ["Acme Any"]]);
});

test("an import replaces the table before, one that takes nothing leaves it, and only its owner may read it", (t) => {
  const dir = mkdtempSync(join(tmpdir(), "declarations-"));
  t.after(() => rmSync(dir, { recursive: true }));
  const bytes = (text: string) => new TextEncoder().encode(text);
  assert.equal(readDeclarations(dir), undefined);
  importDeclarations(bytes("make,model,serial\nAcme,One,1ABC512345\n"), dir, NOON_MS);
  importDeclarations(bytes("make,model,serial\nAcme,Two,1ABC512345\n"), dir, NOON_MS + 1);
  assert.equal(
    importDeclarations(Uint8Array.of(0xff, 0xfe, 0x00), dir, NOON_MS + 2),
    "it is not UTF-8 text: save it as CSV UTF-8",
  );
  importDeclarations(bytes("make,model,serial\n,,\n"), dir, NOON_MS + 3);
  const table = readDeclarations(dir) ?? assert.fail("no table");
  assert.deepEqual([table.importedMs, namesOf(table.declarations)], [NOON_MS + 1, ["Acme Two"]]);
  assert.deepEqual(readdirSync(dir), ["declarations.json"]);
  assert.equal(statSync(join(dir, "declarations.json")).mode & 0o077, 0);
});

const frameOf = (kind: "serial" | "session", value: string) =>
  ({ nowMs: 1, tracks: [{ id: "t1-s1", identities: [{ claim: { kind, value } }] }] }) as unknown as Frame;

test("what is shown names make, model and day of import; the frame itself stays as it was", (t) => {
  const dir = mkdtempSync(join(tmpdir(), "declarations-"));
  t.after(() => rmSync(dir, { recursive: true }));
  const faults: string[] = [];
  const frame = frameOf("serial", "1ABC512345");
  assert.equal(createShowDeclared(dir, (fault) => faults.push(fault))(frame), frame, "no table, no change");

  importDeclarations(new TextEncoder().encode("make,model,serial,status\nAcme,One,1ABC5*,rescinded\n"), dir, NOON_MS);
  const show = createShowDeclared(dir, (fault) => faults.push(fault));
  const declared = { importedMs: NOON_MS, models: [{ make: "Acme", model: "One", status: "rescinded" }] };
  assert.deepEqual(show(frame).tracks[0]?.identities[0]?.declared, declared);
  assert.deepEqual(frame, frameOf("serial", "1ABC512345"));
  for (const other of [frameOf("serial", "9ZZZ512345"), frameOf("session", "1ABC512345")]) assert.deepEqual(show(other), other);

  writeFileSync(join(dir, "declarations.json"), readFileSync(join(dir, "declarations.json"), "utf8").slice(0, 40));
  assert.equal(createShowDeclared(dir, (fault) => faults.push(fault))(frame), frame);
  assert.equal(faults.length, 1);
  assert.match(faults[0] ?? "", /^The table of declarations is not used: /);
});
