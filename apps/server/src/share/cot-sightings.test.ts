import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { connect } from "node:tls";
import { type CotEvent, detailElements, encodeMeshFrame, encodeXml } from "@picket/cot";
import type { Frame, SightingReport } from "@picket/model";
import { parseConfiguration } from "../config/read-configuration.ts";
import { freePort, makeCertificates, removeFolder, testFolder } from "../feeds/mosquitto.fixture.ts";
import { missing } from "../feeds/sink.fixture.ts";
import { startTestHttp } from "../http/http.fixture.ts";
import { playRecording } from "../replay/play-recording.ts";
import { HERE, temporaryDir, until } from "../site.fixture.ts";

const NOW_MS = Date.now();

/** A mark that SEVEN put on the map. */
const mark = (over: Partial<CotEvent> = {}): CotEvent => ({
  uid: "spot-1",
  type: "b-m-p-s-m",
  how: "h-g-i-g-o",
  timeMs: NOW_MS,
  startMs: NOW_MS,
  staleMs: NOW_MS + 600_000,
  point: { ...HERE, circularErrorM: 25 },
  detail: detailElements({
    contact: { callsign: "R 1" },
    links: [{ uid: "ANDROID-7", relation: "p-p", parentCallsign: "SEVEN" }],
    remarks: { text: "quadcopter low over the fence" },
  }),
  ...over,
});

/** A site that TAK clients connect to over TLS with certificates of ours, and that hears the mesh beside. */
function siteOf(t: TestContext, tls: number, udp: number) {
  const dir = testFolder();
  t.after(() => removeFolder(dir));
  const { ca, server, client } = makeCertificates(dir);
  const [certificate = "", key = ""] = server;
  const configuration = parseConfiguration(
    JSON.stringify({
      site: { id: "test", name: "Test", ...HERE, groundHaeM: 5 },
      sensors: [{ id: "tak", name: "TAK", kind: "other", ...HERE, rangeMaxM: 20_000, covers: false }],
      feeds: [
        {
          id: "county",
          protocol: "cot",
          sensor: "tak",
          transport: { kind: "tcpServer", port: tls, tls: { certificate, key, ca } },
        },
        { id: "mesh", protocol: "cot", sensor: "tak", transport: { kind: "udp", port: udp } },
      ],
    }),
    "site.yaml",
  );
  const [cert, clientKey] = client.map((file) => readFileSync(file));
  return { configuration, peer: { ca: readFileSync(ca), cert, key: clientKey } };
}

const told = ({ by, carried, reality, note, looks }: SightingReport) => ({ by, carried, reality, note, looks });

test("what people on TAK report by TLS is listed like what a phone reports, once by whichever feed and after a restart, and replays equal", {
  skip: missing("openssl"),
}, async (t) => {
  const [tls, udp] = [await freePort(), await freePort()];
  const { configuration, peer } = siteOf(t, tls, udp);
  const dir = temporaryDir(t);
  const listed: object[][] = [];
  for (const boot of [1, 2]) {
    const http = await startTestHttp(t, { dir, configuration });
    await until(() => http.site.feeds().every(({ state }) => state === "listening"));
    const socket = connect({ host: "127.0.0.1", port: tls, ...peer });
    socket.on("error", () => undefined);
    await once(socket, "secureConnect");
    const mesh = createSocket("udp4");
    const send = async (event: CotEvent, records: number) => {
      mesh.send(encodeMeshFrame({ event }), udp, "127.0.0.1");
      await until(() => http.site.feeds().find((feed) => feed.id === "mesh" && feed.records >= records));
    };
    socket.write(encodeXml(mark()));
    await until(() => http.site.feeds().find(({ id, records }) => id === "county" && records > 0));
    await send(mark({ timeMs: NOW_MS + 1 }), 1);
    await send(mark({ uid: `drone-${boot}`, type: "a-h-A-M-H-Q", opex: "e" }), 2);
    await until(() => http.site.sightings().some(({ carried }) => carried?.uid === `drone-${boot}`));
    listed.push((await http.call("GET", "/api/sightings")).json() as object[]);
    socket.destroy();
    mesh.close();
    await http.stop();
  }
  const spot = {
    by: "SEVEN",
    carried: { feed: "county", uid: "spot-1" },
    reality: "live",
    note: "R 1: quadcopter low over the fence",
    looks: undefined,
  };
  const drone = (boot: number) => ({
    ...spot,
    carried: { feed: "mesh", uid: `drone-${boot}` },
    reality: "exercise",
    looks: "multirotor",
  });
  assert.deepEqual(
    (listed as SightingReport[][]).map((reports) => reports.map(told)),
    [[drone(1), spot], [drone(2)]],
  );
  const played: Frame["sightings"][] = [];
  for await (const { frame } of playRecording({ dir: `${dir}/journal` })) played.push(frame.sightings);
  assert.deepEqual(played.flat(), [...(listed[0]?.toReversed() ?? []), ...(listed[1]?.toReversed() ?? [])]);
});
