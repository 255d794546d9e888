import assert from "node:assert/strict";
import { test } from "node:test";
import * as model from "./index.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Words of commanding force, of taking over, of hunting people and of listening in. None may name a field, a tag or a choice. */
const FORBIDDEN =
  /jam|spoofer|effector|engage|fire|weapon|shoot|kill|neutrali[sz]|mitigat|intercept|takeover|hijack|deauth|disrupt|destroy|missile|laser|targetlist|watchlist|blacklist|wanted|suspectperson|face|biometric|payload|content|plaintext|demodulat|decrypt|video|audio|voice|packetbytes|keystream|evade|evasion|steer|flyto|moveto|^arm$|disarm/i;

/** Every text that may come from outside is listed here with its bound: a new one is a decision, not an accident. */
const FREE_TEXT_LIMIT = 280;

/** Walks a schema: every object, union, array and record below it, with the path that led there. */
function* walk(schema: Schema, path: string): Generator<readonly [string, Schema]> {
  yield [path, schema];
  for (const key of ["properties", "patternProperties"]) {
    for (const [name, inner] of Object.entries((schema[key] as Schema | undefined) ?? {}))
      yield* walk(inner as Schema, `${path}.${name}`);
  }
  for (const [index, inner] of ((schema["anyOf"] as Schema[] | undefined) ?? []).entries())
    yield* walk(inner, `${path}|${index}`);
  const items = schema["items"];
  for (const inner of Array.isArray(items) ? items : items ? [items] : []) yield* walk(inner as Schema, `${path}[]`);
}

const schemas = Object.entries(model).filter(
  (entry): entry is [string, never] =>
    typeof entry[1] === "object" && entry[1] !== null && ("type" in entry[1] || "anyOf" in entry[1]),
);

test("the walk sees every noun of the model", () => {
  const names = schemas.map(([name]) => name);
  for (const noun of [
    "Scan",
    "BroadcastClaim",
    "AssessedTrack",
    "Alert",
    "Warning",
    "Command",
    "Sighting",
    "Frame",
    "LiveMessage",
    "FieldMessage",
    "Site",
    "DetectionLine",
  ]) {
    assert.ok(names.includes(noun), `${noun} is not walked`);
  }
});

for (const [name, root] of schemas) {
  test(`${name} can carry no effector command, no list of people to hunt and no content of communications`, () => {
    for (const [path, schema] of walk(root, name)) {
      const property = path.split(/[.|[]/).at(-1) ?? "";
      assert.doesNotMatch(property.replace(/\]$/, ""), FORBIDDEN, `${path} is named like something Picket must never carry`);
      for (const word of [schema["const"], ...((schema["enum"] as unknown[] | undefined) ?? [])]) {
        if (typeof word === "string") assert.doesNotMatch(word, FORBIDDEN, `${path} offers "${word}"`);
      }
    }
  });

  test(`${name} is closed: what it does not name it cannot carry`, () => {
    for (const [path, schema] of walk(root, name)) {
      if (schema["type"] === "object" && schema["properties"])
        assert.equal(schema["additionalProperties"], false, `${path} is open`);
      if (schema["type"] === "string" && !schema["enum"] && !schema["const"] && !schema["pattern"]) {
        assert.ok(
          Number(schema["maxLength"]) <= FREE_TEXT_LIMIT,
          `${path} is text without a bound of ${FREE_TEXT_LIMIT} characters or fewer`,
        );
      }
      assert.ok(
        Object.keys(schema).some((key) => ["type", "anyOf", "const", "enum", "not"].includes(key)),
        `${path} would accept anything at all`,
      );
      assert.notEqual(schema["contentEncoding"] ?? schema["format"], "base64", `${path} could carry bytes`);
    }
  });
}

test("the guard would catch what it guards against", () => {
  for (const bad of ["jamFrequency", "engageTarget", "payloadBytes", "videoUrl", "takeover", "watchlist", "fireAt"])
    assert.match(bad, FORBIDDEN);
});
