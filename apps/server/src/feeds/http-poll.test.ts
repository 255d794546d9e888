import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { feedId } from "@picket/model";
import { type HttpPollOptions, httpPollFeed } from "./http-poll.ts";
import { memorySink, missing } from "./sink.fixture.ts";
import { supervise } from "./supervise.ts";

const id = feedId.parse("poll");
const now = () => Date.now();

async function withFeed(options: HttpPollOptions, body: (sink: ReturnType<typeof memorySink>) => Promise<void>): Promise<void> {
  const memory = memorySink();
  const stop = new AbortController();
  const run = supervise(httpPollFeed(id, { intervalS: 0.05, ...options }, now), memory.sink, stop.signal);
  try {
    await body(memory);
  } finally {
    stop.abort();
    await run;
  }
}

/** Runs `body` with the address of a server that answers by `listener`. */
async function withServer(listener: RequestListener, body: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address && typeof address === "object");
  try {
    await body(`http://127.0.0.1:${address.port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("a file that Python serves is read once for each time it changes", { skip: missing("python3") }, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "picket-poll-"));
  const file = join(dir, "aircraft.json");
  writeFileSync(file, '{"now":1}');
  const server = spawn("python3", ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", dir], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.after(() => {
    server.kill();
    rmSync(dir, { recursive: true });
  });
  let log = "";
  server.stderr.on("data", (text: Buffer) => {
    log += text.toString();
  });
  const [greeting] = await once(server.stdout, "data");
  const port = /port (\d+)/.exec(String(greeting))?.[1];
  await withFeed({ url: `http://127.0.0.1:${port}/aircraft.json` }, async ({ until, heard }) => {
    await until(() => heard.length === 1);
    await until(() => (log.match(/ 304 /g) ?? []).length >= 2);
    writeFileSync(file, '{"now":2}');
    await until(() => heard.length === 2);
    assert.deepEqual(
      heard.map(({ text }) => text),
      ['{"now":1}', '{"now":2}'],
    );
  });
});

test("a page that changes twice in one second is read twice, though its date and tag do not tell", async () => {
  const second = new Date(Math.floor(Date.now() / 1000) * 1000).toUTCString();
  let asked = 0;
  const serve: RequestListener = (request, response) => {
    const isKnown = request.headers["if-modified-since"] === second || request.headers["if-none-match"] === '"5f-1"';
    const headers = { "last-modified": second, date: second, etag: '"5f-1"' };
    if (isKnown) response.writeHead(304, headers).end();
    else response.writeHead(200, headers).end(["", "first", "second"][Math.min(asked++, 2)]);
  };
  await withServer(serve, (url) => withFeed({ url }, ({ until, text }) => until(() => text() === "firstsecond")));
});

test("an ETag is shown again, and its 304 is no news", async () => {
  const shown: (string | undefined)[] = [];
  const serve: RequestListener = (request, response) => {
    shown.push(request.headers["if-none-match"]);
    if (request.headers["if-none-match"] === '"a"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"a"' }).end("body");
  };
  await withServer(serve, (url) =>
    withFeed({ url }, async ({ until, heard, isListening }) => {
      await until(isListening);
      while (shown.length < 4) await sleep(10);
      assert.equal(heard.length, 1);
      assert.deepEqual(shown.slice(0, 3), [undefined, '"a"', '"a"']);
    }),
  );
});

test("a page that repeats itself, packed anew each time, is no news of the receiver behind it", async () => {
  let asked = 0;
  const serve: RequestListener = (_, response) => {
    const packed = gzipSync(asked < 4 ? "the same" : "another");
    packed[4] = asked++; // the time stamp in gzip's header
    response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
  };
  const bodies: string[] = [];
  await withServer(serve, (url) =>
    withFeed({ url }, async ({ until, heard, sink }) => {
      const remember = sink.bytes;
      sink.bytes = (chunk, receivedMs, from) => {
        bodies.push(gunzipSync(chunk).toString());
        remember(chunk, receivedMs, from);
      };
      await until(() => heard.length >= 2);
    }),
  );
  assert.deepEqual(bodies, ["the same", "another"]);
  assert.ok(asked >= 5);
});

