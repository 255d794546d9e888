import assert from "node:assert/strict";
import { test } from "node:test";
import { formatHex } from "@picket/bytes";
import { bleCrc24, crc32 } from "./checksum.ts";
import {
  decodeLink,
  encodeActionFrame,
  encodeBeaconFrame,
  encodeExtendedAdvertisement,
  encodeLegacyAdvertisement,
  LINK_TYPE,
} from "./index.ts";

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

test("checksums are those of the standards", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
  // A legacy advertisement whose CRC Wireshark 4.0 confirms.
  const pdu = octets("4225241f60a8cc841e16faff0d0002123131323632343135304139304533414531454330000000");
  assert.equal(formatHex(bleCrc24(pdu)), "aaf3cd");
});

test("a beacon comes back as it was sent", () => {
  const packet = encodeBeaconFrame({
    sourceAddress: "02:00:00:00:00:01",
    ssid: "UAS",
    channelMhz: 5745,
    rssiDbm: -71,
    sequence: 9,
    timestampUs: 5,
    elements: octets("dd0401020304"),
  });
  const frame = decodeLink(LINK_TYPE.radiotap, packet);
  assert.ok(frame.ok && frame.value.kind === "wifi-beacon");
  const { body, ...rest } = frame.value;
  assert.deepEqual(rest, {
    kind: "wifi-beacon",
    sourceAddress: "02:00:00:00:00:01",
    destinationAddress: "ff:ff:ff:ff:ff:ff",
    rssiDbm: -71,
    channelMhz: 5745,
    isDamaged: false,
  });
  assert.equal(formatHex(body), "0500000000000000640021040003554153dd0401020304");
});

test("an action frame goes to the NAN network and comes back", () => {
  const frame = decodeLink(
    LINK_TYPE.radiotap,
    encodeActionFrame({ sourceAddress: "02:00:00:00:00:01", body: octets("0409506f9a13") }),
  );
  assert.ok(frame.ok && frame.value.kind === "wifi-action");
  assert.equal(frame.value.destinationAddress, "51:6f:9a:01:00:00");
  assert.equal(frame.value.rssiDbm, -60);
  assert.equal(formatHex(frame.value.body), "0409506f9a13");
});

test("advertisements come back as they were sent", () => {
  const sending = { advertiserAddress: "c2:00:00:00:00:01", rssiDbm: -80, channel: 37, data: octets("03160102") };
  const common = {
    kind: "ble-advertisement",
    advertiserAddress: "c2:00:00:00:00:01",
    isComplete: true,
    rssiDbm: -80,
    isDamaged: false,
    data: sending.data,
  };
  assert.deepEqual(decodeLink(LINK_TYPE.bleLinkLayerWithHeader, encodeLegacyAdvertisement(sending)), {
    ok: true,
    value: { ...common, phy: "1M", extended: false },
  });
  for (const phy of ["1M", "2M", "coded"] as const)
    assert.deepEqual(decodeLink(LINK_TYPE.bleLinkLayerWithHeader, encodeExtendedAdvertisement({ ...sending, phy })), {
      ok: true,
      value: { ...common, phy, extended: true },
    });
});

test("what does not fit is refused", () => {
  const advertiserAddress = "c2:00:00:00:00:01";
  assert.throws(() => encodeLegacyAdvertisement({ advertiserAddress, data: new Uint8Array(32) }), /at most 31 octets, got 32/);
  assert.throws(
    () => encodeExtendedAdvertisement({ advertiserAddress, data: new Uint8Array(246) }),
    /at most 245 octets, got 246/,
  );
  assert.throws(
    () => encodeLegacyAdvertisement({ advertiserAddress: "c2:00", data: new Uint8Array(3) }),
    /must read like aa:bb:cc:dd:ee:ff/,
  );
  assert.throws(
    () => encodeBeaconFrame({ sourceAddress: advertiserAddress, ssid: "x".repeat(33), elements: new Uint8Array(0) }),
    /ssid must have at most 32/,
  );
});
