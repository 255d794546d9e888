import assert from "node:assert/strict";
import test from "node:test";
import type { LiveDelta, Reality, Warning } from "@picket/model";
import { mayAlarm, pageReality } from "./page-reality.ts";
import { NOON_MS, snapshotOf, trackOf } from "./picture.fixture.ts";
import { nextPicture } from "./picture.ts";

const warned = (reality: Reality, state: Warning["state"] = "active") => ({ id: `w-${reality}`, reality, state }) as Warning;

test("a page is called a drill only while nothing that is live feeds it or is shown on it", () => {
  const page = (site: Reality, tracks: readonly Reality[] = [], warnings: readonly Warning[] = []) => {
    const drawn = tracks.map((reality, serial) => trackOf(serial, { reality }));
    const picture = nextPicture(undefined, snapshotOf({ reality: site, tracks: drawn, warnings: [...warnings] }));
    assert.ok(picture);
    return pageReality(picture.reality, picture);
  };
  assert.equal(page("exercise"), "exercise");
  assert.equal(page("exercise", ["exercise", "simulated"]), "exercise");
  assert.equal(page("live", ["simulated"]), "live");
  assert.equal(page("exercise", ["exercise", "live"]), "live");
  assert.equal(page("exercise", [], [warned("live")]), "live");
  assert.equal(page("exercise", [], [warned("live", "allClear")]), "exercise");
});

test("the page follows what comes after the first picture, and back again", () => {
  const first = nextPicture(undefined, snapshotOf({ reality: "exercise" }));
  const delta: LiveDelta = {
    ...{ type: "delta", serial: 2, nowMs: NOON_MS },
    ...{ tracks: [], ended: [], alerts: [], alertsGone: [], warnings: [] },
  };
  const live = trackOf(1, { reality: "live" });
  const second = nextPicture(first, { ...delta, tracks: [live] });
  const third = nextPicture(second, { ...delta, ended: [{ id: live.id, endMs: NOON_MS, reason: "lost" } as never] });
  const pages = [first, second, third].map((picture) => picture && pageReality(picture.reality, picture));
  assert.deepEqual(pages, ["exercise", "live", "exercise"]);
});

test("on a live page only what is live may alarm, on a drill's page the drill may", () => {
  assert.ok(mayAlarm("live", "live") && mayAlarm("exercise", "exercise") && mayAlarm("live", "exercise"));
  assert.ok(!mayAlarm("exercise", "live") && !mayAlarm("replay", "live"));
});
