import assert from "node:assert/strict";
import { test } from "node:test";
import { formatHex } from "@picket/bytes";
import { decodeLink, decodeLinks, LINK_TYPE } from "./index.ts";

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

const BEACON = "80000000 ffffffffffff 84cca8604324 84cca8604324 0000 0102030405060708 6400 1104 0000";
/** Length 9, presence: flags (1); one octet of flags. */
const radiotap = (flags: string) => `00000900 02000000 ${flags}`;

test("a beacon under radiotap tells who sent it and how it was heard", () => {
  // TSFT is absent; flags, rate, channel 2437 MHz, signal −33 dBm, antenna.
  const frame = decodeLink(LINK_TYPE.radiotap, octets(`00001000 2e080000 00 02 8509a000 df 01 ${BEACON}`));
  assert.ok(frame.ok && frame.value.kind === "wifi-beacon");
  const { body, ...rest } = frame.value;
  assert.deepEqual(rest, {
    kind: "wifi-beacon",
    sourceAddress: "84:cc:a8:60:43:24",
    destinationAddress: "ff:ff:ff:ff:ff:ff",
    rssiDbm: -33,
    channelMhz: 2437,
    isDamaged: false,
  });
  assert.equal(formatHex(body), "0102030405060708640011040000");
});

test("radiotap fields are found behind their alignment", () => {
  // TSFT (align 8), flags, rate, channel (align 2), signal, RX flags (align 2): the one before the last is the signal.
  const header = "00001a00 2f480000 0102030405060708 10 02 9c09c000 d5 00 0000".replaceAll(" ", "");
  const frame = decodeLink(LINK_TYPE.radiotap, octets(`${header}${BEACON} deadbeef`));
  assert.ok(frame.ok && frame.value.kind === "wifi-beacon");
  assert.equal(frame.value.rssiDbm, -43);
  assert.equal(frame.value.channelMhz, 2460);
  assert.ok(formatHex(frame.value.body).endsWith("0000"), "the frame check sequence is cut off");
});

test("the first of several antennas' signals counts", () => {
  // Word 1: signal, radiotap namespace again, more words. Word 2: signal, antenna.
  const frame = decodeLink(LINK_TYPE.radiotap, octets(`00000f00 200000a0 20080000 df e0 01 ${BEACON}`));
  assert.ok(frame.ok && frame.value.kind === "wifi-beacon");
  assert.equal(frame.value.rssiDbm, -33);
});

test("a vendor's radiotap fields are skipped by their length", () => {
  // Word 1: vendor namespace, more words. Word 2 (the vendor's): bit 0, radiotap again, more. Word 3: signal.
  const frame = decodeLink(LINK_TYPE.radiotap, octets(`00001900 000000c0 010000a0 20000000 aabbcc00 0200 7777 dd ${BEACON}`));
  assert.ok(frame.ok && frame.value.kind === "wifi-beacon");
  assert.equal(frame.value.rssiDbm, -35);
});

test("a frame marked as damaged is refused, and handed out marked to who asks", () => {
  const packet = octets(`${radiotap("40")} ${BEACON}`);
  const refused = decodeLink(LINK_TYPE.radiotap, packet);
  assert.ok(!refused.ok && refused.error.code === "bad-fcs");
  const kept = decodeLink(LINK_TYPE.radiotap, packet, { keepDamaged: true });
  assert.ok(kept.ok && kept.value.kind === "wifi-beacon" && kept.value.isDamaged);
});

test("bare and Prism 802.11 frames are opened", () => {
  const bare = decodeLink(LINK_TYPE.ieee80211, octets(BEACON));
  assert.ok(bare.ok && bare.value.kind === "wifi-beacon");
  const prism = decodeLink(LINK_TYPE.prism, octets(`44000000 0c000000 00000000 ${BEACON}`));
  assert.ok(prism.ok && prism.value.kind === "wifi-beacon");
  const prismBig = decodeLink(LINK_TYPE.prism, octets(`00000044 0000000c 00000000 ${BEACON}`));
  assert.ok(prismBig.ok && prismBig.value.kind === "wifi-beacon");
});

for (const [why, frame] of [
  ["802.11 type 2, subtype 8", `88${BEACON.slice(2)}`],
  ["802.11 management subtype 5", `50${BEACON.slice(2)}`],
  ["802.11 protected management frame", `d040${BEACON.slice(4)}`],
] as const)
  test(`${why} is other`, () => {
    assert.deepEqual(decodeLink(LINK_TYPE.ieee80211, octets(frame)), { ok: true, value: { kind: "other", why } });
  });

