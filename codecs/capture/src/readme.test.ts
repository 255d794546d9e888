import assert from "node:assert/strict";
import { test } from "node:test";
import { createCaptureDecoder, decodeLinks, encodeBeaconFrame, encodePcap, LINK_TYPE } from "./index.ts";

test("the example of the README runs as written", () => {
  const packet = encodeBeaconFrame({
    sourceAddress: "02:00:00:00:00:01",
    ssid: "UAS",
    rssiDbm: -55,
    elements: new Uint8Array(0),
  });
  const file = encodePcap(LINK_TYPE.radiotap, [{ packet, capturedMs: 1_700_000_000_000 }]);

  const heard: string[] = [];
  const decoder = createCaptureDecoder();
  for (const item of [...decoder.push(file), ...decoder.finish()]) {
    if (item.kind === "error") continue;
    for (const frame of decodeLinks(item.value.linkType, item.value.packet)) {
      if (frame.ok && frame.value.kind === "wifi-beacon")
        heard.push(`${frame.value.sourceAddress} at ${frame.value.rssiDbm} dBm`);
    }
  }
  assert.deepEqual(heard, ["02:00:00:00:00:01 at -55 dBm"]);
});
