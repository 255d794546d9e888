import assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { chainHead, eraseEntry, leafHash, SALT_LENGTH } from "./chain.ts";
import { toHex } from "./hex.ts";
import { openingHead, openingText, sealHash, signSeal } from "./seal.ts";
import { verifyChain } from "./verify-chain.ts";
const site = generateKeyPairSync("ed25519");
const publicKey = new Uint8Array(site.publicKey.export({ format: "der", type: "spki" }).subarray(-32));
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const crypto = {
    sha256: (bytes) => new Uint8Array(createHash("sha256").update(bytes).digest()),
    sign: (bytes) => new Uint8Array(sign(null, bytes, site.privateKey)),
    verify: (bytes, signature, key) => verify(null, bytes, createPublicKey({ key: Buffer.concat([SPKI_PREFIX, key]), format: "der", type: "spki" }), signature),
};
/** A journal of `lengths.length` segments; the last is left unsealed if asked. Entry n holds n % 5 octets. */
function journal(lengths, isLastRunning = false) {
    const segments = [];
    let sequence = 1;
    let previousSeal;
    for (const [index, length] of lengths.entries()) {
        const snapshot = Uint8Array.of(index, 1, 2, 3);
        const first = {
            version: 1,
            segment: index + 1,
            firstSequence: sequence,
            openedMs: 1_000 * index,
            snapshotHash: toHex(crypto.sha256(snapshot)),
        };
        const opening = previousSeal === undefined ? first : { ...first, previousSeal };
        const entries = [];
        let head = openingHead(crypto, opening);
        for (let i = 0; i < length; i++, sequence++) {
            const salt = new Uint8Array(SALT_LENGTH).fill(sequence);
            const bytes = new Uint8Array(sequence % 5).fill(7);
            const leaf = leafHash(crypto, salt, bytes);
            head = chainHead(crypto, head, leaf);
            entries.push({ kind: "whole", sequence, leaf, head, salt, bytes });
        }
        const evidence = { opening: openingText(opening), snapshot, entries };
        if (isLastRunning && index === lengths.length - 1)
            return [...segments, evidence];
        const ended = { lastSequence: sequence - 1, count: length, head: toHex(head), sealedMs: 1_000 * index + 999 };
        const seal = signSeal(crypto, { ...opening, ...ended });
        previousSeal = sealHash(crypto, seal);
        segments.push({ ...evidence, seal });
    }
    return segments;
}
const verdictOf = (segments) => verifyChain(crypto, publicKey, segments);
const flipped = (bytes, bit) => bytes.map((octet, i) => (i === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet));
const flippedText = (text, bit) => new TextDecoder().decode(flipped(new TextEncoder().encode(text), bit));
test("a whole journal is proven, with the entries of the running segment counted apart", () => {
    const verdict = verdictOf(journal([4, 0, 3, 2], true));
    assert.ok(verdict.ok);
    assert.deepEqual({ ...verdict, head: "" }, { ok: true, segments: 4, entries: 9, erased: 0, unsealed: 2, head: "" });
});
test("a journal is proven from any segment on", () => {
    const verdict = verdictOf(journal([4, 2, 3]).slice(1));
    assert.ok(verdict.ok && verdict.segments === 2 && verdict.entries === 5);
});
test("any single flipped bit of any entry, whole or erased, is found and its sequence named", () => {
    const segments = journal([5, 6, 5]);
    const second = segments[1];
    assert.ok(second);
    second.entries[3] = eraseEntry(second.entries[3]);
    let tried = 0;
    for (const [position, entry] of second.entries.entries()) {
        for (const part of entry.kind === "whole" ? ["bytes", "salt", "leaf", "head"] : ["leaf", "head"]) {
            const whole = entry[part];
            for (let bit = 0; bit < whole.length * 8; bit++, tried++) {
                const entries = second.entries.with(position, { ...entry, [part]: flipped(whole, bit) });
                const verdict = verdictOf(segments.with(1, { ...second, entries }));
                assert.ok(!verdict.ok, `${part} bit ${bit} of ${entry.sequence} went unseen`);
                assert.equal(verdict.fault.code, "bad-entry");
                assert.equal(verdict.fault.segment, 2);
                assert.equal(verdict.fault.sequence, entry.sequence);
            }
        }
    }
    assert.equal(tried, 3_768);
});
for (const part of ["opening", "seal", "signature", "snapshot"])
    test(`any single flipped bit of the ${part} is found and its segment named`, () => {
        const segments = journal([3, 3, 3]);
        const second = segments[1];
        assert.ok(second?.seal);
        const { opening, seal, snapshot } = second;
        const octets = {
            opening: opening.length,
            seal: seal.text.length,
            signature: seal.signature.length,
            snapshot: snapshot.length,
        }[part];
        for (let bit = 0; bit < octets * 8; bit++) {
            const tampered = {
                opening: { ...second, opening: flippedText(opening, bit) },
                seal: { ...second, seal: { ...seal, text: flippedText(seal.text, bit) } },
                signature: { ...second, seal: { ...seal, signature: flipped(seal.signature, bit) } },
                snapshot: { ...second, snapshot: flipped(snapshot, bit) },
            }[part];
            const verdict = verdictOf(segments.with(1, tampered));
            assert.ok(!verdict.ok, `bit ${bit} of the ${part} went unseen`);
            assert.equal(verdict.fault.segment, 2);
        }
    });
