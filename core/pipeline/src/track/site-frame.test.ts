import assert from "node:assert/strict";
import { test } from "node:test";
import { geoidHeight } from "@picket/geo";
import { type Site, siteId } from "@picket/model";
import { createSiteFrame, frameHeight, northIn } from "./site-frame.ts";

const PLACE = { latDeg: 32.55, lonDeg: -117.04 };
const site: Site = {
  id: siteId.parse("site"),
  name: "Site",
  ...PLACE,
  groundHaeM: -20,
  sensors: [],
  zones: [],
  persons: [],
  authorisations: [],
  landmarks: [],
  policy: {},
};
const PRESSURE = { valueM: 1000, sigmaM: 20, reference: "pressure" } as const;

test("without the site's usual pressure a pressure altitude stays unknown", () => {
  assert.equal(frameHeight(createSiteFrame(site), PRESSURE, PLACE), undefined);
});

test("with it the altitude is above the ellipsoid, as uncertain as the pressure strays", () => {
  const { undulationM } = geoidHeight(PLACE.latDeg, PLACE.lonDeg);
  const standard = frameHeight(createSiteFrame({ ...site, qnh: { pressureHpa: 1013.25, sigmaHpa: 6 } }), PRESSURE, PLACE);
  assert.ok(standard);
  assert.ok(Math.abs(standard.heightM - (1000 + undulationM)) < 1e-6, `${standard.heightM} m`);
  // 6 hPa are 50 m, the column adds 3.5 % of 1000 m, the altimeter 20 m.
  assert.ok(standard.sigmaM > 60 && standard.sigmaM < 70, `${standard.sigmaM} m`);
  const high = frameHeight(createSiteFrame({ ...site, qnh: { pressureHpa: 1023.25, sigmaHpa: 6 } }), PRESSURE, PLACE);
  assert.ok(high);
  assert.ok(Math.abs(high.heightM - standard.heightM - 83) < 1, "ten hectopascals more are 83 m higher");
});

test("a site that does not say how high its ground lies does not know heights from afar either", () => {
  const { groundHaeM: _, ...groundless } = site;
  const frame = createSiteFrame({ ...groundless, qnh: { pressureHpa: 1013.25, sigmaHpa: 6 } });
  assert.equal(frameHeight(frame, PRESSURE, PLACE), undefined);
});

test("true north away from the site lies where its meridian does: turned by the difference of longitude times the sine of latitude", () => {
  const turnedDeg = (latDeg: number, eastDeg: number, southDeg = 0): number => {
    const at = createSiteFrame({ ...site, latDeg, lonDeg: 10 });
    return (northIn(at, { latDeg: latDeg - southDeg, lonDeg: 10 + eastDeg }) * 180) / Math.PI;
  };
  assert.ok(Math.abs(turnedDeg(60, 0)) < 1e-9);
  // To the east of the site the pole lies to the left.
  assert.ok(Math.abs(turnedDeg(60, 0.5) + 0.5 * Math.sin(Math.PI / 3)) < 1e-4, `${turnedDeg(60, 0.5)}`);
  assert.ok(Math.abs(turnedDeg(60, -0.5) - 0.5 * Math.sin(Math.PI / 3)) < 1e-4);
  assert.ok(Math.abs(turnedDeg(-35, 0.5) - 0.5 * Math.sin((35 * Math.PI) / 180)) < 1e-4);
  assert.ok(Math.abs(turnedDeg(0, 0.5)) < 1e-5);
  assert.ok(Number.isFinite(turnedDeg(89.9999, 0.5)) && Number.isFinite(turnedDeg(-90, 0.5)));
});
