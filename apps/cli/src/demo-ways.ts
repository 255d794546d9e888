import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import type { FeedConfig } from "@picket/server";

type Way = "udp" | "mqtt" | "httpPoll";
type Transport = FeedConfig["transport"];

/** By which way the bytes of each feed of the demonstration reach the site, as they would of such equipment; the others come by UDP. */
const WAYS: Readonly<Record<string, Way>> = { "rid-1": "mqtt", "adsb-1": "httpPoll" };
const HOST = "127.0.0.1";

/** What the simulated sensors send with: the transport that the site takes each feed by, and the way to send there. */
export type OpenWays = Readonly<{
  transports: Readonly<Record<string, Transport>>;
  send(feed: string, bytes: Uint8Array, from: string): void;
}>;

type OpenWay = Readonly<{ transport: Transport; send(bytes: Uint8Array, from: string): void }>;

/** Opens a way for each feed, on loopback and on ports that nobody has. */
export async function openWays(feeds: readonly string[]): Promise<OpenWays> {
  const ways = new Map<string, OpenWay>();
  const ports = await freeUdpPorts(feeds.filter((feed) => wayOf(feed) === "udp").length);
  for (const feed of feeds) ways.set(feed, await openWay(feed, ports));
  return {
    transports: Object.fromEntries([...ways].map(([feed, { transport }]) => [feed, transport])),
    send: (feed, bytes, from) => ways.get(feed)?.send(bytes, from),
  };
}

const wayOf = (feed: string): Way => WAYS[feed] ?? "udp";

function openWay(feed: string, udpPorts: number[]): OpenWay | Promise<OpenWay> {
  const way = wayOf(feed);
  switch (way) {
    case "udp":
      return datagrams(udpPorts.pop() ?? 0);
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
  return { transport: { kind: "udp", port }, send: (bytes) => socket.send(bytes, port, HOST) };
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
    send: (bytes, topic) => publish(topic, bytes),
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
    send(bytes) {
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
