import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import {
  type CotEvent,
  type CotItem,
  createCotStream,
  decodeDatagram,
  deletedUids,
  encodeXml,
  type Negotiation,
  negotiate,
  startNegotiation,
} from "@picket/cot";
import type { Frame, Site } from "@picket/model";
import type { ShareConfig } from "../config/share.ts";
import { makeCertificates, removeFolder, testFolder } from "../feeds/mosquitto.fixture.ts";
import { missing } from "../feeds/sink.fixture.ts";
import { until } from "../site.fixture.ts";
import { frame, NOW_MS, SITE, track } from "./share.fixture.ts";
import { createShare, type Share } from "./share.ts";

type Cot = ShareConfig["cot"] & object;

/** Runs a share to the end of the test, or until it is stopped. */
function start(t: TestContext, transport: ShareConfig["transport"], cot: Cot = {}) {
  const release = { sensors: true, outlines: true };
  const config = { id: "tak", protocol: "cot", partner: "Partner", transport, cot, release } as ShareConfig;
  const share = createShare({
    config,
    context: { siteReality: "live", hearsay: new Set() },
    nowMs: () => NOW_MS,
    told: () => undefined,
  });
  const stopping = new AbortController();
  const ended = share.run(stopping.signal);
  const stop = async () => {
    stopping.abort();
    await ended;
  };
  t.after(stop);
  return { share, stop };
}
const run = (t: TestContext, transport: ShareConfig["transport"], cot: Cot = {}): Share => start(t, transport, cot).share;

/** Gives frames a second apart, faster than the clock, each with one track. */
function frames(share: Share) {
  let seconds = 0;
  return (over: Partial<Frame> = {}) => {
    const nowMs = NOW_MS + 1000 * ++seconds;
    share.take(frame({ nowMs, tracks: [track({ nowMs, measuredMs: nowMs })], ...over }), SITE);
  };
}

/** A TAK server of one connection: offers protobuf, says yes, and keeps what it hears. */
function takServer(socket: Socket, heard: CotItem[]): void {
  const stream = createCotStream();
  let { negotiation, send }: { negotiation: Negotiation; send?: Parameters<typeof encodeXml>[0] } = startNegotiation(
    "server",
    "server-1",
    NOW_MS,
  );
  if (send) socket.write(encodeXml(send));
  socket.on("error", () => undefined);
  socket.on("data", (bytes) => {
    for (const item of stream.push(bytes)) {
      heard.push(item);
      if (item.kind === "error" || !item.value.event) continue;
      ({ negotiation, send } = negotiate(negotiation, item.value.event, NOW_MS));
      if (send) socket.write(encodeXml(send));
    }
  });
}

