import assert from "node:assert/strict";
import test from "node:test";
import { destination } from "@picket/geo";
import { type PersonState, personId, type Warning, warningId, zoneId } from "@picket/model";
import { closingOf } from "./closing.ts";
import { alertOf, NOON_MS, SITE, snapshotOf, trackOf } from "./picture.fixture.ts";
import { nextPicture, type Picture } from "./picture.ts";

const zone = zoneId.parse("zone");
const near = (relation: "inside" | "approaching" | "outside", distanceM: number, entryS?: number) => ({
  assessment: {
    reasons: [],
    refutedBy: [],
    zones: [{ zone, relation, distanceM, distanceExact: true, ...(entryS !== undefined && { entryS }) }],
    behaviours: [],
  },
});
const pictureOf = (...change: Parameters<typeof snapshotOf>): Picture => {
  const picture = nextPicture(undefined, snapshotOf(...change));
  assert.ok(picture);
  return picture;
};

test("a drone that is inside is said to be inside, whatever the alert once foretold", () => {
  const tracks = [trackOf(1, near("approaching", 400, 12)), trackOf(2, near("inside", 0))];
  const alert = alertOf(
    1,
    tracks.map(({ id }) => id),
    { arrivalMs: NOON_MS - 6000 },
  );
  assert.deepEqual(closingOf(alert, pictureOf({ tracks })), { kind: "inside" });
});

test("of drones that come, the soonest counts, less the time since their states were made", () => {
  const tracks = [trackOf(1, near("approaching", 400, 12)), trackOf(2, near("approaching", 900, 40))];
  const alert = alertOf(
    1,
    tracks.map(({ id }) => id),
  );
  assert.deepEqual(closingOf(alert, pictureOf({ tracks, nowMs: NOON_MS + 2000 })), { kind: "arrives", inS: 10 });
});

test("what hovers at the boundary is told by its distance, for it is about to enter all the time", () => {
  const tracks = [trackOf(1, near("approaching", 12, 0.2))];
  const alert = alertOf(
    1,
    tracks.map(({ id }) => id),
  );
  assert.deepEqual(closingOf(alert, pictureOf({ tracks })), { kind: "away", distanceM: 12 });
});

test("once the time it was foretold to reach a person has gone by, its distance is said instead", () => {
  const person: PersonState = {
    id: personId.parse("ana"),
    name: "Ana",
    language: "en",
    reachable: "connected",
    position: { ...SITE, sigmaM: 5, measuredMs: NOON_MS, fixed: true },
  };
  const tracks = [trackOf(1, destination(SITE, 1, 300)), trackOf(2, destination(SITE, 2, 120))];
  const { zone: _zone, ...alert } = alertOf(
    1,
    tracks.map(({ id }) => id),
    {
      kind: "personThreatened",
      person: person.id,
      arrivalMs: NOON_MS + 5000,
    },
  );
  const picture = pictureOf({ tracks, persons: [person] });
  assert.deepEqual(closingOf(alert, picture), { kind: "arrives", inS: 5 });
  const later = closingOf(alert, { ...picture, nowMs: NOON_MS + 6000 });
  assert.equal(later?.kind === "away" && Math.round(later.distanceM), 120);
});

test("nothing is said of what is over, and lost contact before all else", () => {
  const tracks = [trackOf(1, near("inside", 0))];
  const ids = tracks.map(({ id }) => id);
  assert.equal(closingOf(alertOf(1, ids, { state: "returnedUnacknowledged" }), pictureOf({ tracks })), undefined);
  assert.deepEqual(closingOf(alertOf(1, ids, { lostContactMs: NOON_MS }), pictureOf({ tracks })), { kind: "lostContact" });
});

test("of a person whose warning is open although nothing is near it is said that there is no all-clear yet", () => {
  const person = personId.parse("ana");
  const { zone: _zone, ...alert } = alertOf(1, [], { kind: "personThreatened", person });
  const warning: Warning = {
    id: warningId.parse("w1-1"),
    person,
    episode: 1,
    state: "lostContact",
    level: "critical",
    reality: "simulated",
    possible: false,
    revision: 1,
    raisedMs: NOON_MS,
    changedMs: NOON_MS,
    tracks: [],
    count: { about: 1, atLeast: 1 },
    bearingDeg: 0,
    distanceM: 100,
    closestM: 0,
    speedMps: 0,
    advice: { code: "advice.lostContact", params: {} },
  };
  assert.deepEqual(closingOf(alert, pictureOf({ warnings: [warning] })), { kind: "warningOpen" });
  assert.equal(closingOf(alert, pictureOf({ warnings: [{ ...warning, state: "allClear" }] })), undefined);
});
