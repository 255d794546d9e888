import assert from "node:assert/strict";
import test from "node:test";
import { declutter, type LabelWish } from "./declutter.ts";
import { symbolHalfPx } from "./overlay.ts";

const wish = (key: string, change: Partial<LabelWish> = {}): LabelWish => ({
  key,
  x: 200,
  y: 200,
  width: 80,
  height: 16,
  away: 14,
  priority: 1,
  ...change,
});
const around = [
  { x: 250, y: 200, halfPx: 10 },
  { x: 150, y: 200, halfPx: 10 },
  { x: 200, y: 222, halfPx: 10 },
  { x: 200, y: 178, halfPx: 10 },
];

test("labels never cover one another, and the more important keep their first choice", () => {
  const wishes = Array.from({ length: 30 }, (_, index) => wish(`w${index}`, { x: 180 + 3 * index, priority: index }));
  const placed = declutter(wishes, 400, 400, 100);
  assert.ok(placed.length > 1 && placed.length < wishes.length);
  assert.equal(placed[0]?.key, "w29");
  for (const [index, one] of placed.entries())
    for (const other of placed.slice(index + 1))
      assert.ok(Math.abs(one.left - other.left) >= 80 || Math.abs(one.top - other.top) >= 16, `${one.key} and ${other.key}`);
});

test("a label leaves symbols to be seen: hemmed in by them it is left out, unless it is vital", () => {
  assert.equal(declutter([wish("plain")], 400, 400, 10, around).length, 0);
  assert.equal(declutter([wish("vital", { isVital: true })], 400, 400, 10, around).length, 1);
});

test("no label stands partly outside the screen", () => {
  assert.deepEqual(declutter([wish("corner", { x: 395, y: 5 })], 400, 400, 10), []);
  const [placed] = declutter([wish("right", { x: 380 })], 400, 400, 10);
  assert.equal(placed?.left, 286, "to the left of its point instead");
});

test("the name of an area, which has no symbol to leave free, stands right at its point", () => {
  const away = 4;
  const halfPx = symbolHalfPx({ away });
  const reserved = halfPx === undefined ? [] : [{ x: 200, y: 200, halfPx }];
  assert.equal(declutter([wish("zone", { away })], 400, 400, 10, reserved).length, 1);
  assert.ok((symbolHalfPx({ away: 20 }) ?? 0) > 10, "that of a track leaves its symbol free");
});
