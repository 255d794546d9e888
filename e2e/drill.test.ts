import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { destination } from "@picket/geo";
import type { DetectionLine, SensorId } from "@picket/model";
import type { Page } from "playwright-core";
import { launchChromium, WITHOUT_CHROMIUM } from "./chromium.ts";
import { serveSite } from "./site.ts";

const HERE = { latDeg: 32.55, lonDeg: -117.04 };
const LOOK_MS = 250;
const WAIT_MS = 60_000;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** One drone that comes straight at the post from `fromRad` clockwise of north. */
type Flight = Readonly<{ beganMs: number; fromRad: number; fromM: number; speedMps: number }>;

/** What `sensor` sees of a flight now: an empty look where there is none. */
function lookOf(sensor: string, flight: Flight | undefined): string {
  const line: DetectionLine = { sensor: sensor as SensorId, measuredMs: Date.now(), detections: flight ? [seen(flight)] : [] };
  return `${JSON.stringify(line)}\n`;
}

function seen({ beganMs, fromRad, fromM, speedMps }: Flight): NonNullable<DetectionLine["detections"]>[number] {
  const leftM = Math.max(30, fromM - (speedMps * (Date.now() - beganMs)) / 1000);
  return {
    kind: "position",
    ...destination(HERE, fromRad, leftM),
    horizontalSigmaM: 8,
    height: { valueM: 65, sigmaM: 8, reference: "hae" },
    eastMps: -speedMps * Math.sin(fromRad),
    northMps: -speedMps * Math.cos(fromRad),
    velocitySigmaMps: 1,
    classLikelihoods: { multirotor: 0.9, bird: 0.05, other: 0.05 },
  };
}

/** A live site with one radar of its own and one whose feed is an exercise, and one person at a post. */
async function mixedSite(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), "picket-drill-"));
  const sockets = ["radar", "drill"].map((id) => ({ id, socket: createSocket("udp4").bind(0, "127.0.0.1") }));
  await Promise.all(sockets.map(({ socket }) => once(socket, "listening")));
  const ports = sockets.map(({ id, socket }) => ({ id, port: socket.address().port }));
  for (const { socket } of sockets) socket.close();
  const site = await serveSite(dir, {
    site: { id: "gate", name: "Gate", ...HERE, groundHaeM: 5 },
    feeds: ports.map(({ id, port }) => ({
      ...{ id, protocol: "detections", transport: { kind: "udp", port }, owner: "us", legalBasis: "own radar" },
      ...(id === "drill" && { reality: "exercise" }),
    })),
    sensors: ports.map(({ id }) => ({ id, name: id, kind: "radar", ...HERE, rangeMaxM: 5000, revisitMs: LOOK_MS })),
    persons: [{ id: "ana", name: "Ana", language: "en", fixed: HERE }],
    server: { port: 0, dataDir: join(dir, "data") },
  });
  t.after(site.stop);
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const sender = createSocket("udp4");
  const flights = new Map<string, Flight>();
  const sending = setInterval(() => {
    for (const { id, port } of ports) sender.send(lookOf(id, flights.get(id)), port, "127.0.0.1");
  }, LOOK_MS);
  t.after(() => {
    clearInterval(sending);
    sender.close();
  });
  return { url: site.url, flights };
}

/** The page keeps in `tones` what it sounds: the form of each wave. */
const listenTo = (page: Page) =>
  page.addInitScript(() => {
    const tones: string[] = [];
    const Oscillator = OscillatorNode;
    Object.assign(globalThis, {
      tones,
      OscillatorNode: class extends Oscillator {
        constructor(context: BaseAudioContext, options: OscillatorOptions) {
          super(context, options);
          tones.push(String(options.type));
        }
      },
    });
  });
const tonesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...new Set((globalThis as unknown as { tones: string[] }).tones.splice(0))]);

test("at a live site a drill says that it is one, and never stands before what is real", {
  skip: WITHOUT_CHROMIUM,
}, async (t) => {
  const { url, flights } = await mixedSite(t);
  const browser = await launchChromium("none");
  t.after(() => browser.close());
  const operator = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  const phone = await browser.newPage(PHONE);
  for (const page of [operator, phone]) page.setDefaultTimeout(WAIT_MS);
  await listenTo(phone);
  await operator.goto(url);
  await operator.waitForSelector(".top-bar");
  const answer = await fetch(`${url}/api/persons/ana/enrolment`, { method: "POST", headers: { origin: url } });
  await phone.goto(((await answer.json()) as { url: string }).url);
  await phone.locator(".enrol button").tap();
  await phone.locator("header strong").tap();
  await phone.waitForSelector(".sound", { state: "detached" });

  await t.test("one exercise feed puts no word over a live site", async () => {
    assert.equal(await phone.locator(".reality").count(), 0);
    assert.equal(await operator.locator(".ribbon").count(), 0);
  });

  await t.test("the drill's warning bears its word and has a sound of its own", async () => {
    flights.set("drill", { beganMs: Date.now(), fromRad: 0.5, fromM: 250, speedMps: 8 });
    await phone.waitForSelector('.warning[data-reality="exercise"]');
    assert.match((await phone.locator(".warning .reality").textContent()) ?? "", /EXERCISE: NOT REAL/);
    assert.deepEqual(await tonesOf(phone), ["sine"]);
  });

  await t.test("on the operator's page its row and its person bear it, and nobody is in danger", async () => {
    await operator.locator(".alert-row .tag").first().waitFor();
    await operator.keyboard.press("2");
    await operator.locator('.person .tag[data-reality="exercise"]').waitFor();
    assert.match((await operator.locator(".roll-summary").textContent()) ?? "", / 0 in danger/);
    assert.equal(await operator.locator(".ribbon").count(), 0);
  });

  await t.test("what is live takes its place on the phone and in the list, unmarked and aloud", async () => {
    flights.set("radar", { beganMs: Date.now(), fromRad: 4, fromM: 450, speedMps: 8 });
    await phone.waitForSelector('.warning[data-reality="live"]');
    assert.equal(await phone.locator(".reality").count(), 0);
    assert.equal(await phone.locator(".warning .more").count(), 0, "the drill is none of the other warnings");
    await phone.waitForFunction(() => (globalThis as unknown as { tones: string[] }).tones.includes("square"));
    await operator.waitForFunction(() => {
      const [first, ...others] = document.querySelectorAll(".alert-row");
      return first?.querySelector(".tag") === null && others.some((row) => row.querySelector(".tag") !== null);
    });
    await operator.locator(".roll-summary", { hasText: "1 in danger" }).waitFor();
  });
});
