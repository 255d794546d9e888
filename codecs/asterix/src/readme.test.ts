import assert from "node:assert/strict";
import { test } from "node:test";
import { createAsterixDecoder, encodeBlock } from "./index.ts";

test("the example of the README runs as written", () => {
  const datagram = encodeBlock(48, [
    {
      i010: { sac: 25, sic: 201 },
      i140: { timeOfDayS: 43_200.5 },
      i020: { typ: 1, sim: 1 },
      i040: { rhoNm: 2.5, thetaDeg: 90 },
      i130: { pamDbm: -72 },
    },
  ]);

  const said: string[] = [];
  const { records, errors } = createAsterixDecoder().decode(datagram);
  for (const { category, items } of records) {
    if (category !== 48 || !items.i040) continue;
    const { rhoNm, thetaDeg } = items.i040;
    const what = items.i020?.sim === 1 ? "simulated plot" : "plot";
    said.push(`${what} at ${rhoNm * 1852} m, ${thetaDeg}°, ${items.i130?.pamDbm} dBm`);
  }
  assert.deepEqual(said, ["simulated plot at 4630 m, 90°, -72 dBm"]);
  assert.deepEqual(errors, []);
});
