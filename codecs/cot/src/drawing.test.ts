import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { type CotElement, decodeXml, readDetail } from "./index.ts";

const shared = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/cot");
const skip = existsSync(shared) ? false : "the shared vectors are not there";
const read = (name: string) => {
  const decoded = decodeXml(readFileSync(join(shared, name)));
  assert.ok(decoded.ok);
  return readDetail(decoded.value.detail);
};
const link = (attributes: Readonly<Record<string, string>>): CotElement => ({ name: "link", attributes, children: [] });

test("an area that somebody drew in ATAK is read corner by corner, and its corners are no links", { skip }, () => {
  const { drawing, links, unreadable } = read("016-x.xml");
  assert.equal(drawing?.outline?.length, 5);
  assert.deepEqual(drawing.outline[0], { latDeg: 38.370053, lonDeg: -104.6769122 });
  assert.deepEqual(drawing.outline[4], drawing.outline[0]);
  assert.deepEqual([drawing.strokeArgb, drawing.strokeWidth, drawing.strokeStyle, drawing.fillArgb], [-48571, 3, "solid", 0]);
  assert.deepEqual([drawing.isLabelled, drawing.isEditable, links, unreadable], [false, true, [], []]);
});

test("a circle that somebody drew in ATAK is an ellipse of equal axes", { skip }, () => {
  const { drawing } = read("015-x.xml");
  assert.deepEqual(drawing?.ellipse, { majorM: 2908.096601511143, minorM: 2908.096601511143, angleDeg: 360 });
  assert.deepEqual([drawing.outline, drawing.fillArgb], [undefined, -35072]);
});

test("a corner that cannot be is left out and named; a waypoint of a route stays a link", () => {
  const { drawing, links, unreadable } = readDetail([
    link({ point: "32.5,-117.1,12.5" }),
    link({ point: "91,0" }),
    link({ point: "north" }),
    link({ uid: "w-1", point: "32.5,-117.2" }),
  ]);
  assert.deepEqual(drawing?.outline, [{ latDeg: 32.5, lonDeg: -117.1 }]);
  assert.deepEqual(unreadable, ["link@point", "link@point"]);
  assert.deepEqual(
    links.map(({ uid }) => uid),
    ["w-1"],
  );
});
