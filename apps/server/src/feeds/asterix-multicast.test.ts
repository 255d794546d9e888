import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeBlock } from "@picket/asterix";
import { parseConfiguration } from "../config/read-configuration.ts";
import { HERE, startTestSite, temporaryDir, until } from "../site.fixture.ts";

const GROUP = "239.255.60.17";
const LOOPBACK = "127.0.0.1";
const radar = (id: string, sic: number) => ({
  id,
  name: id,
  kind: "radar",
  ...HERE,
  height: { valueM: 5, sigmaM: 1, reference: "hae" },
  rangeMaxM: 9000,
  rangeSigmaM: 8,
  azimuthSigmaDeg: 0.5,
  asterix: { sac: 25, sic },
});

/** A port that nobody has. */
async function freePort(): Promise<number> {
  const socket = createSocket("udp4").bind(0, LOOPBACK);
  await once(socket, "listening");
  const { port } = socket.address();
  await once(socket.close(), "close");
  return port;
}

/** A socket that sends to the group by loopback; undefined where the machine has no multicast there. */
async function groupSender(t: TestContext) {
  const socket = createSocket("udp4");
  t.after(() => socket.close());
  socket.bind(0, LOOPBACK);
  await once(socket, "listening");
  try {
    socket.setMulticastInterface(LOOPBACK);
    socket.setMulticastTTL(0);
    return socket;
  } catch {
    return undefined;
  }
}

test("two radars in one multicast group are two sensors, and a third that nobody named is counted", async (t) => {
  const sender = await groupSender(t);
  if (!sender) return t.skip("this machine has no multicast on loopback");
  const port = await freePort();
  const configuration = parseConfiguration(
    JSON.stringify({
      site: { id: "group", name: "Group", ...HERE, groundHaeM: 0 },
      feeds: [{ id: "radars", protocol: "asterix", transport: { kind: "udp", port, multicast: GROUP, host: LOOPBACK } }],
      sensors: [radar("north", 1), radar("south", 2)],
    }),
    "site.yaml",
  );
  const { site } = await startTestSite(temporaryDir(t), configuration);
  t.after(() => site.stop());
  await until(() => site.feeds()[0]?.state === "listening");
  for (let i = 0; i < 40 && (site.feeds()[0]?.rejected["unknown-sensor"] ?? 0) < 2; i++) {
    for (const sic of [1, 2, 3]) {
      const timeOfDayS = (Date.now() % 86_400_000) / 1000;
      sender.send(
        encodeBlock(48, [{ i010: { sac: 25, sic }, i140: { timeOfDayS }, i020: { typ: 1 }, i040: { rhoNm: sic, thetaDeg: 90 } }]),
        port,
        GROUP,
      );
    }
    await sleep(50);
  }
  const detections = await until(() => {
    const all = site.frame()?.sensors.map((sensor) => sensor.detections);
    return all?.every((count) => count > 1) ? all : undefined;
  });
  assert.equal(detections.length, 2);
  assert.ok((site.feeds()[0]?.rejected["unknown-sensor"] ?? 0) > 1);
});

test("an edition that is not known is a fault of the configuration, with those that are", () => {
  const faulty = (editions: object) => () =>
    parseConfiguration(
      JSON.stringify({
        site: { id: "x", name: "x", ...HERE },
        feeds: [{ id: "r", protocol: "asterix", transport: { kind: "stdin" }, asterix: { editions } }],
      }),
      "site.yaml",
    );
  assert.throws(
    faulty({ 62: "0.9" }),
    /feeds.0.asterix.editions.62 must be an edition that is known: Editions of category 62 are 1.20, 1.21, got 0.9/,
  );
  assert.throws(faulty({ 7: "1.0" }), /Categories are 10, 15, 20, 21, 34, 48, 62, 63, 65, 129, got 7/);
  assert.doesNotThrow(faulty({ 21: "2.6" }));
});
