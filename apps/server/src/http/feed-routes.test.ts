import assert from "node:assert/strict";
import { test } from "node:test";
import { feedId } from "@picket/model";
import { CONFIGURATION, lookAt } from "../site.fixture.ts";
import { problemOf, startTestHttp } from "./http.fixture.ts";

const TOKEN = "a-token-of-this-radar";
const withToken = {
  ...CONFIGURATION,
  feeds: [
    ...CONFIGURATION.feeds,
    { id: feedId.parse("guarded"), protocol: "detections" as const, transport: { kind: "http" as const, token: TOKEN } },
  ],
};

test("the body of a request is a feed's bytes, whatever its content type", async (t) => {
  const http = await startTestHttp(t);
  const post = (headers: Record<string, string>) => http.call("POST", "/api/feeds/posted/bytes", { body: lookAt(2000), headers });
  for (const type of ["application/octet-stream", "application/json", "text/plain", "application/x-ndjson"])
    assert.equal((await post({ "content-type": type })).status, 202, type);
  assert.equal(http.site.feeds().find(({ id }) => id === "posted")?.records, 4);
});

test("a page of another site cannot feed the picture, though it can reach loopback", async (t) => {
  const http = await startTestHttp(t);
  const post = (headers: Record<string, string>) => http.call("POST", "/api/feeds/posted/bytes", { body: lookAt(2000), headers });
  assert.equal(problemOf(await post({ origin: "https://evil.example", "content-type": "text/plain" })), "403 foreign-page");
  assert.equal(problemOf(await post({ host: "rebound.example", "content-type": "text/plain" })), "421 wrong-host");
  assert.equal(http.site.feeds().find(({ id }) => id === "posted")?.chunks, 0);
});

test("a feed with a token takes bytes from who shows it only", async (t) => {
  const http = await startTestHttp(t, { configuration: withToken });
  const post = (authorization?: string) =>
    http.call("POST", "/api/feeds/guarded/bytes", {
      body: lookAt(2000),
      headers: { "content-type": "application/octet-stream", ...(authorization && { authorization }) },
    });
  assert.equal((await post(`Bearer ${TOKEN}`)).status, 202);
  for (const wrong of [undefined, "", "Bearer", `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}é`, TOKEN])
    assert.equal(problemOf(await post(wrong)), "403 not-allowed", String(wrong));
});

test("what no feed takes is refused: other transports, unknown ids, nothing, and too much", async (t) => {
  const http = await startTestHttp(t);
  const post = (id: string, body?: string | Buffer) =>
    http.call("POST", `/api/feeds/${id}/bytes`, {
      ...(body !== undefined && { body }),
      headers: { "content-type": "text/plain" },
    });
  assert.equal(problemOf(await post("radar", "x")), "404 no-such-feed");
  assert.equal(problemOf(await post("nobody", "x")), "404 no-such-feed");
  assert.equal(problemOf(await post("Not%20an%20id", "x")), "404 no-such-feed");
  assert.equal(problemOf(await http.call("POST", "/api/feeds/posted/bytes")), "400 no-body");
  assert.equal(problemOf(await post("posted", Buffer.alloc(1024 * 1024 + 1))), "413 refused");
});