test("user and password, or a token, are shown to the server", async () => {
  const shown: (string | undefined)[] = [];
  const serve: RequestListener = (request, response) => {
    shown.push(request.headers.authorization);
    response.end(String(shown.length));
  };
  await withServer(serve, async (url) => {
    await withFeed({ url, user: "u", password: { inClear: "p" } }, ({ until, heard }) => until(() => heard.length > 0));
    const before = shown.length;
    await withFeed({ url, bearer: { inClear: "t" } }, ({ until, heard }) => until(() => heard.length > 0));
    assert.equal(shown[0], `Basic ${Buffer.from("u:p").toString("base64")}`);
    assert.equal(shown[before], "Bearer t");
  });
});

test("a redirect on the same host is followed, one to another host is not, and a circle ends", async () => {
  let elsewhere = 0;
  const other: RequestListener = (_, response) => {
    elsewhere++;
    response.end("elsewhere");
  };
  await withServer(other, (otherUrl) => {
    const serve: RequestListener = (request, response) => {
      const to = { "/here": "/there", "/away": otherUrl, "/round": "/round" }[request.url ?? ""];
      if (to) response.writeHead(302, { location: to }).end();
      else response.end("there");
    };
    return withServer(serve, async (url) => {
      await withFeed({ url: `${url}/here` }, ({ until, text }) => until(() => text() === "there"));
      for (const [path, why] of [
        ["/away", /sends us to http:\/\/127\.0\.0\.1:\d+, which is not followed/],
        ["/round", /sends us round in a circle/],
      ] as const)
        await withFeed({ url: `${url}${path}` }, async ({ until, reasons }) => {
          await until(() => reasons().length > 0);
          assert.match(reasons()[0] ?? "", why);
        });
      assert.equal(elsewhere, 0);
    });
  });
});

test("an answer that is too long, does not end, breaks off or is an error says so", async () => {
  const serve: RequestListener = (request, response) => {
    if (request.url === "/long") response.end(Buffer.alloc((1 << 20) + 1));
    else if (request.url === "/hangs") response.write("begun");
    else if (request.url === "/breaks") response.writeHead(200, { "content-length": "10" }).write("x", () => response.destroy());
    else response.writeHead(request.url === "/secret" ? 401 : 404).end();
  };
  await withServer(serve, async (url) => {
    for (const [path, why] of [
      ["/long", /answers with more than 1048576 octets/],
      ["/hangs", /gave no whole answer within 0\.3 s/],
      ["/breaks", /aborted|broke off|broke the connection/],
      ["/secret", /answers 401 Unauthorized: see to user and password/],
      ["/nowhere", /answers 404 Not Found: is the path right\?/],
    ] as const)
      await withFeed({ url: `${url}${path}`, timeoutS: 0.3 }, async ({ until, reasons, heard }) => {
        await until(() => reasons().length > 0);
        assert.match(reasons()[0] ?? "", why, path);
        assert.deepEqual(heard, []);
      });
  });
});

test("a server that asks us to come back later is left alone for so long", async () => {
  let asked = 0;
  const serve: RequestListener = (_, response) => {
    if (asked++ === 0) response.writeHead(429, { "retry-after": "1" }).end();
    else response.end("now");
  };
  await withServer(serve, (url) =>
    withFeed({ url }, async ({ until, states, text }) => {
      const beganMs = performance.now();
      await until(() => text() === "now");
      assert.ok(performance.now() - beganMs >= 990);
      assert.deepEqual(
        states.map(({ kind }) => kind),
        ["starting", "reconnecting", "listening"],
      );
    }),
  );
});
