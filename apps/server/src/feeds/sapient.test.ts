import assert from "node:assert/strict";
import { test } from "node:test";
import { bearingRad, destination, distanceM } from "@picket/geo";
import { parseConfiguration } from "../config/read-configuration.ts";
import { playRecording } from "../replay/play-recording.ts";
import { HERE, startTestSite, temporaryDir, until } from "../site.fixture.ts";
import { edgeNode, registrationOf, STATUS } from "./edge-node.fixture.ts";

const RADAR_NODE = "a8654cdf-4328-47de-81fa-c495589e30c9";
const EAR_NODE = "3d1ffd1b-cc01-4c26-a7e8-bf4da3d393b8";
const STRANGER = "cee8b0c3-b739-49f5-9bd4-b5353b5ebb98";
const OBJECT = "01HPQXZ3N5T8VY2W4K6M9R0ABC";
const EAR_PLACE = destination(HERE, 1, 500);

const CONFIGURATION = parseConfiguration(
  JSON.stringify({
    site: { id: "nodes", name: "Nodes", ...HERE, groundHaeM: 0 },
    feeds: [{ id: "sapient", protocol: "sapient", transport: { kind: "tcpServer", port: 0 } }],
    sensors: [
      {
        id: "radar",
        name: "Radar",
        kind: "radar",
        ...HERE,
        height: { valueM: 5, sigmaM: 1, reference: "hae" },
        rangeMaxM: 5000,
        rangeSigmaM: 5,
        azimuthSigmaDeg: 0.5,
        elevationSigmaDeg: 1,
        clutterPerLook: 0.1,
        revisitMs: 100,
        sapient: { nodeId: RADAR_NODE },
      },
      {
        id: "ear",
        name: "Ear",
        kind: "acoustic",
        ...EAR_PLACE,
        rangeMaxM: 800,
        azimuthSigmaDeg: 4,
        sapient: { nodeId: EAR_NODE },
      },
    ],
  }),
  "site.yaml",
);

test("two edge nodes register, are answered, make a track, fall silent with an alarm, and play again to the same frames", async (t) => {
  const dir = temporaryDir(t);
  const { site } = await startTestSite(dir, CONFIGURATION);
  let stopped = false;
  t.after(async () => (stopped ? undefined : site.stop()));
  const port = await until(() => {
    const where = /:(\d+),/.exec(site.feeds()[0]?.detail ?? "")?.[1];
    return where === undefined ? undefined : Number(where);
  });
  const radar = edgeNode(port, RADAR_NODE, registrationOf("RADAR", 0.5));
  const ear = edgeNode(port, EAR_NODE, registrationOf("ACOUSTIC", 0.5));
  const stranger = edgeNode(port, STRANGER, registrationOf("RADAR", 0.5));
  t.after(() => [radar, ear, stranger].forEach((node) => void node.drop()));

  await until(() => [radar, ear].every(({ heard }) => heard.some(({ kind }) => kind === "accepted")));
  const refusal = await until(() => stranger.heard.find((event) => event.kind === "rejected"));
  assert.match(refusal.reasons.join(), /no sensor of this site has the node_id cee8b0c3/);
  stranger.drop();

  let atM = 900;
  const look = () => {
    atM -= 1;
    const place = destination(HERE, 0.6, atM);
    const azimuth = (bearingRad(HERE, place) * 180) / Math.PI;
    const fromEar = (bearingRad(EAR_PLACE, place) * 180) / Math.PI;
    const range = Math.sqrt(distanceM(HERE, place) ** 2 + 75 ** 2);
    const elevation = (Math.asin(75 / range) * 180) / Math.PI;
    const direction = { coordinateSystem: "DEGREES_M", datum: "TRUE" } as const;
    radar.detect([{ objectId: OBJECT, rangeBearing: { azimuth, range, elevation, ...direction } }]);
    ear.detect([{ objectId: OBJECT, rangeBearing: { azimuth: fromEar, ...direction } }]);
  };
  const looking = setInterval(look, 100);
  t.after(() => clearInterval(looking));
  const track = await until(() => site.frame()?.tracks.find(({ confirmed }) => confirmed), 20_000);
  assert.ok(distanceM(track, destination(HERE, 0.6, atM)) < 40);
  assert.equal(track.reality, "live");

  radar.send([
    { timestamp: Date.now(), nodeId: RADAR_NODE, statusReport: { ...STATUS, mode: "Other", reportId: OBJECT, info: "NEW" } },
  ]);
  const complaint = await until(() => radar.heard.find((event) => event.kind === "complaint"));
  assert.match(complaint.reasons.join(), /status_report.mode must be a registered mode \(Default\)/);
  assert.equal(site.feeds()[0]?.rejected["bad-value"], 2, "the stranger's registration and this mode");

  clearInterval(looking);
  ear.drop();
  const alarm = await until(() => site.frame()?.alerts.find(({ kind, sensor }) => kind === "sensorSilent" && sensor === "ear"));
  assert.equal(alarm.state, "activeUnacknowledged");
  radar.leave();
  await until(() => site.frame()?.sensors.find(({ id, detail }) => id === "radar" && detail === "It has signed off"));
  const shown = JSON.stringify(site.frame()?.tracks);

  stopped = true;
  await site.stop();
  const played: string[] = [];
  for await (const { frame } of playRecording({ dir: `${dir}/journal` })) played.push(JSON.stringify(frame.tracks));
  assert.ok(played.length > 10 && played.includes(shown), "a replay, which answers nobody, comes to the same tracks");
});