test("a forger without the key cannot reseal what was changed", () => {
    const segments = journal([3]);
    const forged = journal([2])[0];
    const first = segments[0];
    assert.ok(forged?.seal && first?.seal);
    const verdict = verdictOf([{ ...forged, seal: { text: forged.seal.text, signature: first.seal.signature } }]);
    assert.ok(!verdict.ok && verdict.fault.code === "bad-signature");
});
test("erasing entries keeps every head, seal and signature provable", () => {
    fc.assert(fc.property(fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (isErased) => {
        const segments = journal([5, 0, 7]).map((segment) => ({
            ...segment,
            entries: segment.entries.map((entry) => (isErased[entry.sequence - 1] ? eraseEntry(entry) : entry)),
        }));
        const verdict = verdictOf(segments);
        assert.ok(verdict.ok);
        assert.equal(verdict.erased, isErased.filter(Boolean).length);
    }), { numRuns: 50 });
});
test("an erased entry has nothing left to guess its bytes from", () => {
    const entry = journal([1])[0]?.entries[0];
    assert.ok(entry);
    assert.deepEqual(Object.keys(eraseEntry(entry)).sort(), ["head", "kind", "leaf", "sequence"]);
});
for (const { name, change, code, sequence } of [
    { name: "an entry taken out", change: (all) => all.toSpliced(1, 1), code: "bad-sequence", sequence: 5 },
    { name: "the last entry taken off", change: (all) => all.slice(0, -1), code: "bad-seal", sequence: undefined },
    {
        name: "two entries that changed places",
        change: ([a, b, c, ...rest]) => [a, { ...c, sequence: 5 }, { ...b, sequence: 6 }, ...rest],
        code: "bad-entry",
        sequence: 5,
    },
])
    test(`${name} is found`, () => {
        const segments = journal([3, 4]);
        const second = segments[1];
        assert.ok(second);
        const verdict = verdictOf(segments.with(1, { ...second, entries: change(second.entries) }));
        assert.ok(!verdict.ok);
        assert.deepEqual({ code: verdict.fault.code, sequence: verdict.fault.sequence }, { code, sequence });
    });
test("a segment taken out, put in twice or following an unsealed one is found", () => {
    const segments = journal([2, 2, 2]);
    const [first, second, third] = segments;
    const codeOf = (all) => {
        const verdict = verdictOf(all);
        return verdict.ok ? "ok" : verdict.fault.code;
    };
    assert.equal(codeOf([first, third]), "unlinked");
    assert.equal(codeOf([first, first, second]), "unlinked");
    const { seal: _, ...running } = second;
    assert.equal(codeOf([first, running, third]), "unsealed");
});
