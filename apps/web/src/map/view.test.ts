import assert from "node:assert/strict";
import test from "node:test";
import { SITE, snapshotOf } from "../picture/picture.fixture.ts";
import { anchorAt, eastOf, latitudeOf, longitudeOf, mercatorX, mercatorY, southOf, stretch, WORLD_M } from "./mercator.ts";
import { siteView } from "./site-view.ts";
import { boundsOf, metresPerPxAt, pixelTransformOf, projectorOf, type View } from "./view.ts";

const view: View = { ...SITE, zoom: 12.3, widthPx: 1206, heightPx: 989, pixelRatio: 1 };

test("the middle of the view is the middle of the screen, north is up and east is right", () => {
  const project = projectorOf(view);
  const { x, y } = project(SITE.latDeg, SITE.lonDeg);
  assert.ok(Math.abs(x - 603) < 1e-6 && Math.abs(y - 494.5) < 1e-6);
  assert.ok(project(SITE.latDeg + 0.01, SITE.lonDeg).y < y);
  assert.ok(project(SITE.latDeg, SITE.lonDeg + 0.01).x > x);
});

test("rows of metres and places in degrees meet at the same pixel within a hundredth, fifty kilometres away too", () => {
  const anchor = anchorAt(SITE.latDeg, SITE.lonDeg);
  const at = pixelTransformOf(view, anchor);
  for (const [latDeg, lonDeg] of [
    [32.5, -117.2],
    [32.9, -116.6],
  ] as const) {
    const expected = projectorOf(view)(latDeg, lonDeg);
    assert.ok(Math.abs(Math.fround(eastOf(anchor, lonDeg)) * at.scale + at.shiftX - expected.x) < 0.01);
    assert.ok(Math.abs(Math.fround(southOf(anchor, latDeg)) * at.scale + at.shiftY - expected.y) < 0.01);
  }
});

test("the edges of the screen project to its corners", () => {
  const { westDeg, northDeg, eastDeg, southDeg } = boundsOf(view);
  const upperLeft = projectorOf(view)(northDeg, westDeg);
  const lowerRight = projectorOf(view)(southDeg, eastDeg);
  assert.ok(Math.hypot(upperLeft.x, upperLeft.y) < 1e-6);
  assert.ok(Math.hypot(lowerRight.x - 1206, lowerRight.y - 989) < 1e-6);
});

test("Web Mercator has its known points and turns back", () => {
  assert.equal(mercatorX(-180), 0);
  assert.equal(mercatorX(0), 0.5);
  assert.ok(Math.abs(mercatorY(0) - 0.5) < 1e-12);
  // EPSG:3857 puts 45° north at 5,621,521.486 m.
  assert.ok(Math.abs((0.5 - mercatorY(45)) * WORLD_M - 5_621_521.486) < 0.01);
  assert.ok(Math.abs(latitudeOf(mercatorY(32.7)) - 32.7) < 1e-9);
  assert.ok(Math.abs(longitudeOf(mercatorX(-117.1)) + 117.1) < 1e-9);
  assert.ok(Math.abs(stretch(60) - 2) < 1e-12);
});

test("a pixel is half as wide one zoom nearer", () => {
  assert.ok(Math.abs(metresPerPxAt(11) / metresPerPxAt(12) - 2) < 1e-12);
});

test("the first view holds all that the sensors cover", () => {
  const { site } = snapshotOf();
  const first: View = { ...view, ...siteView(site, view.widthPx, view.heightPx) };
  const project = projectorOf(first);
  const reachDeg = 12_000 / 111_195;
  assert.ok(project(SITE.latDeg + reachDeg, SITE.lonDeg).y > 0);
  assert.ok(project(SITE.latDeg - reachDeg, SITE.lonDeg).y < view.heightPx);
  assert.ok(metresPerPxAt(first.zoom) < 60, "and is no farther away than that takes");
});
