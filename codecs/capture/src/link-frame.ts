/** The PHY a BLE packet was sent with; `undefined` where the capture does not tell. */
export type BlePhy = "1M" | "2M" | "coded";

/** A beacon: `body` is what follows the 802.11 header, so it starts with the time stamp, and holds no frame check sequence. */
export type WifiBeacon = Readonly<{ kind: "wifi-beacon" } & WifiFrame>;
/** An action frame (Wi-Fi Aware service discovery among others): `body` starts with the category. */
export type WifiAction = Readonly<{ kind: "wifi-action" } & WifiFrame>;

type WifiFrame = {
  /** Address of the sender, such as `84:cc:a8:60:43:24`. */
  sourceAddress: string;
  destinationAddress: string;
  rssiDbm: number | undefined;
  channelMhz: number | undefined;
  /** The receiver found the checksum wrong. Such a frame is answered only to those who ask for it. */
  isDamaged: boolean;
  body: Uint8Array;
};

/**
 * Advertising data of one BLE packet. `advertiserAddress` is `undefined` where the packet names none (an auxiliary packet
 * may leave it to the one before; a command to a controller has none). `isComplete` is false when more of `data` follows in another packet.
 */
export type BleAdvertisement = Readonly<{
  kind: "ble-advertisement";
  advertiserAddress: string | undefined;
  phy: BlePhy | undefined;
  extended: boolean;
  isComplete: boolean;
  rssiDbm: number | undefined;
  isDamaged: boolean;
  data: Uint8Array;
}>;

/** A UDP datagram; `from` and `to` as `192.0.2.7:8600` or `[2001:db8::7]:8600`. */
export type UdpDatagram = Readonly<{ kind: "udp"; from: string; to: string; payload: Uint8Array }>;

/** A sound packet of a kind this package does not open; `why` says which. */
export type OtherFrame = Readonly<{ kind: "other"; why: string }>;

export type LinkFrame = WifiBeacon | WifiAction | BleAdvertisement | UdpDatagram | OtherFrame;

/** Six octets, first octet first, as `aa:bb:cc:dd:ee:ff`. */
export function formatAddress(bytes: Uint8Array, at: number): string {
  let text = "";
  for (let i = 0; i < 6; i++) text += (i === 0 ? "" : ":") + (bytes[at + i] ?? 0).toString(16).padStart(2, "0");
  return text;
}

/** A Bluetooth address, which goes over the air last octet first. */
export function formatReversedAddress(bytes: Uint8Array, at: number): string {
  return formatAddress(bytes.slice(at, at + 6).reverse(), 0);
}

/** The six octets of an address such as `aa:bb:cc:dd:ee:ff`. */
export function parseAddress(text: string): Uint8Array {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(text))
    throw new RangeError(`An address must read like aa:bb:cc:dd:ee:ff, got ${JSON.stringify(text)}`);
  return Uint8Array.from(text.split(":"), (octet) => Number.parseInt(octet, 16));
}