async function listen(t: TestContext, server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test("over TLS, with a client certificate, a share takes up the server's offer of protobuf", {
  skip: missing("openssl"),
}, async (t) => {
  const dir = testFolder();
  t.after(() => removeFolder(dir));
  const { ca, server: own, client } = makeCertificates(dir);
  const [cert, key] = own.map((file) => readFileSync(file));
  const heard: CotItem[] = [];
  const server = createTlsServer({ cert, key, ca: readFileSync(ca), requestCert: true, rejectUnauthorized: true }, (socket) =>
    takServer(socket, heard),
  );
  const [certificate = "", keyFile = ""] = client;
  const tls = { ca, certificate, key: keyFile };
  const port = await listen(t, server);
  const share = run(t, { kind: "tcpClient", host: "127.0.0.1", port, tls }, { encoding: "protobuf" });
  const give = frames(share);
  const events = await until(() => {
    give();
    const messages = heard.flatMap((item) => (item.kind === "message" ? [item.value] : []));
    const spoken = messages.filter(({ encoding }) => encoding === "protobuf");
    return spoken.length > 2 && { spoken, faults: heard.length - messages.length };
  });
  assert.equal(events.faults, 0);
  const things = new Set(["picket-north-gate-t3-7", "picket-north-gate-sensor-radar"]);
  assert.ok(events.spoken.every(({ event }) => things.has(event?.uid ?? "")));
  const { state, transport, sent } = share.health();
  assert.deepEqual([state, transport], ["working", `tls 127.0.0.1:${port}`]);
  assert.ok(sent > 2);
});

/** A zone drawn with many corners, so that what is said last is no small thing. */
const ZONES = Array.from({ length: 20 }, (_, zone) => ({
  id: `zone-${zone}`,
  name: `Zone ${zone}`,
  purpose: "protected",
  entryLevel: "watch",
  shape: {
    kind: "polygon",
    rings: [Array.from({ length: 201 }, (_, i) => [-117 + 0.01 * Math.cos(i / 32), 32.5 + 0.01 * Math.sin(i / 32)])],
  },
})) as unknown as Site["zones"];

for (const kind of ["TLS", "UDP"] as const)
  test(`at a clean stop the partner's map is left empty over ${kind}`, {
    skip: kind === "TLS" && missing("openssl"),
  }, async (t) => {
    const heard: CotEvent[] = [];
    let transport: ShareConfig["transport"];
    if (kind === "UDP") {
      const socket = createSocket({ type: "udp4", recvBufferSize: 1 << 20 }).bind(0, "127.0.0.1");
      t.after(() => socket.close());
      await once(socket, "listening");
      socket.on("message", (bytes) => {
        const message = decodeDatagram(bytes);
        if (message.ok && message.value.event) heard.push(message.value.event);
      });
      transport = { kind: "udp", host: "127.0.0.1", port: socket.address().port };
    } else {
      const dir = testFolder();
      t.after(() => removeFolder(dir));
      const { ca, server: own } = makeCertificates(dir);
      const [cert, key] = own.map((file) => readFileSync(file));
      const stream = createCotStream();
      const server = createTlsServer({ cert, key }, (socket) =>
        socket.on("data", (bytes) => {
          for (const item of stream.push(bytes)) if (item.kind === "message" && item.value.event) heard.push(item.value.event);
        }),
      );
      transport = { kind: "tcpClient", host: "127.0.0.1", port: await listen(t, server), tls: { ca } };
    }
    const { share, stop } = start(t, transport);
    let seconds = 0;
    const give = () => {
      const nowMs = NOW_MS + 1000 * ++seconds;
      share.take(frame({ nowMs, tracks: [track({ nowMs, measuredMs: nowMs })] }), { ...SITE, zones: ZONES });
    };
    const things = ["t3-7", "sensor-radar", ...ZONES.map(({ id }) => `zone-${id}`)].map((thing) => `picket-north-gate-${thing}`);
    await until(() => {
      give();
      return things.every((thing) => heard.some(({ uid }) => uid === thing));
    });
    const stopped = stop();
    give();
    await stopped;
    const isDeleted = (thing: string) => heard.some((event) => deletedUids(event).includes(thing));
    await until(() => things.every(isDeleted));
    const last = heard.findLastIndex(({ uid, staleMs, timeMs }) => things.includes(uid) && staleMs > timeMs);
    assert.ok(last < heard.findIndex((event) => deletedUids(event).length > 0), "nothing is told after it");
  });

test("a server that breaks the line is connected to again, and what went wrong is said in words", async (t) => {
  const heard: CotItem[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    if (++connections === 1) socket.destroy();
    else takServer(socket, heard);
  });
  const port = await listen(t, server);
  const share = run(t, { kind: "tcpClient", host: "127.0.0.1", port });
  const give = frames(share);
  const failed = await until(() => {
    give();
    const { state, detail } = share.health();
    return state === "failing" && detail;
  });
  assert.match(failed, /^tries again in 1 s: (the peer broke the connection|tcp 127\.0\.0\.1:\d+ closed the connection)/);
  await until(() => {
    give();
    return heard.some((item) => item.kind === "message" && item.value.event?.uid === "picket-north-gate-t3-7");
  });
  assert.equal(share.health().state, "working");
});

test("over UDP each event is a datagram, XML or a frame of the mesh", async (t) => {
  for (const encoding of ["xml", "protobuf"] as const) {
    const socket = createSocket("udp4").bind(0, "127.0.0.1");
    t.after(() => socket.close());
    await once(socket, "listening");
    const datagrams: Uint8Array[] = [];
    socket.on("message", (bytes) => datagrams.push(bytes));
    const share = run(t, { kind: "udp", host: "127.0.0.1", port: socket.address().port }, { encoding });
    const give = frames(share);
    const first = await until(() => {
      give();
      return datagrams[0];
    });
    const message = decodeDatagram(first);
    assert.ok(message.ok && message.value.encoding === encoding);
    assert.equal(message.value.event?.uid, "picket-north-gate-t3-7");
  }
});

test("multicast reaches whoever joined the group", async (t) => {
  const group = "239.255.83.77";
  const socket = createSocket({ type: "udp4", reuseAddr: true }).bind(0);
  t.after(() => socket.close());
  await once(socket, "listening");
  socket.addMembership(group, "127.0.0.1");
  let datagrams = 0;
  socket.on("message", () => datagrams++);
  const { port } = socket.address();
  const give = frames(run(t, { kind: "udp", host: group, port, interface: "127.0.0.1", ttl: 0 }));
  await until(() => {
    give();
    return datagrams > 0;
  });
});

test("a way that the system refuses is told as failing and tried again", async (t) => {
  const share = run(t, { kind: "udp", host: "127.0.0.1", port: 9, interface: "192.0.2.77" });
  const detail = await until(() => share.health().state === "failing" && share.health().detail);
  assert.match(detail, /^tries again in 1 s: this machine does not have that address/);
});
