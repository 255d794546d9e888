import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { decodeDatagram } from "@picket/cot";
import { ConfigurationError } from "@picket/server";
import { demoShare } from "./demo-cot.ts";
import { EXIT } from "./exit-codes.ts";
import { runPicket, temporaryDir } from "./run-picket.fixture.ts";

const PICKET = fileURLToPath(new URL("../bin/picket.mjs", import.meta.url));

test("an address is a group, a host or a server; anything else is refused in words", async () => {
  const transports = ["udp://239.2.3.1:6969", "tcp://tak.local:8087/", "udp://[ff02::1]:6969"].map(
    (address) => demoShare(address)[0]?.transport,
  );
  assert.deepEqual(transports, [
    { kind: "udp", host: "239.2.3.1", port: 6969 },
    { kind: "tcpClient", host: "tak.local", port: 8087 },
    { kind: "udp", host: "ff02::1", port: 6969 },
  ]);
  for (const address of ["239.2.3.1:6969", "http://h:1", "udp://h", "udp://h:70000"])
    assert.throws(() => demoShare(address), ConfigurationError, address);
  const { code, lines } = await runPicket(["demo", "--cot", "nowhere"]);
  assert.equal(code, EXIT.usage);
  assert.match(lines.join("\n"), /--cot must be an address such as udp:\/\/239\.2\.3\.1:6969/);
});

test("the demonstration sends its picture to who listens, marked as simulated", async (t) => {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  t.after(() => socket.close());
  await once(socket, "listening");
  const args = ["demo", "--port", "0", "--data", temporaryDir(t), "--cot", `udp://127.0.0.1:${socket.address().port}`];
  const demo = spawn(process.execPath, [PICKET, ...args], { stdio: "ignore" });
  t.after(async () => {
    demo.kill("SIGTERM");
    if (demo.exitCode === null) await once(demo, "exit");
  });
  for (let heard = 0; heard < 5; heard++) {
    const [bytes] = (await once(socket, "message", { signal: AbortSignal.timeout(60_000) })) as [Uint8Array];
    const message = decodeDatagram(bytes);
    assert.ok(message.ok);
    assert.equal(message.value.event?.opex, "s");
    assert.match(Buffer.from(bytes).toString(), /callsign="SIMULATED /);
  }
});
