import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { inTransaction, openDatabase, readPragma } from "./open-database.ts";
test("a database runs with every pragma that durability stands on", (t) => {
    const dir = mkdtempSync(join(tmpdir(), "picket-database-"));
    t.after(() => rmSync(dir, { recursive: true }));
    const database = openDatabase(join(dir, "a.db"), { migrations: [] });
    const expected = {
        journal_mode: "wal",
        synchronous: 2,
        wal_autocheckpoint: 1000,
        busy_timeout: 5000,
        foreign_keys: 1,
        trusted_schema: 0,
        cell_size_check: 1,
        mmap_size: 0,
        secure_delete: 1,
    };
    for (const [name, value] of Object.entries(expected))
        assert.equal(readPragma(database, name) ?? 0, value, name);
    database.close();
});
test("migrations run once each, in order, and a failed one leaves nothing behind", (t) => {
    const dir = mkdtempSync(join(tmpdir(), "picket-database-"));
    t.after(() => rmSync(dir, { recursive: true }));
    const path = join(dir, "a.db");
    openDatabase(path, { migrations: ["CREATE TABLE a (n INTEGER)"] }).close();
    assert.throws(() => openDatabase(path, { migrations: ["CREATE TABLE a (n INTEGER)", "CREATE TABLE b (n); wrong"] }), /syntax/);
    const database = openDatabase(path, { migrations: ["CREATE TABLE a (n INTEGER)", "CREATE TABLE c (n INTEGER)"] });
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    assert.deepEqual(tables.map((row) => row["name"]), ["a", "c"]);
    assert.equal(readPragma(database, "user_version"), 2);
    database.close();
    assert.throws(() => openDatabase(path, { migrations: [] }), /written by a newer Picket \(version 2, this one knows 0\)/);
});
test("another program's database is refused and left as it was", (t) => {
    const dir = mkdtempSync(join(tmpdir(), "picket-database-"));
    t.after(() => rmSync(dir, { recursive: true }));
    const path = join(dir, "a.db");
    const foreign = new DatabaseSync(path);
    foreign.exec("CREATE TABLE theirs (n INTEGER)");
    foreign.close();
    assert.throws(() => openDatabase(path, { migrations: ["CREATE TABLE ours (n INTEGER)"] }), /is not a database of Picket/);
    const again = new DatabaseSync(path);
    assert.equal(readPragma(again, "journal_mode"), "delete");
    again.close();
});
test("a transaction that throws changes nothing", (t) => {
    const dir = mkdtempSync(join(tmpdir(), "picket-database-"));
    t.after(() => rmSync(dir, { recursive: true }));
    const database = openDatabase(join(dir, "a.db"), { migrations: ["CREATE TABLE a (n INTEGER)"] });
    const failing = () => inTransaction(database, () => {
        database.exec("INSERT INTO a VALUES (1)");
        throw new Error("no");
    });
    assert.throws(failing, /no/);
    assert.equal(database.prepare("SELECT count(*) AS n FROM a").get()?.["n"], 0);
    database.close();
});
