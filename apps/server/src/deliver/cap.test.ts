import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { type CapAlert, decodeAlert, encodeAlert } from "@picket/cap";
import { type Alert, type Reality, Reality as RealitySchema, type Zone } from "@picket/model";
import type { DeliverConfig } from "../config/deliver.ts";
import { releasePicture } from "../share/release.ts";
import { alert, frame, NOW_MS, SITE, track } from "../share/share.fixture.ts";
import { type CapDraft, capMessage } from "./cap-message.ts";

const schema = resolve(
  import.meta.dirname,
  "../../../..",
  process.env["PICKET_SHARED"] ?? "../shared",
  "vectors/cap/CAP-v1.2.xsd",
);
const cannot = !existsSync(schema)
  ? "the shared schema is not there"
  : spawnSync("xmllint", ["--version"]).error
    ? "xmllint is not installed"
    : false;

const config = {
  id: "county",
  protocol: "cap",
  partner: "County",
  transport: { kind: "httpFeed" },
  cap: { sender: "watch@north-gate.example" },
} as DeliverConfig;
const centre = { latDeg: 32.55, lonDeg: -117.04 };
const zone = (shape: Zone["shape"]): Zone =>
  ({ id: "yard", name: "Yard & <gate>", purpose: "protected", shape, entryLevel: "critical" }) as Zone;
const CIRCLE = zone({ kind: "circle", centre, radiusM: 800 });

/** The message about one alert, as whoever reads it has it. */
function message(
  over: Partial<Alert> = {},
  draft: Partial<CapDraft> = {},
  zones = [CIRCLE],
  cap: Partial<DeliverConfig["cap"]> = {},
): CapAlert {
  const one = alert(over);
  const given = frame({ alerts: [one], tracks: [track({ reality: one.reality })] });
  const picture = releasePicture(
    given,
    SITE,
    { realities: [one.reality], persons: true },
    { siteReality: "live", hearsay: new Set() },
  );
  const whole: CapDraft = { alert: one, msgType: "Alert", identifier: "picket-north-gate-a3-1-1-x", references: [], ...draft };
  const context = { config: { ...config, cap: { ...config.cap, ...cap } }, picture, zones };
  const decoded = decodeAlert(new TextEncoder().encode(encodeAlert(capMessage(whole, context))));
  assert.ok(decoded.ok, decoded.ok ? "" : decoded.error.detail);
  assert.deepEqual(decoded.value.breaches, []);
  return decoded.value.alert;
}

test("an alert says in both languages what it is, how grave, how sure, where and what to do", () => {
  const { status, msgType, scope, restriction, incidents, sender, infos } = message();
  assert.deepEqual([status, msgType, scope, restriction, incidents], ["Actual", "Alert", "Restricted", "for County", ["i3-1"]]);
  assert.equal(sender, "watch@north-gate.example");
  assert.deepEqual(
    infos.map(({ language, event, headline, instruction }) => [language, event, headline, instruction]),
    [
      ["en", "Unmanned aircraft", "Drone inside Yard (North gate)", "TAKE COVER NOW. Do not approach a downed drone."],
      ["es", "Aeronave no tripulada", "Dron dentro de Yard (North gate)", "A CUBIERTO YA. No se acerque a un dron caído."],
    ],
  );
  for (const { categories, responseTypes, urgency, severity, certainty, expires } of infos) {
    assert.deepEqual([categories, responseTypes], [["Security", "Safety"], ["Shelter"]]);
    assert.deepEqual([urgency, severity, certainty], ["Immediate", "Extreme", "Observed"]);
    assert.equal(expires?.unixMs, NOW_MS + 600_000);
  }
  assert.match(infos[0]?.description ?? "", /^It is inside Yard\. Told by sensors of North gate; not engagement quality\.$/);
});

