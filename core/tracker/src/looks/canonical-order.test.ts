import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TrackerDetection } from "../types.ts";
import { inCanonicalOrder } from "./canonical-order.ts";

const detection = fc.record({ azimuthRad: fc.integer({ min: -3, max: 3 }), rangeM: fc.integer({ min: 1, max: 3 }) });
const toDetection = ({ azimuthRad, rangeM }: Readonly<{ azimuthRad: number; rangeM: number }>): TrackerDetection => ({
  measurement: { kind: "polar", azimuthRad, azimuthSigmaRad: 0.01, rangeM, rangeSigmaM: 5 },
});

test("detections come into the same order whichever they came in", () => {
  fc.assert(
    fc.property(
      fc
        .array(detection, { maxLength: 40 })
        .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        const sorted = inCanonicalOrder(list.map(toDetection));
        assert.deepEqual(inCanonicalOrder(shuffled.map(toDetection)), sorted);
        assert.deepEqual(
          sorted.map(({ measurement: m }) => m.kind === "polar" && [m.azimuthRad, m.rangeM]),
          list.map(({ azimuthRad, rangeM }) => [azimuthRad, rangeM] as const).toSorted((a, b) => a[0] - b[0] || a[1] - b[1]),
        );
      },
    ),
  );
});
