import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Sighting } from "@picket/model";
import type { Page } from "playwright-core";
import type {} from "../apps/web/src/map/frame-witness.ts";
import { launchChromium, WITHOUT_CHROMIUM } from "./chromium.ts";
import { type RunningSite, serveSite } from "./site.ts";

const PLACE = { latDeg: 32.5465, lonDeg: -117.05 };
const PERSON = { id: "patrol-3", name: "Patrol 3", language: "en" };
const RADAR = { id: "radar-1", name: "Radar", kind: "radar", ...PLACE, rangeMaxM: 5000 };
const WAIT_MS = 60_000;

/** A site on loopback with one person to warn and a radar that says nothing. */
async function serveQuietSite(t: TestContext): Promise<RunningSite> {
  const dir = mkdtempSync(join(tmpdir(), "picket-hands-"));
  const site = { id: "hands", name: "Hands", ...PLACE };
  const server = { port: 0, dataDir: join(dir, "data") };
  const running = await serveSite(dir, { site, sensors: [RADAR], persons: [PERSON], server });
  t.after(async () => {
    await running.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  return running;
}

async function openPage(t: TestContext, address: string, options: object): Promise<Page> {
  const browser = await launchChromium("");
  t.after(() => browser.close());
  const context = await browser.newContext(options);
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

test("a report made without a connection outlasts a closed page and arrives once", { skip: WITHOUT_CHROMIUM }, async (t) => {
  const site = await serveQuietSite(t);
  const enrolment = await fetch(`${site.url}/api/persons/${PERSON.id}/enrolment`, { method: "POST" });
  const { url } = (await enrolment.json()) as { url: string };
  const page = await openPage(t, url, {
    viewport: { width: 360, height: 640 },
    hasTouch: true,
    isMobile: true,
    geolocation: { latitude: PLACE.latDeg, longitude: PLACE.lonDeg, accuracy: 8 },
    permissions: ["geolocation"],
  });
  const sightings = async () => (await (await fetch(`${site.url}/api/sightings`)).json()) as Sighting[];
  await page.locator(".enrol button").tap();
  await page.locator(".position button").tap();
  await page.waitForSelector(".position:not(.off)");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await caches.keys()).length > 0 && (await caches.match("/field")) !== undefined);

  await page.context().setOffline(true);
  await page.waitForSelector(".offline");
  await page.reload();
  await page.waitForSelector(".offline");
  await page.waitForSelector(".position:not(.off)");

  await page.locator(".report").tap();
  await page.locator(".rose button").nth(1).tap();
  await page.locator(".actions .primary").tap();
  await page.locator(".notice", { hasText: "1 waiting to be sent" }).waitFor();
  await page.locator(".help").tap();
  await page.locator(".help").tap();
  await page.locator('.notice[data-kind="helpQueued"]', { hasText: "Use your radio" }).waitFor();
  await page.reload();
  await page.locator(".notice", { hasText: "2 waiting to be sent" }).waitFor();
  assert.deepEqual(await sightings(), []);

  await page.context().setOffline(false);
  await page.locator(".notice").waitFor({ state: "detached" });
  await page.locator('.help[data-on="true"]').waitFor();
  await page.waitForTimeout(6000);
  const [report, ...others] = await sightings();
  assert.deepEqual([report?.person, report?.bearingDeg], [PERSON.id, 0]);
  assert.deepEqual(others, []);
});

/** What has the focus, and whether one can see that it has. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const part = element.closest(".banners, .top-bar, .alerts, .map-room, .side, dialog");
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const isMarked = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    return { part: part?.className.split(" ").at(-1) ?? part?.tagName ?? "", tag: element.tagName, isMarked };
  });

test("the operator's page is whole without a mouse", { skip: WITHOUT_CHROMIUM }, async (t) => {
  const site = await serveQuietSite(t);
  const page = await openPage(t, site.url, { viewport: { width: 1366, height: 768 } });
  // An alert for which nothing need fly.
  await fetch(`${site.url}/api/commands`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: site.url },
    body: JSON.stringify({ kind: "personWellbeing", id: "help-1", person: PERSON.id, state: "needHelp" }),
  });
  await page.waitForSelector(".alert-row");
  await page.waitForFunction(() => window.__picket !== undefined);
  const press = (key: string) => page.keyboard.press(key);

  await t.test("tabs go from the bar to the alerts, the map and the side, each stop is marked, and none holds on", async () => {
    await press("Escape");
    await page.waitForSelector(".quiet-banner", { state: "detached" });
    const stops: string[] = [];
    for (let step = 0; step < 60; step++) {
      await press("Tab");
      const { part, tag, isMarked } = await focused(page);
      if (tag === "BODY") break;
      assert.ok(isMarked, `${tag} in ${part} does not show that it has the focus`);
      if (stops.at(-1) !== part) stops.push(part);
    }
    assert.deepEqual(stops, ["top-bar", "alerts", "map-room", "side"]);
    assert.equal((await focused(page)).tag, "BODY", "sixty stops do not lead around");
  });

  await t.test("a dialog takes the keyboard, Escape closes it and gives it back", async () => {
    await press("Tab");
    const before = await page.evaluateHandle(() => document.activeElement);
    for (const key of ["?", "/", "s"]) {
      await press(key);
      await page.waitForSelector("dialog[open]");
      assert.equal((await focused(page)).part, "dialog", key);
      await press("Escape");
      await page.waitForSelector("dialog", { state: "detached" });
      assert.ok(await page.evaluate((element) => document.activeElement === element, before), key);
    }
  });

  await t.test("the four views, the form of a zone and the replay open and close by key", async () => {
    for (const [key, content] of [
      ["2", ".people"],
      ["3", ".states"],
      ["4", ".new-zone"],
    ] as const) {
      await press(key);
      await page.waitForSelector(`.side ${content}`);
    }
    await page.locator(".new-zone button").first().focus();
    await press("Enter");
    await page.locator(".zone-form input").first().focus();
    await press("Escape");
    await page.waitForSelector(".new-zone");
    const map = await page.evaluateHandle(() => document.querySelector("canvas"));
    await press("r");
    await page.waitForSelector(".replay-bar");
    await page.locator(".timeline input").focus();
    await press("r");
    await page.waitForSelector(".replay-bar", { state: "detached" });
    assert.ok(await page.evaluate((element) => element?.isConnected, map), "the map was made anew");
  });

  await t.test("a zone is made without a mouse: a circle in the middle of the map", async () => {
    await press("4");
    await page.locator(".new-zone button").nth(1).focus();
    await press("Enter");
    await page.locator(".zone-form input").first().fill("Yard");
    const save = page.locator(".zone-form button[type=submit]");
    await page.locator(".zone-form > button").focus();
    while (await save.isDisabled()) {
      // The drawing tools are loaded when first needed.
      await press("Enter");
      await page.waitForTimeout(100);
    }
    await save.focus();
    await press("Enter");
    await page.locator(".states li", { hasText: "Yard" }).waitFor();
  });

  await t.test("the space bar presses the button that the keyboard reached", async () => {
    await page.locator(".alerts .alert-face").first().focus();
    await press("Tab");
    await press(" ");
    await page.locator(".alert-row .taken").waitFor();
  });
});
