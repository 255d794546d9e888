import assert from "node:assert/strict";
import { test } from "node:test";
import { type CotEvent, deleteEvent, detailElements, encodeStreamFrame, encodeXml } from "@picket/cot";
import { feedId, Input, personId, type Sensor, sensorId, validate } from "@picket/model";
import { createTranslator } from "./index.ts";

const NOW_MS = 1_790_000_000_000;
const SENSOR: Sensor = { id: sensorId.parse("tak"), name: "TAK", kind: "other", latDeg: 32, lonDeg: -117, rangeMaxM: 20_000 };
const base: CotEvent = {
  uid: "uav-1",
  type: "a-h-A-M-H-Q",
  how: "m-r",
  timeMs: NOW_MS,
  startMs: NOW_MS,
  staleMs: NOW_MS + 30_000,
  point: { latDeg: 32.5, lonDeg: -117, altHaeM: 100, circularErrorM: 10, linearErrorM: 20 },
  detail: detailElements({ contact: { callsign: "ASA541" }, track: { courseDeg: 10, speedMps: 20 }, remarks: { text: "x" } }),
};
const SEEDS = [
  base,
  { ...base, uid: "ANDROID-1", type: "a-f-G-U-C" },
  { ...base, uid: "spot-1", type: "b-m-p-s-m" },
  { ...base, uid: "picket-gate-t1-1" },
  deleteEvent({ uid: "uav-1", type: "a-h-A" }, NOW_MS),
].flatMap((event) => [Buffer.from(encodeXml(event)), Buffer.from(encodeStreamFrame({ event }))]);

/** @source Marsaglia, "Xorshift RNGs", JSS 8(14), 2003. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

test("20,000 mutated chunks give sound inputs or refusals, whatever they say, and the state stays bounded", () => {
  const below = seeded(20_261_121);
  const options = { feed: feedId.parse("tak"), protocol: "cot", sensor: SENSOR, sensors: [SENSOR] } as const;
  const cot = { ownPrefix: "picket-gate-", persons: [{ uid: "ANDROID-1", person: personId.parse("ana") }] };
  // Where times count most is refused as said before; where they do not, most is taken.
  const translators = (["live", "exercise"] as const).map((reality) => createTranslator({ ...options, reality, cot }));
  let inputs = 0;
  let refused = 0;
  for (let i = 0; i < 20_000; i++) {
    const translator = translators[i % 2] ?? assert.fail();
    const bytes = Buffer.from(SEEDS[below(SEEDS.length)] ?? []);
    // A digit for a digit keeps what it says well formed: times, places and errors of every size.
    for (let changes = below(4); changes > 0; changes--) {
      const at = below(bytes.length);
      const octet = bytes[at] ?? 0;
      bytes[at] = octet >= 0x30 && octet <= 0x39 ? 0x30 + below(10) : below(3) === 0 ? below(256) : octet;
    }
    const answer = translator.bytes(bytes, NOW_MS + i * 10, `peer-${below(100)}`, i);
    for (const input of answer.inputs) {
      const checked = validate(Input, input);
      assert.ok(checked.ok, JSON.stringify(checked));
    }
    inputs += answer.inputs.length;
    refused += answer.rejected.length;
  }
  assert.ok(inputs > 1000 && refused > 1000, `${inputs} inputs, ${refused} refused`);
  for (const translator of translators) assert.ok(JSON.stringify(translator.snapshot()).length < 4_000_000);
});
