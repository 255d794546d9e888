import { rmSync } from "node:fs";
import type { InjectOptions } from "fastify";
import { type Accounts, openAccounts } from "../access/accounts.ts";
import { createClock, platformTime } from "../clock.ts";
import { replaySocket } from "../replay/replay-socket.ts";
import { CONFIGURATION, startTestSite, temporaryDir } from "../site.fixture.ts";
import type { SiteProcess } from "../site-process.ts";
import { createHttp } from "./create-http.ts";
import { createGate } from "./visitor.ts";

export const PASSWORD = "correct horse battery";
const HOUR_MS = 3_600_000;

type Answer = Readonly<{ status: number; headers: Readonly<Record<string, unknown>>; text: string; json: () => unknown }>;
export type TestHttp = Readonly<{
  site: SiteProcess;
  accounts: Accounts;
  dir: string;
  /** One request, as a browser on this machine would send it unless `headers` say otherwise. */
  call(method: string, path: string, more?: Readonly<{ body?: unknown; headers?: Record<string, string> }>): Promise<Answer>;
  /** Listens on loopback; answers the address. */
  listen(): Promise<string>;
  routes(): string;
  stop(): Promise<void>;
}>;

type Context = Readonly<{ after(clean: () => unknown): void }>;
export type TestHttpOptions = Readonly<{
  isLoopback?: boolean;
  isSecure?: boolean;
  dir?: string;
  configuration?: typeof CONFIGURATION;
}>;

/** A site and its HTTP side, ended after the test. */
export async function startTestHttp(t: Context, options: TestHttpOptions = {}): Promise<TestHttp> {
  const { isLoopback = true, isSecure = false, configuration = CONFIGURATION } = options;
  const dir = options.dir ?? temporaryDir(t);
  const { site } = await startTestSite(dir, configuration);
  const accounts = openAccounts(dir);
  const clock = createClock(platformTime);
  const app = await createHttp({
    context: {
      process: site,
      gate: createGate(accounts, isLoopback, clock.nowMs),
      clock,
      dataDir: dir,
      isSecure,
      sessionMs: HOUR_MS,
      publicUrl: () => "https://picket.example",
    },
    accounts,
    feeds: configuration.feeds,
    tls: undefined,
    webDir: `${dir}/none`,
    sockets: { "/api/replay": replaySocket(`${dir}/journal`) },
    logLevel: "silent",
    version: "test",
  });
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await app.close();
    await site.stop();
    accounts.close();
  };
  t.after(async () => {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  });
  return {
    site,
    accounts,
    dir,
    async call(method, path, { body, headers = {} } = {}) {
      const isBytes = Buffer.isBuffer(body) || typeof body === "string";
      const request: InjectOptions = {
        method: method as "GET",
        url: path,
        headers: { host: "localhost", ...(body !== undefined && !isBytes && { "content-type": "application/json" }), ...headers },
        ...(body !== undefined && { payload: isBytes ? body : JSON.stringify(body) }),
      };
      const { statusCode, headers: answered, body: text } = await app.inject(request);
      return { status: statusCode, headers: answered, text, json: () => JSON.parse(text) };
    },
    listen: () => app.listen({ host: "127.0.0.1", port: 0 }),
    routes: () => app.printRoutes({ commonPrefix: false }),
    stop,
  };
}

/** The cookie header of somebody signed in. */
export async function signIn(
  { accounts }: TestHttp,
  name: string,
  role: "administrator" | "operator",
): Promise<{ cookie: string }> {
  await accounts.addUser(name, role, PASSWORD, Date.now());
  return { cookie: `picket=${await accounts.signIn(name, PASSWORD, Date.now(), HOUR_MS)}` };
}

/** The cookie header of a person's phone. */
export function enrolledPhone({ accounts }: TestHttp, person: string): { cookie: string } {
  const { token } = accounts.beginEnrolment(person as never, Date.now());
  return { cookie: `picket-phone=${accounts.enrol(token, Date.now())?.token}` };
}

/** The stable part of a problem document. */
export const problemOf = (answer: Answer): string => {
  const { type, status } = answer.json() as { type: string; status: number };
  if (answer.headers["content-type"] !== "application/problem+json; charset=utf-8")
    throw new Error(String(answer.headers["content-type"]));
  return `${status} ${type.replace("urn:picket:", "")}`;
};