test("its areas are the zone and where the object was", () => {
  const areasOf = (shape: Zone["shape"]) => message({}, {}, [zone(shape)]).infos[0]?.areas ?? [];
  const [circle, place] = areasOf({ kind: "circle", centre, radiusM: 800 });
  assert.deepEqual([circle?.areaDesc, circle?.circles], ["Yard & <gate>", [{ centre, radiusKm: 0.8 }]]);
  assert.deepEqual(place?.circles, [{ centre: { latDeg: 32.551, lonDeg: -117.041 }, radiusKm: 0.1 }]);
  const ring: [number, number][] = [
    [-117.05, 32.54],
    [-117.03, 32.54],
    [-117.03, 32.56],
    [-117.05, 32.54],
  ];
  const [polygon] = areasOf({ kind: "polygon", rings: [ring] });
  assert.deepEqual(polygon?.polygons[0]?.[1], { latDeg: 32.54, lonDeg: -117.03 });
  const [corridor] = areasOf({ kind: "corridor", line: ring.slice(0, 3), halfWidthM: 250 });
  assert.deepEqual([corridor?.polygons.length, corridor?.circles.length], [2, 3]);
  const [south, north] = [corridor?.polygons[0]?.[0], corridor?.polygons[0]?.[3]];
  assert.ok(
    Math.abs(Math.abs((south?.latDeg ?? 0) - (north?.latDeg ?? 0)) * 111_000 - 500) < 5,
    "as wide as the corridor, to a metre a side",
  );
});

const square = (lonDeg: number, latDeg: number, halfDeg: number): [number, number][] => [
  [lonDeg - halfDeg, latDeg - halfDeg],
  [lonDeg + halfDeg, latDeg - halfDeg],
  [lonDeg + halfDeg, latDeg + halfDeg],
  [lonDeg - halfDeg, latDeg + halfDeg],
  [lonDeg - halfDeg, latDeg - halfDeg],
];

test("no area has a hole: what a zone surrounds is told with it, in words too, and each part that stands apart is told", () => {
  const rings = [
    square(-117.04, 32.55, 0.01),
    square(-117.04, 32.55, 0.004),
    square(-117.04, 32.55, 0.001),
    square(-117, 32.55, 0.01),
  ];
  const [en, es] = message({}, {}, [zone({ kind: "polygon", rings })]).infos.map(({ areas }) => areas[0]);
  assert.deepEqual([en?.areaDesc, es?.areaDesc], ["Yard & <gate>, and what it surrounds", "Yard & <gate>, y lo que rodea"]);
  assert.deepEqual(
    en?.polygons.map((polygon) => polygon[0]),
    [
      { latDeg: 32.54, lonDeg: -117.05 },
      { latDeg: 32.54, lonDeg: -117.01 },
    ],
  );
  const [apart] = message({}, {}, [zone({ kind: "polygon", rings: [rings[0] ?? [], rings[3] ?? []] })]).infos[0]?.areas ?? [];
  assert.deepEqual([apart?.areaDesc, apart?.polygons.length], ["Yard & <gate>", 2], "nothing is surrounded");
});

test("a shape of more points than receivers draw is told by what surrounds it, a long corridor by what is near", () => {
  const ring = Array.from({ length: 2001 }, (_, i): [number, number] => {
    const turn = (2 * Math.PI * (i % 2000)) / 2000;
    return [-117.04 + 0.01 * Math.cos(turn), 32.55 + 0.01 * Math.sin(turn)];
  });
  const [polygon] = message({}, {}, [zone({ kind: "polygon", rings: [ring] })]).infos[0]?.areas ?? [];
  assert.deepEqual([polygon?.areaDesc, polygon?.polygons[0]?.length], ["Rectangle around Yard & <gate>", 5]);
  const line = Array.from({ length: 3000 }, (_, i): [number, number] => [-118 + i * 0.001, 32.55]);
  const [corridor] = message({}, {}, [zone({ kind: "corridor", line, halfWidthM: 250 })]).infos[0]?.areas ?? [];
  assert.deepEqual([corridor?.areaDesc, corridor?.polygons.length], ["Yard & <gate>, the part near the aircraft", 50]);
  assert.ok(
    corridor?.circles.every(({ centre: at }) => Math.abs(at.lonDeg + 117.041) < 0.03),
    "within 3 km",
  );
});

