import { once } from "node:events";
import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { connect } from "node:net";

/** What the second host tries: a web request, or only whether a TCP port takes a connection. */
export type Request = Readonly<{ url: string; method?: string; cookie?: string; body?: unknown; upgrade?: boolean }>;
/** `status` of a web answer, or why there was none. */
export type Answer = Readonly<{ status?: number; failed?: string; cookies?: readonly string[]; body?: string }>;

const GIVE_UP_MS = 5000;

/** Asks everything it reads from standard input, one after another, and prints the answers. Runs in the second host's network. */
async function main(): Promise<void> {
  const input = (await process.stdin.setEncoding("utf8").toArray()).join("");
  const { requests, ca } = JSON.parse(input) as { requests: readonly Request[]; ca: string };
  const answers: Answer[] = [];
  for (const request of requests) answers.push(await ask(request, ca).catch((error: Error) => ({ failed: error.message })));
  process.stdout.write(JSON.stringify(answers));
}

async function ask({ url, method = "GET", cookie, body, upgrade }: Request, ca: string): Promise<Answer> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol === "tcp:") {
    const socket = connect({ host: hostname, port: Number(port), timeout: GIVE_UP_MS });
    socket.once("timeout", () => socket.destroy(new Error("timed out")));
    await once(socket, "connect");
    socket.destroy();
    return {};
  }
  const headers = {
    ...(cookie !== undefined && { cookie }),
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(upgrade && {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }),
  };
  const request = (protocol === "https:" ? requestSecure : requestPlain)(url, { method, headers, ca, timeout: GIVE_UP_MS });
  request.once("timeout", () => request.destroy(new Error("timed out")));
  request.end(body === undefined ? undefined : JSON.stringify(body));
  const upgraded = once(request, "upgrade").then(([response, socket]) => {
    socket.destroy();
    return { status: response.statusCode };
  });
  const answered = once(request, "response").then(async ([response]) => ({
    status: response.statusCode,
    cookies: response.headers["set-cookie"] ?? [],
    body: (await response.setEncoding("utf8").toArray()).join(""),
  }));
  return Promise.any([upgraded, answered]).catch((error: AggregateError) => Promise.reject(error.errors[0]));
}

await main();
