import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { type CotEvent, createCotStream, detailElements, encodeMeshFrame, encodeXml, pingEvent } from "@picket/cot";
import { parseConfiguration } from "../config/read-configuration.ts";
import { freePort } from "../feeds/mosquitto.fixture.ts";
import { journalPath } from "../record/journal-schema.ts";
import { HERE, startTestSite, temporaryDir, until } from "../site.fixture.ts";

const event = (over: Partial<CotEvent>): CotEvent => {
  const nowMs = Date.now();
  return {
    uid: "ANDROID-1",
    type: "a-f-G-U-C",
    how: "m-g",
    timeMs: nowMs,
    startMs: nowMs,
    staleMs: nowMs + 60_000,
    point: { ...HERE, circularErrorM: 5 },
    detail: detailElements({ contact: { callsign: "SEVEN" } }),
    ...over,
  };
};

const feed = (id: string, transport: object) => ({
  id,
  protocol: "cot",
  sensor: "tak",
  transport,
  cot: { persons: [{ uid: "ANDROID-1", person: "ben" }] },
});

/** A site with a zone and one person, whose device is on TAK. */
const siteWith = (...feeds: readonly object[]) =>
  parseConfiguration(
    JSON.stringify({
      site: { id: "test", name: "Test", ...HERE, groundHaeM: 5 },
      sensors: [{ id: "tak", name: "TAK", kind: "other", ...HERE, rangeMaxM: 20_000, covers: false }],
      persons: [{ id: "ben", name: "Ben", language: "es" }],
      zones: [
        {
          id: "yard",
          name: "Yard",
          purpose: "protected",
          shape: { kind: "circle", centre: HERE, radiusM: 500 },
          entryLevel: "watch",
        },
      ],
      feeds,
    }),
    "site.yaml",
  );

test("a TAK feed moves its people, raises its reports, tracks what others track, and answers who asks", async (t) => {
  const [udp, tcp] = [await freePort(), await freePort()];
  const configuration = siteWith(feed("mesh", { kind: "udp", port: udp }), feed("clients", { kind: "tcpServer", port: tcp }));
  const { site } = await startTestSite(temporaryDir(t), configuration);
  t.after(() => site.stop());
  await until(() => site.feeds().every(({ state }) => state === "listening"));

  const socket = createSocket("udp4");
  t.after(() => socket.close());
  const send = (bytes: Uint8Array) => socket.send(bytes, udp, "127.0.0.1");
  send(encodeMeshFrame({ event: event({}) }));
  const place = await until(() => site.frame()?.persons.find(({ id, position }) => id === "ben" && position)?.position);
  assert.ok(Math.abs(place.latDeg - HERE.latDeg) < 1e-6, "as it came");

  send(encodeXml(event({ uid: "spot-1", type: "b-m-p-s-m" })));
  await until(() => site.frame()?.alerts.find(({ kind }) => kind === "sighting"));

  let looks = 0;
  const flight = setInterval(() => {
    const point = {
      latDeg: HERE.latDeg + 0.002 + 0.00002 * looks++,
      lonDeg: HERE.lonDeg,
      altHaeM: 60,
      circularErrorM: 8,
      linearErrorM: 10,
    };
    send(encodeXml(event({ uid: "uav-1", type: "a-u-A-M-H-Q", point })));
  }, 200);
  t.after(() => clearInterval(flight));
  const track = await until(() => site.frame()?.tracks.find(({ existence }) => existence > 0.5), 20_000);
  assert.equal(track.affiliation, "unknown");

  const client = connect(tcp, "127.0.0.1");
  t.after(() => client.destroy());
  const answered = new Promise<string>((resolve) => {
    const stream = createCotStream();
    client.on("data", (bytes) => {
      for (const item of stream.push(bytes)) if (item.kind === "message") resolve(item.value.event?.type ?? "");
    });
  });
  client.write(encodeXml(pingEvent("ANDROID-1-ping", Date.now())));
  assert.equal(await answered, "t-x-c-t-r");

  send(Buffer.from("<!DOCTYPE event><event/>"));
  const mesh = await until(() => site.feeds().find(({ id, rejected }) => id === "mesh" && rejected["forbidden-doctype"]));
  assert.ok(mesh.records > 2);
});

test("bytes that hold people's places are kept no longer than what phones report", async (t) => {
  const port = await freePort();
  const dir = temporaryDir(t);
  const { site } = await startTestSite(dir, siteWith(feed("mesh", { kind: "udp", port })));
  await until(() => site.feeds().every(({ state }) => state === "listening"));
  const socket = createSocket("udp4");
  t.after(() => socket.close());
  socket.send(encodeXml(event({})), port, "127.0.0.1");
  await until(() => site.frame()?.persons.find(({ position }) => position));
  await site.stop();
  const database = new DatabaseSync(journalPath(join(dir, "journal")), { readOnly: true });
  const rows = database.prepare("SELECT retention FROM entries WHERE retention IN ('bytes', 'person-position')").all();
  database.close();
  assert.deepEqual(
    rows.map((row) => row["retention"]),
    ["person-position"],
  );
});
