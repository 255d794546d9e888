import assert from "node:assert/strict";
import { test } from "node:test";
import { createReceiverDecoder } from "./index.ts";

test("the example of the README runs as written", () => {
  const line =
    '{"mac":"60:60:1f:aa:bb:cc","rssi":-71,"drone_lat":33.4942,"drone_long":-111.9261,"drone_altitude":65531,"basic_id":"1581F5FKD229400ABCDE"}\n';
  const [item] = createReceiverDecoder("mesh-mapper").push(new TextEncoder().encode(line));
  const reception = item?.kind === "record" && item.value.kind === "reception" ? item.value : undefined;
  const kinds = reception?.messages.map(({ kind }) => kind);
  const refused = item?.kind === "record" ? item.errors : [];
  assert.deepEqual(kinds, ["basic-id", "location"]);
  assert.deepEqual(refused, [
    { code: "out-of-range", item: "/drone_altitude", at: 0, detail: "from -1000 to 31767.5 expected, got 65531" },
  ]);
});
