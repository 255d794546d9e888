import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttpsServer } from "node:https";
import { type TestContext, test } from "node:test";
import { createServer, type TlsOptions } from "node:tls";
import { feedId } from "@picket/model";
import type { Feed } from "./feed.ts";
import { httpPollFeed } from "./http-poll.ts";
import { makeCertificates, removeFolder, testFolder } from "./mosquitto.fixture.ts";
import { memorySink, missing } from "./sink.fixture.ts";
import { supervise } from "./supervise.ts";
import { tcpClientFeed } from "./tcp-client.ts";

const id = feedId.parse("tls");
const skip = missing("openssl");

/** Two servers that give "secret" to whoever shows a certificate of the test authority, one over TLS, one over HTTPS. */
async function secureServers(t: TestContext) {
  const dir = testFolder();
  const files = makeCertificates(dir);
  const [cert, key] = files.server.map((file) => readFileSync(file));
  const options: TlsOptions = { cert, key, ca: readFileSync(files.ca), requestCert: true, rejectUnauthorized: true };
  const tcp = createServer(options, (socket) => socket.on("error", () => undefined).write("secret"));
  const https = createHttpsServer(options, (_, response) => response.end("secret"));
  t.after(() => {
    tcp.close();
    https.close();
    https.closeAllConnections();
    removeFolder(dir);
  });
  const ports: number[] = [];
  for (const server of [tcp, https]) {
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    ports.push(typeof address === "object" && address ? address.port : 0);
  }
  return { ...files, tcpPort: ports[0] as number, httpsPort: ports[1] as number };
}

/** Runs a feed until it has heard something or failed, and answers which. */
async function outcome(t: TestContext, feed: Feed): Promise<string> {
  const { sink, until, text, reasons } = memorySink();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = supervise(feed, sink, stop.signal);
  await until(() => text() !== "" || reasons().length > 0);
  stop.abort();
  await run;
  return text() || (reasons()[0] ?? "");
}

test("over TLS a sender is heard when each side knows the other, and every fault is said in words", { skip }, async (t) => {
  const { ca, client, tcpPort, httpsPort } = await secureServers(t);
  const [certificate = "", key = ""] = client;
  const now = () => 1;
  const feeds = (tls: Parameters<typeof tcpClientFeed>[1]["tls"] & object) => [
    tcpClientFeed(id, { host: "127.0.0.1", port: tcpPort, tls }, now),
    httpPollFeed(id, { url: `https://127.0.0.1:${httpsPort}/`, tls }, now),
  ];
  for (const feed of feeds({ ca, certificate, key })) assert.equal(await outcome(t, feed), "secret", feed.transport);
  for (const [tls, why] of [
    [{ certificate, key }, /an authority that nobody knows here: name that authority's file as tls\.ca/],
    [{ ca, certificate, key, serverName: "other.example" }, /its certificate is for another name/],
    [{ ca }, /asks for a client certificate: give tls\.certificate and tls\.key|broke the connection|closed the connection/],
    [{ ca: "/no/such/file" }, /there is no such file or device/],
  ] as const)
    for (const feed of feeds(tls)) assert.match(await outcome(t, feed), why, feed.transport);
});
