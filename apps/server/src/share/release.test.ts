import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeAlert } from "@picket/cap";
import { formatXmlEvent } from "@picket/cot";
import type { Release, ReleasedField } from "../config/share.ts";
import { capMessage } from "../deliver/cap-message.ts";
import { releasePicture } from "./release.ts";
import { ANA, alert, frame, heldShare, NOW_MS, SITE, track } from "./share.fixture.ts";

/** What stands in the fixture for each thing that is released by name only. */
const SECRETS: Readonly<Record<ReleasedField | "persons" | "acknowledgement", readonly string[]>> = {
  identity: ["SERIAL-1"],
  selfId: ["Roof survey"],
  operatorId: ["OPERATOR-1"],
  operatorPlace: ["-117.05"],
  persons: ["Ana", "32.549"],
  acknowledgement: ["Reyes"],
};
const FIELDS = ["selfId", "operatorId", "operatorPlace"] as const;
const subsets: ReleasedField[][] = [[]];
for (let bits = 0; bits < 8; bits++) subsets.push(["identity", ...FIELDS.filter((_, i) => bits & (1 << i))]);

const threatened = alert({
  id: "a3-2" as never,
  kind: "personThreatened",
  person: "ana" as never,
  title: { code: "alert.personThreatened", params: { person: "Ana" } },
});
const zoned = alert({
  reasons: [
    { code: "reason.insideZone", params: { zone: "Yard" } },
    { code: "reason.warningOpen", params: { person: "Ana" } },
    { code: "reason.identityContradicted", params: { identity: "SERIAL-1" } },
    { code: "reason.sightingNote", params: { by: "Ana", note: "Ana saw it" } },
  ],
});
const given = { tracks: [track()], alerts: [zoned, threatened], persons: [ANA] };

/** Everything that goes out under a release: as Cursor on Target from first to last word, and as CAP. */
function sentUnder(release: Release): string {
  const share = heldShare({ release });
  const events = [...share.take(given), ...share.take({ nowMs: NOW_MS + 2000 })];
  const picture = releasePicture(frame(given), SITE, release, { siteReality: "live", hearsay: new Set() });
  const config = { id: "eoc", protocol: "cap", partner: "p", transport: { kind: "httpFeed" }, cap: { sender: "a@b" } } as never;
  const messages = picture.alerts.map((one) =>
    encodeAlert(capMessage({ alert: one, msgType: "Alert", identifier: "x", references: [] }, { config, picture, zones: [] })),
  );
  assert.ok(events.length > 2 && messages.length > 0);
  return [...events.map(formatXmlEvent), ...messages].join("\n");
}

test("under every policy each personal thing goes out if it is released, and in no other case, in no format", () => {
  for (const fields of subsets)
    for (const persons of [false, true]) {
      const sent = sentUnder({ fields, persons });
      const released = new Set<string>([...fields, ...(persons ? ["persons"] : [])]);
      for (const [name, secrets] of Object.entries(SECRETS))
        for (const secret of secrets)
          assert.equal(sent.includes(secret), released.has(name), `${secret} under ${JSON.stringify({ fields, persons })}`);
    }
});
