import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { followPlace, type OwnPlace } from "./own-place.ts";

type Found = (position: GeolocationPosition) => void;
type Failed = (error: GeolocationPositionError) => void;

/** A phone's receiver: `knows` what it answers when asked, and calls its watcher when told to. */
function fakePhone(t: TestContext) {
  t.mock.timers.enable({ apis: ["setInterval", "Date"], now: 1_800_000_000_000 });
  const phone = {
    knows: true,
    watched: true,
    sent: [] as OwnPlace[],
    placed: 0,
    denied: false,
    found: undefined as unknown as Found,
    failed: undefined as unknown as Failed,
    at: (northM: number, measuredMs = Date.now()) =>
      ({
        coords: { latitude: 32 + northM / 111_320, longitude: -117, accuracy: 8 },
        timestamp: measuredMs,
      }) as GeolocationPosition,
    arrives: true,
  };
  const geolocation = {
    watchPosition(found: Found, failed: Failed) {
      Object.assign(phone, { found, failed });
      return 7;
    },
    clearWatch(id: number) {
      phone.watched = id !== 7;
    },
    getCurrentPosition(found: Found, failed: Failed) {
      if (phone.knows) found(phone.at(0));
      else failed({ code: 2 } as GeolocationPositionError);
    },
  } as Geolocation;
  const stop = followPlace(geolocation, {
    placed: () => void phone.placed++,
    denied: () => {
      phone.denied = true;
    },
    send: async (here) => {
      phone.sent.push(here);
      return phone.arrives;
    },
  });
  return { phone, stop };
}

test("a phone at rest, which says nothing of itself, is asked every fifteen seconds and its place told with its time", (t) => {
  const { phone } = fakePhone(t);
  phone.found(phone.at(0));
  const startMs = Date.now();
  for (let quarter = 0; quarter < 4; quarter++) t.mock.timers.tick(15_000);
  assert.deepEqual(
    phone.sent.map(({ measuredMs }) => measuredMs - startMs),
    [0, 15_000, 30_000, 45_000, 60_000],
  );
});

test("a phone that does not know tells its last place again, with its true time", (t) => {
  const { phone } = fakePhone(t);
  t.mock.timers.tick(15_000);
  phone.knows = false;
  t.mock.timers.tick(30_000);
  assert.equal(phone.sent.length, 3);
  assert.equal(new Set(phone.sent.map(({ measuredMs }) => measuredMs)).size, 1);
  phone.failed({ code: 2 } as GeolocationPositionError);
  assert.equal(phone.watched, true, "not to know for a while is no reason to stop");
});

test("who walks is told at once, who stands is not told at every look, and what did not arrive is told again", async (t) => {
  const { phone } = fakePhone(t);
  phone.arrives = false;
  phone.found(phone.at(0));
  await Promise.resolve();
  phone.arrives = true;
  phone.found(phone.at(0));
  await Promise.resolve();
  phone.found(phone.at(10));
  assert.equal(phone.sent.length, 2);
  phone.found(phone.at(20));
  assert.equal(phone.sent.length, 3);
});

test("who takes the permission back, or ends it, is asked no more", (t) => {
  const { phone } = fakePhone(t);
  phone.failed({ code: 1 } as GeolocationPositionError);
  t.mock.timers.tick(60_000);
  assert.deepEqual([phone.denied, phone.watched, phone.sent.length], [true, false, 0]);
});
