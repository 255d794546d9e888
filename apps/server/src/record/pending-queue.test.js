import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeEntry } from "./entry-codec.ts";
import { PendingQueue } from "./pending-queue.ts";
const bytes = (length) => ({
    kind: "bytes",
    feed: "f",
    from: "p",
    receivedMs: 1,
    bytes: new Uint8Array(length),
});
const mark = (nowMs) => ({ kind: "mark", nowMs });
const command = { kind: "command", receivedMs: 1, command: { kind: "acknowledge" } };
function unpack({ octets, ends }) {
    return [...ends].map((end, index) => {
        const decoded = decodeEntry(octets.subarray(ends[index - 1] ?? 0, end));
        assert.ok(decoded.ok);
        return decoded.value.entry;
    });
}
test("entries leave in the order and with the sequences they were given", () => {
    const queue = new PendingQueue(1 << 20, 7);
    assert.deepEqual([queue.append(mark(1)), queue.append(command), queue.append(mark(2))], [7, 8, 9]);
    const batch = queue.take();
    assert.equal(batch.firstSequence, 7);
    assert.deepEqual(unpack(batch), [mark(1), command, mark(2)]);
    assert.ok(queue.isEmpty);
    assert.ok(queue.bytes > 0, "what is under way still counts");
    queue.landed();
    assert.equal(queue.bytes, 0);
    assert.equal(queue.append(mark(3)), 10);
});
test("as it fills, bulk bytes are refused first, then normal, then vital; commands and marks never", () => {
    const limit = 100_000;
    const queue = new PendingQueue(limit, 1);
    const fillWith = (shed) => {
        while (queue.append(bytes(500), { shed }) !== undefined)
            ;
        return queue.bytes / limit;
    };
    const shares = ["bulk", "normal", "vital"].map(fillWith);
    for (const [index, least] of [0.5, 0.75, 0.9].entries()) {
        const share = shares[index] ?? 0;
        assert.ok(share >= least && share < least + 0.01, `stopped at ${share}, expected ${least}`);
    }
    assert.deepEqual(queue.counters.refused, { bulk: 1, normal: 1, vital: 1 });
    assert.equal(queue.counters.refusedBytes, 1_500);
    for (let i = 0; i < 1_000; i++)
        assert.ok(queue.append(command) !== undefined);
});
test("in a full queue a mark takes the place of the mark before it, and memory stops growing", () => {
    const queue = new PendingQueue(10_000, 1);
    while (queue.bytes < 10_000)
        queue.append(mark(0));
    const { bytes: before, lastSequence } = queue;
    for (let nowMs = 1; nowMs <= 500; nowMs++)
        assert.equal(queue.append(mark(nowMs)), lastSequence);
    assert.equal(queue.bytes, before);
    assert.equal(queue.counters.mergedMarks, 500);
    assert.deepEqual(unpack(queue.take()).at(-1), mark(500));
});
test("a mark never takes the place of one on the other side of a segment", () => {
    const queue = new PendingQueue(0, 1);
    queue.append(mark(1));
    queue.beginSegment(Uint8Array.of(1), 1);
    assert.equal(queue.append(mark(2)), 2);
});
test("a segment goes with the entries before it, and batches stay near 4 MiB", () => {
    const queue = new PendingQueue(64 << 20, 1);
    for (let i = 0; i < 10; i++)
        queue.append(bytes(1 << 20));
    queue.beginSegment(Uint8Array.of(1), 5);
    queue.append(mark(1));
    const batches = [];
    while (!queue.isEmpty) {
        batches.push(queue.take());
        queue.landed();
    }
    assert.deepEqual(batches.map((batch) => [batch.firstSequence, batch.ends.length, batch.segments.length]), [
        [1, 3, 0],
        [4, 3, 0],
        [7, 3, 0],
        [10, 2, 1],
    ]);
    assert.equal(batches[3]?.segments[0]?.beforeSequence, 11);
    assert.equal(queue.bytes, 0);
});
test("of an alert the newest form waits, and derived rows give way before any entry does", () => {
    const queue = new PendingQueue(4_096, 1);
    for (const updatedMs of [1, 2, 3])
        queue.putAlert({ alertId: "a", openedMs: 1, updatedMs, alert: {} });
    const point = { trackId: "t", nowMs: 1, latDeg: 0, lonDeg: 0 };
    for (let i = 0; i < 10; i++)
        queue.addTrackPoints([point]);
    assert.equal(queue.counters.refusedDerived, 6);
    assert.ok(queue.append(bytes(10), { shed: "bulk" }) !== undefined);
    const { derived } = queue.take();
    assert.deepEqual([derived.alerts.length, derived.alerts[0]?.updatedMs, derived.trackPoints.length], [1, 3, 4]);
});
