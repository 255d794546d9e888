import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { openJournal } from "./journal.ts";
import { openJournalReader } from "./journal-reader.ts";
const bytes = (n, receivedMs = 1_000 + n) => ({
    kind: "bytes",
    feed: "radar",
    from: "192.0.2.7:8600",
    receivedMs,
    bytes: Uint8Array.of(n & 255, n >> 8),
});
function newDirectory(t) {
    const dir = mkdtempSync(join(tmpdir(), "picket-journal-"));
    t.after(() => rmSync(dir, { recursive: true }));
    return dir;
}
const open = (dir, options = {}) => openJournal({ dir, version: "1.2.3", nowMs: () => 5_000, ballastBytes: 4_096, ...options });
const committed = (journal, sequence) => new Promise((resolve) => {
    if (journal.committed >= sequence)
        resolve();
    const stop = journal.onCommit((newest) => {
        if (newest < sequence)
            return;
        stop();
        resolve();
    });
});
const nextState = (journal) => new Promise((resolve) => {
    const stop = journal.onState((state) => {
        stop();
        resolve(state);
    });
});
test("what was appended is read back in order, with the boot in front", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir);
    const given = [
        { kind: "configuration", receivedMs: 1, configuration: { zones: [] } },
        bytes(1),
        { kind: "command", receivedMs: 3, command: { kind: "acknowledge", alert: "a-1" } },
        { kind: "mark", nowMs: 4 },
    ];
    assert.deepEqual(given.map((entry) => journal.append(entry)), [2, 3, 4, 5]);
    await committed(journal, 5);
    const reader = openJournalReader(dir);
    const boot = { kind: "boot", bootNumber: 1, version: "1.2.3", nowMs: 5_000 };
    assert.deepEqual([...reader.entries({ fromSequence: 1 })].map(({ entry }) => entry), [boot, ...given]);
    assert.equal(reader.lastSequence(), 5);
    reader.close();
    assert.equal(await journal.close(), 0);
});
test("each segment is sealed, linked to the one before, and opens with its snapshot", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir);
    journal.append(bytes(1));
    journal.beginSegment(Uint8Array.of(1, 1));
    journal.append(bytes(2));
    journal.append(bytes(3));
    journal.beginSegment(Uint8Array.of(2, 2));
    journal.beginSegment(Uint8Array.of(3, 3));
    journal.append(bytes(4));
    await journal.close();
    const reader = openJournalReader(dir);
    const spans = reader.segments().map(({ firstSequence, lastSequence }) => [firstSequence, lastSequence]);
    assert.deepEqual(spans, [
        [1, 2],
        [3, 4],
        [5, 4],
        [5, undefined],
    ]);
    assert.deepEqual([...reader.entries({ segment: 2 })].map(({ sequence }) => sequence), [3, 4]);
    assert.deepEqual([...reader.entries({ segment: 4 })].map(({ sequence }) => sequence), [5]);
    assert.deepEqual([1, 2, 3, 4, 5].map((segment) => reader.snapshot(segment)?.join()), ["", "1,1", "2,2", "3,3", undefined]);
    const verdict = reader.verify();
    assert.ok(verdict.ok);
    assert.deepEqual([verdict.segments, verdict.entries, verdict.unsealed], [4, 5, 1]);
    reader.close();
});
test("boot numbers go up by one, even when the journal itself is lost", async (t) => {
    const dir = newDirectory(t);
    for (const expected of [1, 2]) {
        const journal = await open(dir);
        assert.equal(journal.bootNumber, expected);
        await journal.close();
    }
    rmSync(join(dir, "journal.db"));
    const journal = await open(dir);
    assert.equal(journal.bootNumber, 3);
    await journal.close();
    rmSync(join(dir, "boot-number"));
    const again = await open(dir);
    assert.equal(again.bootNumber, 4);
    await again.close();
});
test("a second journal on the same directory is refused until the first is closed", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir);
    await assert.rejects(open(dir), /Another Picket is using/);
    await journal.close();
    const next = await open(dir);
    await next.close();
});
test("the private key is readable by its owner alone, and refused otherwise", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir);
    await journal.close();
    const path = join(dir, "site-key.pem");
    assert.equal(statSync(path).mode & 0o777, 0o600);
    chmodSync(path, 0o644);
    await assert.rejects(open(dir), /open to other users; set its mode to 0600/);
});
test("a journal under another site key is set aside whole, and recording begins anew", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir);
    journal.append(bytes(1));
    await journal.close();
    rmSync(join(dir, "site-key.pem"));
    const next = await open(dir);
    assert.match(next.setAside?.why ?? "", /another site key/);
    assert.deepEqual([next.bootNumber, next.committed], [2, 1]);
    const reader = openJournalReader(join(next.setAside?.path ?? "", "journal.db"));
    assert.ok(reader.verify().ok);
    assert.equal(reader.lastSequence(), 2);
    reader.close();
    await next.close();
});
for (const { damage, why } of [
    { damage: (whole) => whole.fill(0xa5), why: "overwritten from the first octet" },
    { damage: (whole) => whole.fill(0xa5, 4_096), why: "overwritten after its first page" },
])
    test(`a journal ${why} is set aside, and recording begins anew under a new boot number`, async (t) => {
        const dir = newDirectory(t);
        const journal = await open(dir);
        await journal.close();
        const path = join(dir, "journal.db");
        writeFileSync(path, damage(readFileSync(path)));
        const next = await open(dir);
        assert.ok(next.setAside);
        assert.equal(next.bootNumber, 2);
        const sequence = next.append(bytes(1)) ?? 0;
        await committed(next, sequence);
        await next.close();
    });
