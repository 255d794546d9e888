import assert from "node:assert/strict";
import test from "node:test";
import { sensorId } from "@picket/model";
import { alertOf } from "../picture/picture.fixture.ts";
import { returnedText } from "./returned-text.ts";

test("a sensor that came back is heard again: it did not leave", () => {
  assert.equal(returnedText(alertOf(1, [], { kind: "sensorSilent", sensor: sensorId.parse("radar") })), "overHeardAgain");
  assert.equal(returnedText(alertOf(1, [], { kind: "possibleDrone", sensor: sensorId.parse("df") })), "overHeardNoMore");
});

test("a drone that nobody saw leave is never said to have left", () => {
  const reasons = [{ code: "closed.lostContactExpired", params: { afterS: 1800 } }];
  assert.equal(returnedText(alertOf(1, [], { reasons })), "overUnseen");
  assert.equal(returnedText(alertOf(1, [])), "over");
});
