import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "../live/api.ts";
import { refusalText } from "./refusal-text.ts";
import { createSpeech } from "./speech.ts";

test("a zone that is refused says why in the reader's language, and what has no words of ours in the server's", () => {
  const [english, spanish] = [createSpeech("en", "metric", 0), createSpeech("es", "metric", 0)];
  const upsideDown = new Refusal(400, "Bad Request: The floor must lie below …", "urn:picket:zone-floor-above-ceiling");
  assert.equal(refusalText(upsideDown, english), "The floor must lie below the ceiling.");
  assert.equal(refusalText(upsideDown, spanish), "El suelo debe estar por debajo del techo.");
  const crossing = new Refusal(400, "Bad Request: …", "urn:picket:zone-crosses-itself");
  assert.equal(refusalText(crossing, spanish), "El contorno se cruza a sí mismo.");
  assert.equal(refusalText(new Refusal(409, "Conflict", "urn:picket:other"), spanish), "Conflict");
  assert.equal(refusalText(new TypeError("Failed to fetch"), english), "Failed to fetch");
});
