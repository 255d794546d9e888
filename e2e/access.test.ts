import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Certificate, writeCertificate } from "./certificate.ts";
import { incursionSite } from "./incursion.ts";
import type { Answer, Request } from "./probe.ts";
import { createSecondHost, withoutSecondHost } from "./second-host.ts";
import { type RunningSite, runPicket, serveSite } from "./site.ts";

const ADMINISTRATOR = { name: "ortega", password: "correct horse battery" };
const PLACE = { id: "access", name: "Access", latDeg: 47.5, lonDeg: 8.5 };
const addAdministrator = (dataDir: string) =>
  runPicket(["user", "add", ADMINISTRATOR.name, "--role", "administrator", "--data", dataDir], `${ADMINISTRATOR.password}\n`);

test("without TLS and an administrator the server refuses to leave loopback, and says how to change that", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "picket-access-"));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const { certificate, key } = writeCertificate(dir, ["127.0.0.1"]);
  const [without, withOne] = [join(dir, "without"), join(dir, "with")];
  assert.equal((await addAdministrator(withOne)).code, 0);
  const servers = [
    { host: "0.0.0.0", port: 0, dataDir: without },
    { host: "0.0.0.0", port: 0, dataDir: without, tls: { certificate, key } },
    { host: "0.0.0.0", port: 0, dataDir: withOne },
  ];
  for (const server of servers) {
    const refused = await serveSite(dir, { site: PLACE, server }).then(
      () => assert.fail(`It listens: ${JSON.stringify(server)}`),
      (error: Error) => error.message,
    );
    assert.match(refused, /ended with 78/);
    assert.match(refused, /picket user add/);
    assert.match(refused, /server\.tls/);
  }
});

test("what a second host on the wire reaches", { skip: withoutSecondHost() }, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "picket-access-"));
  const host = createSecondHost();
  t.after(host.remove);
  const certificate = writeCertificate(dir, [host.ourAddress]);
  const site = await serveGuarded(dir, host.ourAddress, certificate);
  t.after(site.stop);
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const ask = (...requests: readonly Request[]): Answer[] => host.ask(requests, certificate.pem);
  const statuses = (...paths: readonly string[]) =>
    ask(...paths.map((path) => ({ url: `${site.url}${path}` }))).map(({ status }) => status);

  await t.test("the pages over TLS", () => {
    assert.deepEqual(statuses("/field", "/", "/field-worker.js"), [200, 200, 200]);
  });

  await t.test("nothing of the site without a cookie", () => {
    const reads = ["tracks", "alerts", "warnings", "zones", "sensors", "feeds", "persons", "sightings", "record"];
    const paths = [
      ...reads.map((name) => `/api/${name}`),
      "/api/tracks/t1-s1",
      "/api/replay/ranges",
      "/api/field/session",
      "/metrics",
    ];
    assert.deepEqual(
      statuses(...paths),
      paths.map(() => 401),
    );
    const sockets = ask(
      ...["live", "field/live", "replay?fromMs=0"].map((path) => ({ url: `${site.url}/api/${path}`, upgrade: true })),
    );
    assert.deepEqual(
      sockets.map(({ status }) => status),
      [401, 401, 401],
    );
    const writes: Request[] = [
      { url: `${site.url}/api/commands`, body: { kind: "zoneRemove", id: "x", zone: "border" } },
      { url: `${site.url}/api/field/commands`, body: { kind: "personWellbeing", id: "y", person: "patrol-3", state: "safe" } },
      { url: `${site.url}/api/persons/patrol-3/enrolment`, body: {} },
      { url: `${site.url}/api/feeds/posted/bytes`, body: { sensor: "radar-1", detections: [] } },
      { url: `${site.url}/api/session`, body: { name: ADMINISTRATOR.name, password: "wrong horse battery" } },
    ];
    for (const [i, { status }] of ask(...writes.map((write) => ({ ...write, method: "POST" }))).entries())
      assert.ok(status === 401 || status === 403, `${writes[i]?.url}: ${status}`);
  });

  await t.test("nothing in the clear, and no other port", () => {
    const { host: address } = new URL(site.url);
    const [plain, own] = ask({ url: `http://${address}/field` }, { url: `tcp://${address}` });
    assert.equal(plain?.status, undefined, "plain HTTP is refused");
    assert.equal(own?.failed, undefined);
    const { tcp, udp } = boundBy(site.pid);
    assert.deepEqual(tcp, [address], "one port takes connections");
    assert.ok(
      udp.length > 0 && udp.every((bound) => bound.startsWith("127.0.0.1:")),
      `feeds stay on loopback: ${udp.join(", ")}`,
    );
  });

  await t.test("a phone enrolled by its link reaches its own person's page, and nothing of the operators'", () => {
    const [signedIn] = ask({ url: `${site.url}/api/session`, method: "POST", body: ADMINISTRATOR });
    const [cookie = ""] = signedIn?.cookies ?? [];
    assert.match(cookie, /; Secure/i);
    const operator = cookie.split(";")[0] ?? "";
    const [offered] = ask({ url: `${site.url}/api/persons/patrol-3/enrolment`, method: "POST", cookie: operator, body: {} });
    const token = (JSON.parse(offered?.body ?? "{}") as { url: string }).url.split("#")[1];
    const trade: Request = { url: `${site.url}/api/field/enrolment`, method: "POST", body: { token } };
    const [enrolled, again] = ask(trade, trade);
    assert.deepEqual([enrolled?.status, again?.status], [200, 403], "a link works once");
    const phone = enrolled?.cookies?.[0]?.split(";")[0] ?? "";
    const answers = ask(
      { url: `${site.url}/api/field/session`, cookie: phone },
      { url: `${site.url}/api/field/live`, cookie: phone, upgrade: true },
      { url: `${site.url}/api/tracks`, cookie: phone },
      { url: `${site.url}/api/live`, cookie: phone, upgrade: true },
      { url: `${site.url}/api/tracks`, cookie: operator },
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 101, 401, 401, 200],
    );
  });
});