test("an approach is expected until it is a minute away, and a zone that is gone leaves the object's place", () => {
  const approach: Partial<Alert> = { kind: "zoneApproach", level: "caution", arrivalMs: NOW_MS + 90_000 };
  const [info] = message(approach).infos;
  assert.deepEqual(
    [info?.urgency, info?.severity, info?.certainty, info?.responseTypes],
    ["Expected", "Moderate", "Likely", ["Monitor"]],
  );
  assert.equal(message({ ...approach, arrivalMs: NOW_MS + 50_000 }).infos[0]?.urgency, "Immediate");
  assert.deepEqual(
    message({}, {}, []).infos[0]?.areas.map(({ areaDesc }) => areaDesc),
    ["Where it was last known to be"],
  );
});

test("what is heard and nobody can place is somewhere within hearing, and no zone is named", () => {
  const heard: Partial<Alert> = { kind: "possibleDrone", level: "caution", tracks: [], sensor: "radar" as never };
  const radius = { code: "reason.heardWithin", params: { sensor: "Ears", radiusM: 450 } };
  const areasOf = (reasons: Alert["reasons"]) =>
    message({ ...heard, reasons }).infos[0]?.areas.map(({ areaDesc, circles }) => [areaDesc, circles[0]?.radiusKm]);
  assert.deepEqual(areasOf([radius]), [["Within hearing of the sensor", 0.45]]);
  assert.deepEqual(areasOf([]), [["Within hearing of the sensor", 5]]);
});

test("a cancel is no all-clear: it asks nobody to come out, and says so", () => {
  const reference = { sender: "watch@north-gate.example", identifier: "before", sent: { unixMs: NOW_MS - 60_000, offsetMin: 0 } };
  const { msgType, references, infos } = message({}, { msgType: "Cancel", references: [reference] });
  assert.deepEqual([msgType, references], ["Cancel", [reference]]);
  for (const { urgency, responseTypes } of infos) assert.deepEqual([urgency, responseTypes], ["Unknown", ["Monitor"]]);
  assert.match(infos[0]?.description ?? "", /^The alert no longer stands\. That is no all-clear\./);
  assert.match(infos[1]?.description ?? "", /No es fin de peligro/);
});

const REALITIES = (RealitySchema as unknown as { enum: readonly Reality[] }).enum.filter((reality) => reality !== "live");
for (const reality of REALITIES)
  test(`no message of what is ${reality} reads as actual`, () => {
    const { status, note, infos } = message({ reality });
    assert.equal(status, reality === "exercise" ? "Exercise" : "Test");
    assert.ok(note);
    for (const { event, headline, description, instruction } of infos) {
      for (const text of [event, headline])
        assert.match(text ?? "", /^(EXERCISE|SIMULATED|REPLAY|TEST|EJERCICIO|SIMULADO|REPETICIÓN|PRUEBA): /);
      for (const text of [description, instruction]) assert.match(text ?? "", /^[A-ZÓÁÉÍ ,]+\. /);
    }
  });

test("scopes are as the configuration has them", () => {
  assert.equal(message({}, {}, [CIRCLE], { scope: "Public" }).restriction, undefined);
  const { scope, addresses } = message({}, {}, [CIRCLE], { scope: "Private", addresses: ["duty@county.example"] });
  assert.deepEqual([scope, addresses], ["Private", ["duty@county.example"]]);
});

test("what is sent validates against the standard's schema", { skip: cannot }, () => {
  const reference = { sender: "a@b", identifier: "before", sent: { unixMs: NOW_MS, offsetMin: 0 } };
  for (const [over, draft] of [
    [{}, {}],
    [
      { reality: "exercise" as const, count: { about: 5, atLeast: 3 } },
      { msgType: "Update" as const, references: [reference] },
    ],
    [{}, { msgType: "Cancel" as const, references: [reference, reference] }],
  ] as const) {
    const input = encodeAlert(
      message(over, draft, [
        zone({
          kind: "corridor",
          line: [
            [-117, 32],
            [-117, 32.1],
          ],
          halfWidthM: 250,
        }),
      ]),
    );
    const { status, stderr } = spawnSync("xmllint", ["--nonet", "--noout", "--schema", schema, "-"], { input, encoding: "utf8" });
    assert.equal(status, 0, stderr);
  }
});
