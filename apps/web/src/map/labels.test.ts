import assert from "node:assert/strict";
import test from "node:test";
import { destination } from "@picket/geo";
import type { PersonId, PersonState, Reality, Warning } from "@picket/model";
import { NOON_MS, SITE, snapshotOf, trackOf } from "../picture/picture.fixture.ts";
import { nextPicture } from "../picture/picture.ts";
import { createSpeech } from "../speech/speech.ts";
import { labelsFor } from "./labels.ts";
import type { Palette } from "./palette.ts";

const assessment = { level: "warning" as const, reasons: [], refutedBy: [], zones: [], behaviours: [] };
const position = { ...SITE, sigmaM: 1, measuredMs: NOON_MS, fixed: true };
const ana: PersonState = { id: "ana" as PersonId, name: "Ana", language: "en", reachable: "connected", position };

/** The first lines of tracks' labels, and Ana's, at a site that is `site` with one track and one warning of a reality. */
function lines(site: Reality, reality: Reality) {
  const tracks = [trackOf(1, { reality, assessment, ...destination(SITE, 1, 900) })];
  const warnings = [{ id: "w1", person: "ana", state: "active", reality } as unknown as Warning];
  const picture = nextPicture(undefined, snapshotOf({ reality: site, tracks, warnings, persons: [ana] }));
  assert.ok(picture);
  const labels = labelsFor(picture, [], {
    palette: {} as Palette,
    speech: createSpeech("en", "metric", 0),
    selected: undefined,
    unacknowledged: new Set(),
    zoom: 12,
  });
  const linesOf = (key: string) => labels.find((label) => label.key === key)?.lines ?? [];
  return { track: linesOf("t1-s1")[0] ?? "", person: linesOf("person-ana") };
}

test("on the map of a live site a drill's track says what it is, and its warning calls nobody in danger", () => {
  const drill = lines("live", "exercise");
  assert.match(drill.track, /^EXERCISE WARNING /);
  assert.deepEqual(drill.person, ["Ana"]);
});

test("what is live, and a drill where all is one, needs no such word", () => {
  for (const [site, reality] of [
    ["live", "live"],
    ["exercise", "exercise"],
    ["exercise", "live"],
  ] as const) {
    const { track, person } = lines(site, reality);
    assert.match(track, /^WARNING /, `${reality} at ${site}`);
    assert.deepEqual(person, ["Ana", "IN DANGER"]);
  }
});

/** Labels of three tracks of a group, `worst` of them critical, one of which may be selected. */
function groupLines(language: "en" | "es", selected?: number): readonly string[] {
  const [one, two, three] = [0, 1, 2].map((k) => trackOf(k, destination(SITE, 1.5 * k, 900 + 300 * k)));
  assert.ok(one && two && three);
  const group = { leader: one.id, tracks: 3, about: 4, atLeast: 2, ...destination(SITE, 1, 1200), radiusM: 350 };
  const critical = { ...assessment, level: "critical" as const };
  const tracks = [one, { ...two, assessment: critical }, { ...three, assessment }].map((track) => ({ ...track, group }));
  const picture = nextPicture(undefined, snapshotOf({ tracks }));
  assert.ok(picture);
  const labels = labelsFor(picture, [], {
    palette: {} as Palette,
    speech: createSpeech(language, "metric", 0),
    selected: selected === undefined ? undefined : tracks[selected]?.id,
    unacknowledged: new Set(),
    zoom: 16,
  });
  const ofTracks = labels.filter(({ key }) => /^(group-)?t1-s/.test(key));
  assert.equal(new Set(ofTracks.map(({ key }) => key)).size, ofTracks.length, "no label has another's key");
  return ofTracks.map((label) => label.lines[0] ?? "");
}

test("a group is one label that says how many, with the level of its worst; who is selected is named beside it", () => {
  assert.deepEqual(groupLines("en"), ["CRITICAL GROUP × about 4 (at least 2)"]);
  assert.deepEqual(groupLines("es"), ["CRÍTICO GRUPO × unos 4 (al menos 2)"]);
  assert.deepEqual(groupLines("en", 0), ["t1-s0", "CRITICAL GROUP × about 4 (at least 2)"]);
  assert.deepEqual(groupLines("en", 2), ["WARNING t1-s2", "CRITICAL GROUP × about 4 (at least 2)"]);
});
