import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Site } from "@picket/model";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type {} from "../apps/web/src/map/frame-witness.ts";
import { writeCertificate } from "./certificate.ts";
import { launchChromium, WITHOUT_CHROMIUM } from "./chromium.ts";
import { incursionSite, PERSON, playIncursion } from "./incursion.ts";
import { type RunningSite, runPicket, serveSite } from "./site.ts";

const OPERATOR = { name: "ortega", password: "correct horse battery" };
const PHONE = { width: 390, height: 844 };
/** Where each step leaves a picture of what was on the screen. */
const PICTURES = fileURLToPath(new URL("../.cache/e2e/", import.meta.url));
const WAIT_MS = 60_000;

/** A receiver's fixes of somebody who stands still wander by a metre. */
const FIX_EVERY_MS = 1000;
const nearPerson = () => ({ latitude: PERSON.latDeg + 1e-5 * Math.random(), longitude: PERSON.lonDeg, accuracy: 8 });

/** One browser window, with all that it asked the network for and all that it complained of. */
type Window = Readonly<{ context: BrowserContext; page: Page; asked: string[]; complaints: string[] }>;

async function openWindow(browser: Browser, options: Parameters<Browser["newContext"]>[0]): Promise<Window> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  context.on("request", (request) => asked.push(request.url()));
  page.on("websocket", (socket) => asked.push(socket.url().replace(/^ws/, "http")));
  page.on("console", (message) => {
    // Taking a picture of the screen makes the graphics driver complain of itself.
    const isOwn = !message.text().includes("GL Driver Message");
    if (isOwn && ["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  return { context, page, asked, complaints };
}

/** The site over TLS with its operator. */
async function serveSecured(
  dir: string,
  { id, name, latDeg, lonDeg, groundHaeM, ...rest }: Site,
  feeds: readonly unknown[],
  tls: Readonly<{ certificate: string; key: string }>,
): Promise<RunningSite> {
  const dataDir = join(dir, "data");
  await runPicket(["user", "add", OPERATOR.name, "--role", "administrator", "--data", dataDir], `${OPERATOR.password}\n`);
  const site = { id, name, latDeg, lonDeg, groundHaeM };
  return await serveSite(dir, { site, ...rest, feeds, server: { port: 0, dataDir, tls } });
}

/** What the page asked for that is neither the site's own nor made by the page itself. */
const foreign = ({ asked }: Window, url: string): string[] =>
  asked.filter((address) => !/^(data|blob):/.test(address) && new URL(address).origin !== new URL(url).origin);

test("a drone from the sensor's byte to the warned person, and again in replay", { skip: WITHOUT_CHROMIUM }, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "picket-way-through-"));
  const { certificate, key, spki } = writeCertificate(dir, ["127.0.0.1"]);
  const browser = await launchChromium(spki);
  t.after(() => browser.close());
  const { site: place, feeds, ports } = await incursionSite();
  const site = await serveSecured(dir, place, feeds, { certificate, key });
  t.after(site.stop);
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const operator = await openWindow(browser, { viewport: { width: 1920, height: 1080 } });
  const phone = await openWindow(browser, {
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    geolocation: nearPerson(),
    permissions: ["geolocation"],
  });
  mkdirSync(PICTURES, { recursive: true });
  const look = ({ page }: Window, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) });

  await t.test("an operator signs in and sees the site", async () => {
    const { page } = operator;
    await page.goto(site.url);
    await page.getByRole("textbox").first().fill(OPERATOR.name);
    await page.locator("input[type=password]").fill(OPERATOR.password);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".top-bar");
    assert.match((await page.locator(".ribbon strong").textContent()) ?? "", /SIMULAT/i);
    await page.waitForFunction(() => window.__picket !== undefined);
  });

  await t.test("a phone is a person's by a link that works once, and tells where they are", async () => {
    const { page: desk } = operator;
    await desk.keyboard.press("2");
    await desk.locator(".person", { hasText: "Patrol 3" }).getByRole("button", { name: "phone", exact: false }).click();
    const link = (await desk.locator(".enrol .figures").textContent()) ?? "";
    await look(operator, "1-enrolment");
    await desk.keyboard.press("Escape");
    assert.ok(link.startsWith(`${site.url}/field/enrol#`), link);

    await phone.page.goto(link);
    await phone.page.locator(".enrol button").tap();
    await phone.page.locator(".position button").tap();
    const receiver = setInterval(() => void phone.context.setGeolocation(nearPerson()).catch(() => undefined), FIX_EVERY_MS);
    t.after(() => clearInterval(receiver));
    await phone.page.waitForSelector(".position:not(.off)");
    await look(phone, "2-phone-quiet");
    await phone.page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.state));

    const stranger = await openWindow(browser, { viewport: PHONE });
    await stranger.page.goto(link);
    await stranger.page.locator(".enrol button").click();
    await stranger.page.waitForSelector("p.enrol");
    await stranger.context.close();
  });

  await t.test("tracks appear, and each is drawn", async () => {
    const air = playIncursion(ports);
    t.after(air.stop);
    await operator.page.waitForFunction(() => (window.__picket?.tracks ?? 0) >= 3);
    await operator.page.waitForFunction(() => window.__picket?.drawn === window.__picket?.tracks);
  });

  await t.test("a drone enters a zone, and a key takes the alert", async () => {
    const { page } = operator;
    const row = page.locator('.alert-row[data-level="warning"]', { hasText: "inside Border" });
    await row.waitFor();
    await look(operator, "3-operator-alert");
    await row.locator(".alert-face").click();
    await page.keyboard.press("a");
    await row.locator(".taken", { hasText: OPERATOR.name }).waitFor();
    await look(operator, "4-operator-acknowledged");
  });

  await t.test("the person is warned full-screen, with what to do", async () => {
    const { page } = phone;
    await page.waitForSelector('.warning[data-level="critical"]');
    await look(phone, "5-phone-warned");
    await look(operator, "6-operator-critical");
    const box = await page.locator(".warning").boundingBox();
    assert.ok(box && box.width >= PHONE.width - 40 && box.height >= PHONE.height / 2, JSON.stringify(box));
    assert.match((await page.locator(".warning").textContent()) ?? "", /DRON/);
    assert.ok(((await page.locator(".warning .advice").textContent()) ?? "").length > 0);
    assert.match((await page.locator(".reality").textContent()) ?? "", /SIMUL/i);
  });

  await t.test("what is not seen again is lost contact, never an all-clear", async () => {
    await phone.page.waitForSelector('.warning[data-level="lost"]');
    await look(phone, "7-phone-lost-contact");
    assert.equal(await phone.page.locator('.warning[data-level="clear"]').count(), 0);
    await operator.page.keyboard.press("2");
    await operator.page.locator(".person .warning-lines").waitFor();
    await look(operator, "8-operator-lost-contact");
  });

  await t.test("replay shows it again, and says that it is replay", async () => {
    const { page } = operator;
    await page.keyboard.press("r");
    await page.locator(".replay-bar select").selectOption("10");
    await page.waitForSelector('.room[data-replay="true"]');
    await page.locator(".alert-row", { hasText: "Border" }).waitFor();
    await page.waitForFunction(() => (window.__picket?.tracks ?? 0) >= 3 && window.__picket?.drawn === window.__picket?.tracks);
    assert.equal(await page.locator(".ribbon").getAttribute("data-reality"), "replay");
    await page.waitForSelector(".replay-stamp");
    await look(operator, "9-replay");
    await page.keyboard.press("r");
    await page.waitForSelector('.room[data-replay="false"]');
  });

  await t.test("no page asked anybody but the site, and none complained", () => {
    for (const window of [operator, phone]) {
      assert.ok(window.asked.length > 5);
      assert.deepEqual(foreign(window, site.url), []);
      assert.deepEqual(window.complaints, []);
    }
  });
});
