import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { feedId, type Sensor, sensorId } from "@picket/model";
import { createTranslator } from "./index.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../../docs/protocols/detections.md"), "utf8");

/** The sensor of the page's configuration. */
const RADAR: Sensor = {
  id: sensorId.parse("radar-1"),
  name: "Radar",
  kind: "radar",
  latDeg: 32.55,
  lonDeg: -117.04,
  rangeMaxM: 5000,
  rangeSigmaM: 5,
  azimuthSigmaDeg: 0.5,
  elevationSigmaDeg: 1,
};

for (const { language, program } of [
  { language: "python", program: "python3" },
  { language: "bash", program: "bash" },
]) {
  const skip = spawnSync(program, ["--version"]).error ? `${program} is not installed` : false;
  test(`the ${language} sender of the page sends what Picket understands`, { skip }, async () => {
    const code = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(PAGE)?.[1] ?? assert.fail("no such block");
    assert.ok(code.trim().split("\n").length <= 20);
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    const faster = code.replaceAll("9000", String(socket.address().port)).replace(/sleep(\(?| )1\b/, "sleep$10.01");
    const sender = spawn(program, ["-c", faster], { stdio: "ignore" });
    try {
      const options = {
        feed: feedId.parse("radar"),
        protocol: "detections",
        sensors: [RADAR],
        reality: "test",
        framing: "datagram",
      } as const;
      const translator = createTranslator(options);
      for (let heard = 0; heard < 3; heard++) {
        const [bytes] = (await once(socket, "message", { signal: AbortSignal.timeout(20_000) })) as [Uint8Array];
        const { inputs, rejected } = translator.bytes(bytes, Date.now(), "test", heard);
        assert.deepEqual(rejected, []);
        assert.ok(inputs[0]?.kind === "scan" && inputs[0].detections[0]?.measurement.kind === "polar");
      }
    } finally {
      sender.kill("SIGKILL");
      socket.close();
    }
  });
}

test("the page names every code a line may be refused with", () => {
  for (const code of [
    "not-utf8",
    "line-too-long",
    "line-abandoned",
    "not-json",
    "unknown-sensor",
    "nothing-said",
    "schema",
    "no-sigma",
    "velocity-incomplete",
    "north-reference",
  ]) {
    assert.ok(PAGE.includes(`\`${code}\``), code);
  }
});