const UDP = "1f90 2198 000a 0000 abcd";
const IPV4 = `4500001e 00004000 40110000 c0000207 c6336409 ${UDP}`;
const IPV6 = `60000000 000a1140 20010db8000000000000000000000007 fe800000000000000000000000000001 ${UDP}`;
const IPV6_WITH_OPTIONS = `60000000 00120040 20010db8000000000000000000000007 fe800000000000000000000000000001 1100000000000000 ${UDP}`;
const V4 = { from: "192.0.2.7:8080", to: "198.51.100.9:8600" };
const V6 = { from: "[2001:db8::7]:8080", to: "[fe80::1]:8600" };

for (const [name, linkType, hex, ends] of [
  ["Ethernet and IPv4", LINK_TYPE.ethernet, `ffffffffffff 0a0b0c0d0e0f 0800 ${IPV4} 000000`, V4],
  ["Ethernet with two VLAN tags", LINK_TYPE.ethernet, `ffffffffffff 0a0b0c0d0e0f 88a80001 81000002 0800 ${IPV4}`, V4],
  ["Ethernet and IPv6", LINK_TYPE.ethernet, `ffffffffffff 0a0b0c0d0e0f 86dd ${IPV6}`, V6],
  ["raw IPv4", LINK_TYPE.rawIp, IPV4, V4],
  ["raw IPv6", LINK_TYPE.rawIpv6, IPV6, V6],
  ["IPv6 with hop-by-hop options", LINK_TYPE.rawIp, IPV6_WITH_OPTIONS, V6],
  ["Linux SLL", LINK_TYPE.linuxSll, `0000 0001 0006 0a0b0c0d0e0f0000 0800 ${IPV4}`, V4],
  ["Linux SLL2", LINK_TYPE.linuxSll2, `0800 0000 00000001 0001 00 06 0a0b0c0d0e0f0000 ${IPV4}`, V4],
  ["BSD loopback", LINK_TYPE.loopback, `02000000 ${IPV4}`, V4],
] as const)
  test(`a UDP datagram is found in ${name}`, () => {
    const frame = decodeLink(linkType, octets(hex));
    assert.ok(frame.ok && frame.value.kind === "udp");
    assert.deepEqual({ from: frame.value.from, to: frame.value.to }, ends);
    assert.equal(formatHex(frame.value.payload), "abcd");
  });

for (const [why, hex] of [
  ["IPv4 fragment", `4500001e 00002000 40110000 c0000207 c6336409 ${UDP}`],
  ["IP protocol 6", `4500001e 00004000 40060000 c0000207 c6336409 ${UDP}`],
  ["IPv6 fragment", `60000000 000a2c40 20010db8000000000000000000000007 fe800000000000000000000000000001 ${UDP}`],
] as const)
  test(`${why} is other`, () => {
    assert.deepEqual(decodeLink(LINK_TYPE.rawIp, octets(hex)), { ok: true, value: { kind: "other", why } });
  });

test("addresses of IPv6 are written as RFC 5952 says", () => {
  const to = (address: string) => {
    const frame = decodeLink(LINK_TYPE.rawIp, octets(`60000000 000a1140 ${address} ${address} ${UDP}`));
    return frame.ok && frame.value.kind === "udp" ? frame.value.to : "";
  };
  assert.equal(to("00000000000000000000000000000000"), "[::]:8600");
  assert.equal(to("00000000000000000000000000000001"), "[::1]:8600");
  assert.equal(to("20010db8000100000000000200030000"), "[2001:db8:1::2:3:0]:8600");
  assert.equal(to("20010db8000000010001000100010001"), "[2001:db8:0:1:1:1:1:1]:8600");
});

const ADV = "1e16faff0d00 02123131323632343135304139304533414531454330000000";

