import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openJournal } from "./journal.ts";
import { openJournalReader } from "./journal-reader.ts";
const secret = (n) => ({
    kind: "bytes",
    feed: "f",
    from: "",
    receivedMs: n * 100,
    bytes: new TextEncoder().encode(`secret-${n};`),
});
/** Four segments of ten entries, 100 ms apart, each with two positions of a person; the fifth runs. Entry n was received at n·100 ms. */
async function recorded(t) {
    const dir = mkdtempSync(join(tmpdir(), "picket-retention-"));
    t.after(() => rmSync(dir, { recursive: true }));
    let nowMs = 0;
    const journal = await openJournal({ dir, version: "1", nowMs: () => nowMs, ballastBytes: 4_096 });
    for (let segment = 0; segment < 4; segment++) {
        for (let n = segment * 10 + 1; n <= segment * 10 + 10; n++) {
            nowMs = n * 100;
            const position = { kind: "command", receivedMs: nowMs, command: { at: `place-${n};` } };
            journal.append(n % 5 === 0 ? position : secret(n), n % 5 === 0 ? { retention: "person-position" } : {});
        }
        journal.beginSegment(new TextEncoder().encode(`snapshot-${segment + 2};`));
    }
    journal.append(secret(41));
    journal.addTrackPoints([100, 200, 300].map((ms) => ({ trackId: "t", nowMs: ms, latDeg: 0, lonDeg: 0 })));
    journal.putAlert({ alertId: "old", openedMs: 100, updatedMs: 100, alert: {} });
    journal.addFrameHash({ sequence: 1, nowMs: 100, hash: new Uint8Array(32) });
    await new Promise((resolve) => journal.onCommit((sequence) => sequence === 42 && resolve()));
    const retain = (rules, holds = []) => journal.retain({ rules: Object.entries(rules).map(([retention, beforeMs]) => ({ retention, beforeMs })), holds });
    return { dir, journal, retain };
}
/** Sequence minus one is n, for the boot entry comes first. */
const erasedNumbers = (dir) => {
    const reader = openJournalReader(dir);
    assert.ok(reader.verify().ok);
    const erased = [...reader.entries({ fromSequence: 1 })].filter(({ entry }) => !entry).map(({ sequence }) => sequence - 1);
    reader.close();
    return erased;
};
test("what is older than its label allows is erased, the rest stays, and the chain still proves itself", async (t) => {
    const { dir, journal, retain } = await recorded(t);
    const erasures = await retain({ bytes: 1_500, "person-position": 800 });
    assert.deepEqual(erasures, [
        { retention: "bytes", beforeMs: 1_500, fromSegment: 1, toSegment: 2, entries: 12 },
        { retention: "person-position", beforeMs: 800, fromSegment: 1, toSegment: 1, entries: 1 },
    ]);
    assert.equal(await journal.close(), 0);
    assert.deepEqual(erasedNumbers(dir), [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14]);
    const reader = openJournalReader(dir);
    const told = [...reader.entries({ segment: 5 })].flatMap(({ entry }) => (entry?.kind === "erasure" ? [entry.erasure] : []));
    assert.deepEqual(told, erasures);
    reader.close();
});
test("erased bytes are nowhere in the files any more", async (t) => {
    const { dir, journal, retain } = await recorded(t);
    await retain({ bytes: 2_000, snapshot: 2_500 });
    const onDisk = () => Buffer.concat(["journal.db", "journal.db-wal"].map((name) => readFileSync(join(dir, name)))).toString("latin1");
    const text = onDisk();
    for (const n of [1, 9, 11, 19])
        assert.ok(!text.includes(`secret-${n};`), `secret-${n} is still on disk`);
    for (const n of [21, 41])
        assert.ok(text.includes(`secret-${n};`));
    assert.ok(!text.includes("snapshot-2;") && text.includes("snapshot-3;"));
    await journal.close();
});
test("a legal hold keeps every segment that it touches whole, until it is lifted", async (t) => {
    const { dir, journal, retain } = await recorded(t);
    await retain({ bytes: 9_999, snapshot: 9_999 }, [{ fromMs: 1_500, toMs: 2_050 }]);
    const kept = erasedNumbers(dir);
    assert.ok(!kept.some((n) => n > 10 && n <= 30), "segments 2 and 3 are held");
    assert.deepEqual(kept.filter((n) => n <= 10), [1, 2, 3, 4, 6, 7, 8, 9]);
    await retain({ bytes: 9_999 });
    assert.equal(erasedNumbers(dir).length, 32);
    await journal.close();
});
test("the running segment is never touched, and a second run finds nothing left to do", async (t) => {
    const { dir, journal, retain } = await recorded(t);
    await retain({ bytes: 1e15 });
    assert.ok(!erasedNumbers(dir).includes(41));
    assert.deepEqual(await retain({ bytes: 1e15 }), []);
    await journal.close();
});
test("derived rows go by their own labels, and a hold keeps those of its time", async (t) => {
    const { dir, journal, retain } = await recorded(t);
    assert.deepEqual(await retain({ "track-point": 1_000, alert: 1_000, frame: 1_000 }, [{ fromMs: 150, toMs: 250 }]), []);
    await journal.close();
    const reader = openJournalReader(dir);
    const window = { fromMs: 0, toMs: 1e6, limit: 10 };
    assert.deepEqual(reader.derived.trackPoints("t", window).map(({ nowMs }) => nowMs), [200]);
    assert.deepEqual(reader.derived.alerts(window), []);
    assert.equal(reader.derived.frameHash(1), undefined);
    reader.close();
});
test("a run over many entries lets new ones through meanwhile", async (t) => {
    const dir = mkdtempSync(join(tmpdir(), "picket-retention-"));
    t.after(() => rmSync(dir, { recursive: true }));
    const journal = await openJournal({ dir, version: "1", nowMs: () => 1, ballastBytes: 4_096, gatherMs: 0 });
    for (let n = 0; n < 5_000; n++)
        journal.append(secret(0));
    journal.beginSegment(new Uint8Array(0));
    await new Promise((resolve) => journal.onCommit((sequence) => sequence === 5_001 && resolve()));
    const run = journal.retain({ rules: [{ retention: "bytes", beforeMs: 10 }], holds: [] });
    let commits = 0;
    const stop = journal.onCommit(() => {
        commits++;
        journal.append(secret(1));
    });
    journal.append(secret(1));
    const [erasure] = await run;
    stop();
    assert.equal(erasure?.entries, 5_000);
    assert.ok(commits > 3, `${commits} commits during the run`);
    await journal.close();
});
