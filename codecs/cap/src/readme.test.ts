import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeAlert, encodeAlert, formatTime } from "./index.ts";

test("the example of the README runs as written", () => {
  const sent = { unixMs: 1_767_323_045_000, offsetMin: 0 };
  const text = encodeAlert({
    identifier: "site1-a7",
    sender: "watch@site1.example",
    sent,
    status: "Exercise",
    msgType: "Alert",
    scope: "Restricted",
    restriction: "agencies of the corridor",
    addresses: [],
    codes: [],
    references: [],
    incidents: [],
    infos: [
      {
        language: "es-MX",
        categories: ["Security"],
        event: "Aeronave no tripulada",
        responseTypes: ["Shelter"],
        urgency: "Immediate",
        severity: "Severe",
        certainty: "Observed",
        eventCodes: [],
        parameters: [],
        resources: [],
        areas: [
          {
            areaDesc: "Puesto 4",
            polygons: [],
            circles: [{ centre: { latDeg: 32.54, lonDeg: -117.03 }, radiusKm: 0.8 }],
            geocodes: [],
          },
        ],
      },
    ],
    isSigned: false,
  });
  const decoded = decodeAlert(new TextEncoder().encode(text));
  assert.ok(decoded.ok);
  const { alert, breaches } = decoded.value;
  const line = `${alert.status} ${formatTime(alert.sent)} ${alert.infos[0]?.event}, ${breaches.length} rules broken`;
  assert.equal(line, "Exercise 2026-01-02T03:04:05-00:00 Aeronave no tripulada, 0 rules broken");
});
