import assert from "node:assert/strict";
import { test } from "node:test";
import { createAdsbDecoder, decodeSbsLine } from "./index.ts";

test("the example of the README runs as written", () => {
  const text =
    '{"now":1608783300.5,"aircraft":[{"hex":"~2c4f01","alt_baro":"ground","gs":10,"lat":32.7,"lon":-117.2,"category":"C2","nac_p":12}]}';
  const [item] = createAdsbDecoder().push(new TextEncoder().encode(text));
  const vehicle = item?.kind === "record" ? item.value.aircraft[0] : undefined;
  const refused = item?.kind === "record" ? item.errors : [];
  assert.deepEqual([vehicle?.category, vehicle?.isOnGround, vehicle?.isIcaoAddress], ["service-vehicle", true, false]);
  assert.equal(vehicle?.speedMps?.toFixed(3), "5.144");
  assert.deepEqual(refused, [
    { code: "out-of-range", item: "/aircraft/0/nac_p", at: 0, detail: "from 0 to 11 expected, got 12" },
  ]);

  const { message } = decodeSbsLine("MSG,3,1,1,738065,1,,,,,,36000,,,51.45735,1.02826");
  assert.deepEqual([message?.altPressureM?.toFixed(1), message?.latDeg], ["10972.8", 51.45735]);
});
