import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { test } from "node:test";
import { bearingRad, destination, distanceM } from "@picket/geo";
import { createFrameDecoder, createFusionSession, type EdgeEvent, encodeFrame, encodeMessage } from "@picket/sapient";
import { parseConfiguration } from "../config/read-configuration.ts";
import { edgeNode, registrationOf } from "../feeds/edge-node.fixture.ts";
import { HERE, startTestSite, temporaryDir, until } from "../site.fixture.ts";

const C2_NODE = "cee8b0c3-b739-49f5-9bd4-b5353b5ebb98";
const RADAR_NODE = "a8654cdf-4328-47de-81fa-c495589e30c9";
const FINDER_NODE = "3d1ffd1b-cc01-4c26-a7e8-bf4da3d393b8";
const OBJECT = "01HPQXZ3N5T8VY2W4K6M9R0ABC";
const HEARD_OBJECT = "01HPQXZ3N5T8VY2W4K6M9R0ABD";
const FINDER_PLACE = destination(HERE, 1.5, 900);

test("two edge nodes below and a C2 above: what they see together is one object there, with its alert, until the site says goodbye", async (t) => {
  const c2 = createFusionSession(C2_NODE);
  const heard: EdgeEvent[] = [];
  const server = createServer((socket) => {
    const frames = createFrameDecoder();
    socket.on("error", () => socket.destroy());
    socket.on("data", (octets) => {
      for (const item of frames.push(octets)) {
        assert.ok(item.kind === "frame");
        const { events, replies } = c2.receive(item.octets, Date.now());
        heard.push(...events);
        for (const reply of replies) socket.write(encodeFrame(encodeMessage(reply)));
      }
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => server.close());
  const { port: c2Port } = server.address() as AddressInfo;
  const sensor = (id: string, kind: string, nodeId: string, more: object) => ({
    id,
    name: id,
    kind,
    height: { valueM: 5, sigmaM: 1, reference: "hae" },
    azimuthSigmaDeg: 1,
    sapient: { nodeId },
    ...more,
  });
  const configuration = parseConfiguration(
    JSON.stringify({
      site: { id: "edge", name: "Edge", ...HERE, groundHaeM: 0 },
      feeds: [{ id: "nodes", protocol: "sapient", transport: { kind: "tcpServer", port: 0 } }],
      sensors: [
        sensor("radar", "radar", RADAR_NODE, {
          ...HERE,
          rangeMaxM: 5000,
          rangeSigmaM: 5,
          elevationSigmaDeg: 1,
          clutterPerLook: 0.1,
          revisitMs: 100,
        }),
        sensor("finder", "directionFinder", FINDER_NODE, { ...FINDER_PLACE, rangeMaxM: 4000, covers: false }),
      ],
      zones: [
        {
          id: "yard",
          name: "Yard",
          purpose: "protected",
          shape: { kind: "circle", centre: HERE, radiusM: 1000 },
          entryLevel: "warning",
        },
      ],
      share: [
        { id: "c2", protocol: "sapient", partner: "Region", transport: { kind: "tcpClient", host: "127.0.0.1", port: c2Port } },
      ],
    }),
    "site.yaml",
  );
  const { site } = await startTestSite(temporaryDir(t), configuration);
  let isRunning = true;
  t.after(async () => (isRunning ? site.stop() : undefined));
  const port = await until(() => {
    const where = /:(\d+),/.exec(site.feeds()[0]?.detail ?? "")?.[1];
    return where === undefined ? undefined : Number(where);
  });
  const radar = edgeNode(port, RADAR_NODE, registrationOf("RADAR", 1));
  const finder = edgeNode(port, FINDER_NODE, registrationOf("PASSIVE_RF", 1));
  t.after(() => [radar, finder].forEach((node) => void node.drop()));
  await until(() => [radar, finder].every((node) => node.heard.some(({ kind }) => kind === "accepted")));

  let awayM = 700;
  const looking = setInterval(() => {
    awayM -= 1;
    const place = destination(HERE, 0.4, awayM);
    const range = Math.hypot(distanceM(HERE, place), 60);
    const direction = { coordinateSystem: "DEGREES_M", datum: "TRUE" } as const;
    const seen = {
      azimuth: (bearingRad(HERE, place) * 180) / Math.PI,
      range,
      elevation: (Math.asin(60 / range) * 180) / Math.PI,
    };
    radar.detect([{ objectId: OBJECT, rangeBearing: { ...seen, ...direction } }]);
    const azimuth = (bearingRad(FINDER_PLACE, place) * 180) / Math.PI;
    finder.detect([{ objectId: HEARD_OBJECT, rangeBearing: { azimuth, ...direction } }]);
  }, 100);
  t.after(() => clearInterval(looking));

  const reports = () => heard.flatMap((event) => (event.kind === "detection" ? event.report : []));
  await until(() => reports().length >= 4, 20_000);
  const [first] = reports();
  assert.ok(first?.location);
  assert.equal(new Set(reports().map(({ objectId }) => objectId)).size, 1, "two nodes' reports are one object");
  assert.ok(distanceM({ latDeg: first.location.y, lonDeg: first.location.x }, destination(HERE, 0.4, awayM)) < 60);
  const associated = await until(() => reports().find(({ associatedDetection }) => associatedDetection?.length === 2));
  assert.deepEqual(
    associated.associatedDetection?.map(({ nodeId, objectId, associationType }) => [nodeId, objectId, associationType]),
    [
      [RADAR_NODE, OBJECT, "PARENT"],
      [FINDER_NODE, HEARD_OBJECT, "PARENT"],
    ],
    "which of the nodes' objects it was made of",
  );
  const alarm = await until(() => heard.find((event) => event.kind === "alert"));
  assert.deepEqual([alarm.alert.status, alarm.alert.associatedDetection?.[0]?.objectId], ["ACTIVE", first.objectId]);
  await until(() => heard.filter(({ kind }) => kind === "status").length >= 1);

  clearInterval(looking);
  isRunning = false;
  await site.stop();
  await until(() => heard.some(({ kind }) => kind === "left"));
  assert.deepEqual(
    heard.filter(({ kind }) => kind === "refused"),
    [],
    "nothing of it is refused above",
  );
  assert.equal(heard[0]?.kind, "registered");
});
