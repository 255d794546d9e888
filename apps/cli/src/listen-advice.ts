import type { FeedConfig } from "@picket/server";

const PRINTABLE_SHARE = 0.9;

/** What to look at when a feed is connected and nothing comes. */
export function quietAdvice({ transport, protocol }: FeedConfig): readonly string[] {
  const advice: string[] = [];
  switch (transport.kind) {
    case "udp":
      advice.push(
        `Does the sender send to this machine and port ${transport.port}? "tcpdump -ni any udp port ${transport.port}" shows what arrives`,
      );
      if (!transport.multicast && isLoopback(transport.host)) advice.push(HOST_IS_LOOPBACK);
      break;
    case "tcpServer":
      advice.push(`Does the sender connect to this machine and port ${transport.port}?`);
      if (isLoopback(transport.host)) advice.push(HOST_IS_LOOPBACK);
      break;
    case "tcpClient":
      advice.push(
        "Is it the right port? readsb and dump1090 give SBS lines on 30003, Beast on 30005 (not read here), JSON lines on 30047",
      );
      break;
    case "mqtt":
      advice.push(`Does anyone publish there? "mosquitto_sub -v -t '#'" shows every topic; capitals and a leading "/" count`);
      break;
    case "httpPoll":
      advice.push("It answers, and always the same: the program behind the page has stopped, or its page does not change");
      break;
    case "zmq":
      advice.push(
        "Is it the publisher's port? droneid-go publishes on 4224, a DJI receiver on 4221, WarDragon's status on 4225; what messages begin with counts (prefixes)",
      );
      break;
    case "serial":
      advice.push(
        "Is it the right port (ls -l /dev/serial/by-id), is the receiver powered, and does another program read it (ModemManager, gpsd, a terminal)?",
      );
      break;
    case "capture":
    case "http":
    case "stdin":
      break;
    default:
      transport satisfies never;
  }
  if (protocol === "sapient")
    advice.push("A SAPIENT node registers as soon as it connects: is this machine and port what it has as its fusion node?");
  if (protocol === "remote-id")
    advice.push(
      "A Remote ID receiver is quiet while no drone flies near: let one fly, or a phone's Remote ID test app broadcast",
    );
  return advice;
}

const HOST_IS_LOOPBACK =
  'It listens for this machine only: give the transport host: 0.0.0.0, and "allow" with the sender\'s address';
const isLoopback = (host = "127.0.0.1"): boolean => host === "::1" || host.startsWith("127.");

/** What bytes that are not understood look like, and what follows from it. */
export function strangeAdvice({ protocol, transport }: FeedConfig, head: Uint8Array): readonly string[] {
  const octets = Buffer.from(head);
  const looksLike = LOOKS.find(({ begins, inHex }) => begins.test(octets.toString(inHex ? "hex" : "latin1")));
  const advice: string[] = [];
  if (looksLike) {
    const other = looksLike.protocols.length > 0 && !looksLike.protocols.includes(protocol);
    advice.push(
      `It looks like ${looksLike.what}${other ? `: should the feed's protocol be ${looksLike.protocols.join(" or ")}?` : ""}`,
    );
  } else if (transport.kind === "serial" && !isText(head))
    advice.push("It is no text: is the baud rate the receiver's? 115200 and 9600 are usual");
  advice.push(
    `It begins with ${isText(head) ? JSON.stringify(Buffer.from(head.subarray(0, 64)).toString()) : Buffer.from(head.subarray(0, 24)).toString("hex")}`,
  );
  return advice;
}

type Look = Readonly<{ begins: RegExp; what: string; protocols: readonly string[]; inHex?: boolean }>;
const LOOKS: readonly Look[] = [
  {
    begins: /^(d4c3b2a1|a1b2c3d4|4d3cb2a1|a1b23c4d|0a0d0d0a)/,
    inHex: true,
    what: "a pcap capture",
    protocols: ["remote-id"],
  },
  { begins: /^(MSG|SEL|ID|AIR|STA|CLK),/, what: "SBS lines of an ADS-B receiver", protocols: ["sbs"] },
  { begins: /^\s*\{"protocol"|^\s*\{.{0,400}"UASdata"/s, what: "a DroneScout's JSON", protocols: ["dronescout"] },
  { begins: /^\s*\{\s*"(mac|heartbeat)"/, what: "a drone-mesh-mapper's lines", protocols: ["mesh-mapper"] },
  {
    begins: /^\s*\[?\s*\{.{0,200}("Basic ID"|"track_type"|"seen_by")/s,
    what: "a droneid receiver's JSON",
    protocols: ["dragonsync"],
  },
  { begins: /^\s*\{.{0,200}"(aircraft|hex)"/s, what: "the JSON of an ADS-B receiver", protocols: ["adsb"] },
  { begins: /^1a3[123]/, inHex: true, what: "Beast messages: take the receiver's SBS or JSON port instead", protocols: [] },
  { begins: /^\s*<\?xml|^\s*<event/, what: "XML, perhaps Cursor on Target", protocols: [] },
  { begins: /^\s*[[{]/, what: "JSON", protocols: [] },
  { begins: /^HTTP\/1|^<!DOCTYPE|^<html/i, what: "a web page: is the path right?", protocols: [] },
];

function isText(octets: Uint8Array): boolean {
  const printable = octets.filter(
    (octet) => (octet >= 0x20 && octet < 0x7f) || octet === 0x09 || octet === 0x0a || octet === 0x0d,
  );
  return octets.length > 0 && printable.length >= PRINTABLE_SHARE * octets.length;
}
