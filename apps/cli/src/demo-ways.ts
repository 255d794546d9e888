import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from "node:net";
import type { FeedConfig } from "@picket/server";
import type { WireEvent } from "@picket/sim";

type Way = "udp" | "multicast" | "tcp" | "mqtt" | "httpPoll";
type Transport = FeedConfig["transport"];

/** By which way the bytes of each feed of the demonstration reach the site, as they would of such equipment; the others come by UDP. */
const WAYS: Readonly<Record<string, Way>> = { radars: "multicast", nodes: "tcp", "rid-1": "mqtt", "adsb-1": "httpPoll" };
const HOST = "127.0.0.1";
/** Of the site-local scope, and sent by loopback with a lifetime of 0: it never leaves the machine. */
const GROUP = "239.255.48.34";
const RECONNECT_MS = 200;

/** What the simulated sensors send with: the transport that the site takes each feed by, and the way to send there. */
export type OpenWays = Readonly<{
  transports: Readonly<Record<string, Transport>>;
  send(event: WireEvent): void;
}>;

type OpenWay = Readonly<{ transport: Transport; send(event: WireEvent): void }>;

/** Opens a way for each feed, on loopback and on ports that nobody has. */
export async function openWays(feeds: readonly string[]): Promise<OpenWays> {
  const ways = new Map<string, OpenWay>();
  const ports = await freeUdpPorts(feeds.filter((feed) => wayOf(feed) === "udp" || wayOf(feed) === "multicast").length);
  for (const feed of feeds) ways.set(feed, await openWay(feed, ports));
  return {
    transports: Object.fromEntries([...ways].map(([feed, { transport }]) => [feed, transport])),
    send: (event) => ways.get(event.feed)?.send(event),
  };
}

const wayOf = (feed: string): Way => WAYS[feed] ?? "udp";

function openWay(feed: string, udpPorts: number[]): OpenWay | Promise<OpenWay> {
  const way = wayOf(feed);
  switch (way) {
    case "udp":
      return datagrams(udpPorts.pop() ?? 0);
    case "multicast":
      return group(udpPorts.pop() ?? 0);
    case "tcp":
      return connections();
    case "mqtt":
      return broker();
    case "httpPoll":
      return page();
    default:
      return way satisfies never;
  }
}

function datagrams(port: number): OpenWay {
  const socket = createSocket("udp4");
  return { transport: { kind: "udp", port }, send: ({ bytes }) => socket.send(bytes, port, HOST) };
}

/** A multicast group on loopback; to this machine alone where it has none there. */
async function group(port: number): Promise<OpenWay> {
  const socket = createSocket("udp4").bind(0, HOST);
  await once(socket, "listening");
  try {
    socket.setMulticastInterface(HOST);
    socket.setMulticastTTL(0);
    socket.addMembership(GROUP, HOST);
    socket.dropMembership(GROUP, HOST);
  } catch {
    return datagrams(port);
  }
  return {
    transport: { kind: "udp", port, multicast: GROUP, host: HOST },
    send: ({ bytes }) => socket.send(bytes, port, GROUP),
  };
}

/** A connection for each sender, which makes it anew when it ends and then begins as it did. What is heard on it is not read. */
async function connections(): Promise<OpenWay> {
  const held = createTcpServer();
  const port = await listen(held);
  await once(held.close(), "close");
  const greetings = new Map<string, Uint8Array>();
  const sockets = new Map<string, Socket>();
  const open = (from: string): Socket => {
    const socket = connect({ port, host: HOST });
    socket.on("connect", () => socket.write(greetings.get(from) ?? new Uint8Array(0)));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => setTimeout(() => sockets.delete(from), RECONNECT_MS));
    socket.resume();
    sockets.set(from, socket);
    return socket;
  };
  return {
    transport: { kind: "tcpServer", port },
    send({ bytes, from, opens }) {
      if (opens) greetings.set(from, bytes);
      const socket = sockets.get(from) ?? open(from);
      if (!opens && socket.readyState === "open") socket.write(bytes);
    },
  };
}

/** A broker in this process. A message's topic is whom it is from. */
async function broker(): Promise<OpenWay> {
  const { Aedes } = await import("aedes");
  const aedes = await Aedes.createBroker();
  const port = await listen(createTcpServer(aedes.handle));
  const publish = (topic: string, payload: Uint8Array) =>
    aedes.publish({ cmd: "publish", topic, payload: Buffer.from(payload), qos: 0, dup: false, retain: false }, (error) => {
      if (error) throw error;
    });
  return {
    transport: { kind: "mqtt", url: `mqtt://${HOST}:${port}`, topics: ["wardragon/drones", "wardragon/system/+/attrs"] },
    send: ({ bytes, from: topic }) => publish(topic, bytes),
  };
}

/** Serves the newest that was sent. Before there is any it asks to come back. */
async function page(): Promise<OpenWay> {
  let newest: Uint8Array | undefined;
  const server = createHttpServer((_request, response) => {
    if (newest) response.writeHead(200, { "content-type": "application/json" }).end(newest);
    else response.writeHead(503, { "retry-after": "1" }).end();
  });
  const port = await listen(server);
  return {
    transport: { kind: "httpPoll", url: `http://${HOST}:${port}/data/aircraft.json` },
    send({ bytes }) {
      newest = bytes;
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, HOST);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Ports that nobody has, all of them held at once so that no two are the same. */
async function freeUdpPorts(count: number): Promise<number[]> {
  const sockets = Array.from({ length: count }, () => createSocket("udp4").bind(0, HOST));
  await Promise.all(sockets.map((socket) => once(socket, "listening")));
  const ports = sockets.map((socket) => socket.address().port);
  await Promise.all(sockets.map((socket) => once(socket.close(), "close")));
  return ports;
}