test("a legacy advertisement is found in every BLE capture", () => {
  const pdu = `4225 241f60a8cc84 ${ADV} aaf3cd`;
  for (const [linkType, hex, rssiDbm] of [
    [LINK_TYPE.bleLinkLayer, `d6be898e ${pdu}`, undefined],
    [LINK_TYPE.bleLinkLayerWithHeader, `25 cb 00 00 00000000 030c d6be898e ${pdu}`, -53],
    [LINK_TYPE.nordicBleSniffer, `03 063a01 0100 06 0a01253500000000 0000 d6be898e ${pdu}`, -53],
    [LINK_TYPE.nordicBleSniffer, `03 3a0003 0100 02 0a01253500000000 0000 d6be898e ${pdu}`, -53],
    [LINK_TYPE.bluetoothHci, `04 3e 2b 02 01 03 01 241f60a8cc84 1f ${ADV} cb`, -53],
    [
      LINK_TYPE.bluetoothHciWithDirection,
      `00000001 04 3e 39 0d 01 1000 01 241f60a8cc84 01 00 ff 7f cb 0000 00 000000000000 1f ${ADV}`,
      -53,
    ],
  ] as const) {
    const frame = decodeLink(linkType, octets(hex));
    assert.ok(frame.ok && frame.value.kind === "ble-advertisement", `link type ${linkType}: ${JSON.stringify(frame)}`);
    const { data, ...rest } = frame.value;
    assert.deepEqual(rest, {
      kind: "ble-advertisement",
      advertiserAddress: "84:cc:a8:60:1f:24",
      phy: "1M",
      extended: false,
      isComplete: true,
      rssiDbm,
      isDamaged: false,
    });
    assert.equal(formatHex(data), ADV.replaceAll(" ", ""));
  }
});

test("extended advertising on the coded PHY is opened behind its header", () => {
  // Flags: address and data info. Length 9 of header, then four octets of data.
  const pdu = "07 0e 09 09 1c2febea7de0 750e 03160102 d58be9";
  const frame = decodeLink(LINK_TYPE.bleLinkLayerWithHeader, octets(`0a cb 00 00 00000000 038c d6be898e 00 ${pdu}`));
  assert.ok(frame.ok && frame.value.kind === "ble-advertisement");
  assert.equal(frame.value.advertiserAddress, "e0:7d:ea:eb:2f:1c");
  assert.equal(frame.value.phy, "coded");
  assert.equal(frame.value.extended, true);
  assert.equal(formatHex(frame.value.data), "03160102");
});

test("a packet with a bad CRC is refused, and handed out marked to who asks", () => {
  for (const [linkType, hex] of [
    [LINK_TYPE.bleLinkLayerWithHeader, `25 cb 00 00 00000000 0304 d6be898e 4225 241f60a8cc84 ${ADV} aaf3cd`],
    [LINK_TYPE.nordicBleSniffer, `03 3a0003 0100 02 0a00253500000000 0000 d6be898e 4225 241f60a8cc84 ${ADV} aaf3cd`],
  ] as const) {
    const refused = decodeLink(linkType, octets(hex));
    assert.ok(!refused.ok && refused.error.code === "bad-crc");
    const kept = decodeLink(linkType, octets(hex), { keepDamaged: true });
    assert.ok(kept.ok && kept.value.kind === "ble-advertisement" && kept.value.isDamaged);
  }
});

test("an HCI event with two reports answers both, and a cut one says so", () => {
  const report = `03 01 241f60a8cc84 02 0102 cb`;
  const both = decodeLinks(LINK_TYPE.bluetoothHci, octets(`04 3e 1a 02 02 ${report} ${report}`));
  assert.deepEqual(
    both.map((frame) => frame.ok && frame.value.kind),
    ["ble-advertisement", "ble-advertisement"],
  );
  const cut = decodeLinks(LINK_TYPE.bluetoothHci, octets(`04 3e 11 02 02 ${report} 03 01 24`));
  assert.deepEqual(
    cut.map((frame) => (frame.ok ? frame.value.kind : frame.error.code)),
    ["ble-advertisement", "truncated"],
  );
});

test("an extended report that is not the last says that more follows", () => {
  const frame = decodeLink(
    LINK_TYPE.bluetoothHci,
    octets("04 3e 1c 0d 01 2000 01 241f60a8cc84 01 03 00 7f 7f 0000 00 000000000000 02 0102"),
  );
  assert.ok(frame.ok && frame.value.kind === "ble-advertisement");
  assert.equal(frame.value.isComplete, false);
  assert.equal(frame.value.phy, "coded");
  assert.equal(frame.value.rssiDbm, undefined);
});

test("data that a host hands to its controller has no address", () => {
  const frame = decodeLink(LINK_TYPE.bluetoothHci, octets("01 3720 06 01 03 01 02 0102"));
  assert.ok(frame.ok && frame.value.kind === "ble-advertisement");
  assert.equal(frame.value.advertiserAddress, undefined);
  assert.equal(formatHex(frame.value.data), "0102");
});
