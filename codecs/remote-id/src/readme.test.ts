import assert from "node:assert/strict";
import { test } from "node:test";
import { absoluteMs, createTransmitterMerger, decodeRemoteIdFrame, encodeBeaconElement, encodePack } from "./index.ts";

test("the example of the README runs as written", () => {
  const pack = encodePack([
    { kind: "basic-id", idType: "serial-number", uaType: "helicopter-or-multirotor", uasId: "1581F5FHD229S00A1BC2" },
    {
      kind: "location",
      status: "airborne",
      latDeg: 32.5443,
      lonDeg: -117.0382,
      altHaeM: 112,
      speedMps: 12.5,
      tenthsAfterHour: 35_998,
    },
  ]);
  const body = Uint8Array.of(...new Uint8Array(12), ...encodeBeaconElement(7, pack));

  const merger = createTransmitterMerger();
  const receivedMs = 1_700_002_800_200; // 23:00:00.2 UTC
  const frame = decodeRemoteIdFrame({ kind: "wifi-beacon", body });
  assert.ok(frame.ok);
  const { uas } = merger.add({ transmitter: "02:00:00:00:00:01", receivedMs, messages: frame.value.messages });
  const { latDeg, lonDeg, tenthsAfterHour = 0 } = uas.location?.message ?? {};
  const text = `${uas.label} at ${latDeg}, ${lonDeg}, ${receivedMs - absoluteMs(tenthsAfterHour, receivedMs)} ms ago`;
  assert.equal(text, "1581F5FHD229S00A1BC2 at 32.5443, -117.0382, 400 ms ago");
});