test("the check at the start tells a sound file from one with a damaged page", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir, { checkAfterMs: 0 });
    assert.deepEqual(await journal.startCheck, { kind: "sound" });
    for (let n = 0; n < 2_000; n++)
        journal.append(bytes(n));
    await journal.close();
    const path = join(dir, "journal.db");
    const whole = readFileSync(path);
    const page = whole.indexOf("192.0.2.7") & ~4_095;
    writeFileSync(path, whole.fill(0x5a, page, page + 4_096));
    const next = await open(dir, { checkAfterMs: 0 });
    const found = await next.startCheck;
    assert.equal(found.kind, "damaged");
    await next.close();
});
test("one changed bit in the file is named by its entry", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir);
    for (let n = 0; n < 20; n++)
        journal.append({ kind: "command", receivedMs: n, command: `order-${n}.` });
    journal.beginSegment(Uint8Array.of(1));
    await journal.close();
    const path = join(dir, "journal.db");
    const whole = readFileSync(path);
    const at = whole.indexOf("order-7.");
    whole[at] = (whole[at] ?? 0) ^ 1;
    writeFileSync(path, whole);
    const reader = openJournalReader(dir);
    const verdict = reader.verify();
    assert.ok(!verdict.ok);
    assert.deepEqual([verdict.fault.code, verdict.fault.segment, verdict.fault.sequence], ["bad-entry", 1, 9]);
    reader.close();
});
test("a search column that differs from its entry's octets is named", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir);
    journal.append(bytes(1));
    journal.append(bytes(2));
    await journal.close();
    const database = new DatabaseSync(join(dir, "journal.db"));
    database.exec("UPDATE entries SET at_ms = 9 WHERE sequence = 3");
    database.close();
    const reader = openJournalReader(dir);
    const verdict = reader.verify();
    assert.ok(!verdict.ok && verdict.fault.sequence === 3);
    reader.close();
});
test("a reader pages through more than it holds, while the writer goes on", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir);
    for (let n = 0; n < 1_000; n++)
        journal.append(bytes(n));
    await committed(journal, 1_001);
    const reader = openJournalReader(dir);
    const entries = reader.entries({ fromSequence: 2 });
    const first = entries.next();
    assert.ok(!first.done && first.value.sequence === 2);
    for (let n = 0; n < 1_000; n++)
        journal.append(bytes(n));
    await committed(journal, 2_001);
    assert.equal([...entries].at(-1)?.sequence, 2_001);
    reader.close();
    await journal.close();
});
test("derived rows are found by track, by time and by id", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir);
    const point = (trackId, nowMs) => ({ trackId, nowMs, latDeg: 31.5, lonDeg: -110.25 });
    journal.addTrackPoints([point("a", 1), { ...point("a", 2), altHaeM: 120, detail: { class: "multirotor" } }, point("b", 2)]);
    journal.putAlert({ alertId: "alert-1", openedMs: 5, updatedMs: 5, alert: { level: "watch" } });
    journal.addFrameHash({ sequence: 1, nowMs: 2, hash: Uint8Array.of(7, 7) });
    journal.putAlert({ alertId: "alert-1", openedMs: 5, updatedMs: 6, alert: { level: "warn" } });
    await journal.close();
    const reader = openJournalReader(dir);
    const window = { fromMs: 0, toMs: 10, limit: 10 };
    assert.deepEqual(reader.derived.trackPoints("a", window), [
        point("a", 1),
        { ...point("a", 2), altHaeM: 120, detail: { class: "multirotor" } },
    ]);
    assert.deepEqual(reader.derived.allTrackPoints({ ...window, fromMs: 2 }).map(({ trackId }) => trackId), ["a", "b"]);
    const alert = { alertId: "alert-1", openedMs: 5, updatedMs: 6, alert: { level: "warn" } };
    assert.deepEqual(reader.derived.alerts(window), [alert]);
    assert.deepEqual(reader.derived.alert("alert-1"), alert);
    assert.equal(reader.derived.alert("none"), undefined);
    assert.deepEqual(reader.derived.frameHash(1), { sequence: 1, nowMs: 2, hash: Uint8Array.of(7, 7) });
    reader.close();
});
test("a backup made while entries come in is a whole journal that verifies by itself, without the private key", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir);
    for (let n = 0; n < 3_000; n++)
        journal.append(bytes(n));
    await committed(journal, 1);
    const path = join(dir, "copy.db");
    const copying = journal.backup(path);
    for (let n = 0; n < 3_000; n++)
        journal.append(bytes(n));
    assert.equal(await copying, statSync(path).size);
    await assert.rejects(journal.backup(path), /never replaces a file/);
    await journal.close();
    const reader = openJournalReader(path);
    assert.ok(reader.lastSequence() >= 1);
    assert.ok(reader.verify().ok);
    assert.deepEqual(reader.check("integrity"), []);
    reader.close();
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(dir).filter((name) => name.startsWith("copy.db")), ["copy.db"]);
    assert.equal(readFileSync(path).indexOf("PRIVATE KEY"), -1);
});
test("a disk that does not answer is said to have stopped, and recording resumes by itself with nothing lost", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir, { overdueMs: 100 });
    const other = new DatabaseSync(join(dir, "journal.db"));
    other.exec("BEGIN IMMEDIATE");
    const stopped = nextState(journal);
    const sequence = journal.append(bytes(1)) ?? 0;
    assert.equal((await stopped).kind === "stopped" && journal.state.kind, "stopped");
    assert.equal(journal.committed, 1);
    const later = journal.append(bytes(2)) ?? 0;
    const resumed = nextState(journal);
    other.exec("ROLLBACK");
    other.close();
    assert.deepEqual(await resumed, { kind: "recording" });
    await committed(journal, later);
    assert.equal(later, sequence + 1);
    assert.equal(journal.counters.stops, 1);
    assert.equal(await journal.close(), 0);
});
test("a write error is reported, tried again and counted; closing meanwhile says how many entries were not written", async (t) => {
    const dir = newDirectory(t);
    const journal = await open(dir, { busyTimeoutMs: 20 });
    const other = new DatabaseSync(join(dir, "journal.db"));
    other.exec("BEGIN IMMEDIATE");
    const stopped = nextState(journal);
    journal.append(bytes(1));
    journal.append(bytes(2));
    const state = await stopped;
    assert.ok(state.kind === "stopped" && state.why === "write-error");
    assert.match(state.detail, /locked/);
    journal.append(bytes(3));
    assert.equal(await journal.close(), 3);
    other.close();
    const next = await open(dir);
    assert.equal(next.committed, 2, "two boots and nothing else");
    await next.close();
});
test("a closed journal takes no more entries", async (t) => {
    const journal = await open(newDirectory(t));
    const closing = journal.close();
    assert.throws(() => journal.append(bytes(1)), /closed/);
    assert.equal(await closing, 0);
    assert.deepEqual(await journal.startCheck, { kind: "unfinished", why: "closed" });
});
