import assert from "node:assert/strict";
import { test } from "node:test";
import { createCotStream, detailElements, encodeXml, formatAirType, readDetail } from "@picket/cot";

test("the example of the README runs as written", () => {
  const nowMs = 1_767_323_045_000;
  const bytes = encodeXml({
    uid: "radar-1-track-7",
    type: formatAirType("unknown", "rotary-wing-drone"),
    how: "m-f",
    timeMs: nowMs,
    startMs: nowMs,
    staleMs: nowMs + 15_000,
    point: { latDeg: 32.5443, lonDeg: -117.0382, altHaeM: 112, circularErrorM: 18 },
    detail: detailElements({ contact: { callsign: "Drone 7" }, track: { courseDeg: 187, speedMps: 12.5 } }),
  });

  const texts: string[] = [];
  const stream = createCotStream();
  for (const item of [...stream.push(bytes.subarray(0, 99)), ...stream.push(bytes.subarray(99))]) {
    if (item.kind === "error" || !item.value.event) continue;
    const { type, point, detail } = item.value.event;
    const { contact, track } = readDetail(detail);
    texts.push(
      `${contact?.callsign} (${type}) at ${point.latDeg}, ${point.lonDeg} ± ${point.circularErrorM} m, ${track?.speedMps} m/s`,
    );
  }
  assert.deepEqual(texts, ["Drone 7 (a-u-A-M-H-Q) at 32.5443, -117.0382 ± 18 m, 12.5 m/s"]);
});