/** The site with TLS and an administrator, bound where the second host can reach it. */
async function serveGuarded(dir: string, host: string, { certificate, key }: Certificate): Promise<RunningSite> {
  const dataDir = join(dir, "data");
  await addAdministrator(dataDir);
  const place = await incursionSite();
  const { id, name, latDeg, lonDeg, groundHaeM, ...rest } = place.site;
  return await serveSite(dir, {
    site: { id, name, latDeg, lonDeg, groundHaeM },
    ...rest,
    feeds: [...place.feeds, { id: "posted", protocol: "detections", transport: { kind: "http" } }],
    server: { host, port: 0, dataDir, tls: { certificate, key } },
  });
}

/** The IPv4 sockets on which a process takes connections or datagrams, as the kernel tells. */
function boundBy(pid: number): Readonly<{ tcp: string[]; udp: string[] }> {
  const links = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      return []; // closed since
    }
  });
  const rows = (file: string) =>
    readFileSync(`/proc/${pid}/net/${file}`, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => links.includes(`socket:[${columns[9]}]`));
  const listening = "0A";
  const tcp = [...rows("tcp"), ...rows("tcp6")].filter((columns) => columns[3] === listening);
  const udp = [...rows("udp"), ...rows("udp6")];
  return { tcp: tcp.map(([, local = ""]) => addressOf(local)), udp: udp.map(([, local = ""]) => addressOf(local)) };
}

/** `0100007F:1F90` is 127.0.0.1:8080: the address as a little-endian word, the port big-endian. */
function addressOf(local: string): string {
  const [address = "", port = ""] = local.split(":");
  const octets = address.length === 8 ? [...Buffer.from(address, "hex")].reverse().join(".") : `[${address}]`;
  return `${octets}:${Number.parseInt(port, 16)}`;
}
