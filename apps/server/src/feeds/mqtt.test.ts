import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { feedId } from "@picket/model";
import {
  freePort,
  type Mosquitto,
  makeCertificates,
  passwordFile,
  publish,
  removeFolder,
  startMosquitto,
  testFolder,
} from "./mosquitto.fixture.ts";
import { type MqttOptions, messageSource, mqttFeed } from "./mqtt.ts";
import { memorySink, missing } from "./sink.fixture.ts";
import { supervise } from "./supervise.ts";

const id = feedId.parse("mqtt");
const skip = ["mosquitto", "mosquitto_pub", "openssl"].map(missing).find((why) => why !== false) ?? false;

/** Runs a feed while `body` does, with a folder that is removed afterwards. */
async function withFeed(options: MqttOptions, body: (sink: ReturnType<typeof memorySink>) => Promise<void>): Promise<void> {
  const memory = memorySink();
  const stop = new AbortController();
  const run = supervise(
    mqttFeed(id, options, () => Date.now()),
    memory.sink,
    stop.signal,
  );
  try {
    await body(memory);
  } finally {
    stop.abort();
    await run;
  }
}

async function withBroker(settings: (dir: string) => readonly string[], body: (dir: string, broker: Mosquitto) => Promise<void>) {
  const dir = testFolder();
  const broker = await startMosquitto(dir, settings(dir));
  try {
    await body(dir, broker);
  } finally {
    await broker.stop();
    removeFolder(dir);
  }
}

test("a message says its broker and topic, and whether it had been kept", () => {
  assert.equal(messageSource("mqtt://b:1883", "wardragon/drones", false), "mqtt://b:1883/wardragon/drones");
  assert.equal(messageSource("mqtt://b:1883", "/sensor/7/upload", true), "mqtt://b:1883//sensor/7/upload#retained");
});

for (const version of ["3.1.1", "5"] as const)
  test(`mosquitto with TLS and a password is heard by MQTT ${version}, by wildcard, at QoS 1`, { skip }, async () => {
    const port = await freePort();
    const secured = (dir: string) => {
      const { ca, server } = makeCertificates(dir);
      return [
        `listener ${port} 127.0.0.1`,
        "allow_anonymous false",
        `password_file ${passwordFile(dir, "picket", "a secret: of ours")}`,
        `cafile ${ca}`,
        `certfile ${server[0]}`,
        `keyfile ${server[1]}`,
      ];
    };
    await withBroker(secured, async (dir) => {
      const secret = join(dir, "secret");
      writeFileSync(secret, "a secret: of ours\n");
      const options: MqttOptions = {
        url: `mqtts://127.0.0.1:${port}`,
        topics: ["wardragon/#", "/sensor/+/upload"],
        version,
        user: "picket",
        password: { file: secret },
        tls: { ca: join(dir, "ca.pem") },
      };
      await withFeed(options, async ({ heard, until, isListening }) => {
        await until(isListening);
        const as = ["-u", "picket", "-P", "a secret: of ours", "--cafile", join(dir, "ca.pem"), "-q", "1"];
        publish(port, "wardragon/drone/one", "first", ...as);
        publish(port, "/sensor/7/upload", "second", ...as);
        publish(port, "elsewhere", "not for us", ...as);
        publish(port, "wardragon/last", "third", ...as);
        await until(() => heard.length >= 3);
        assert.deepEqual(
          heard.map(({ text, from }) => [text, from]),
          [
            ["first", `mqtts://127.0.0.1:${port}/wardragon/drone/one`],
            ["second", `mqtts://127.0.0.1:${port}//sensor/7/upload`],
            ["third", `mqtts://127.0.0.1:${port}/wardragon/last`],
          ],
        );
      });
      for (const [wrong, why] of [
        [{ password: { inClear: "a guess" } }, /not authorized|bad username or password/i],
        [{ tls: {} }, /authority that nobody knows here: name that authority's file as tls\.ca|self-signed/],
        [{ password: { env: "PICKET_TEST_NO_SUCH_VARIABLE" } }, /PICKET_TEST_NO_SUCH_VARIABLE is not set/],
        [{ url: `mqtt://127.0.0.1:${port}`, tls: undefined }, /broke|closed the connection/],
      ] as const)
        await withFeed({ ...options, ...wrong } as MqttOptions, async ({ until, reasons, isListening }) => {
          await until(() => reasons().length > 0);
          assert.match(reasons()[0] ?? "", why);
          assert.doesNotMatch(reasons()[0] ?? "", /a guess|a secret/);
          assert.ok(!isListening());
        });
    });
  });

test("mosquitto that asks for a client certificate gets ours, and refuses who has none", { skip }, async () => {
  const port = await freePort();
  const mutual = (dir: string) => {
    const { ca, server } = makeCertificates(dir);
    const files = [`cafile ${ca}`, `certfile ${server[0]}`, `keyfile ${server[1]}`];
    return [`listener ${port} 127.0.0.1`, "require_certificate true", "use_identity_as_username true", ...files];
  };
  await withBroker(mutual, async (dir) => {
    const [ca, certificate, key] = [join(dir, "ca.pem"), join(dir, "client.pem"), join(dir, "client.key")];
    const options = { url: `mqtts://127.0.0.1:${port}`, topics: ["#"] };
    await withFeed({ ...options, tls: { ca, certificate, key } }, async ({ until, isListening, text }) => {
      await until(isListening);
      publish(port, "a", "known", "--cafile", ca, "--cert", certificate, "--key", key);
      await until(() => text() === "known");
    });
    await withFeed({ ...options, tls: { ca } }, async ({ until, reasons, isListening }) => {
      await until(() => reasons().length > 0);
      assert.ok(!isListening());
    });
  });
});

test("what mosquitto had kept is left out and counted, or taken and marked", { skip }, async () => {
  const port = await freePort();
  await withBroker(
    () => [`listener ${port} 127.0.0.1`, "allow_anonymous true"],
    async () => {
      publish(port, "kit/status", "old", "-r");
      const options = { url: `mqtt://127.0.0.1:${port}`, topics: ["kit/#"] };
      await withFeed(options, async ({ until, refused, heard }) => {
        await until(() => refused.length === 1);
        publish(port, "kit/status", "new", "-r");
        await until(() => heard.length === 1);
        assert.deepEqual(refused, [`mqtt://127.0.0.1:${port}/kit/status#retained`]);
        assert.deepEqual([heard[0]?.text, heard[0]?.from], ["new", `mqtt://127.0.0.1:${port}/kit/status`]);
      });
      await withFeed({ ...options, retained: true }, async ({ until, heard }) => {
        await until(() => heard.length === 1);
        assert.deepEqual([heard[0]?.text, heard[0]?.from], ["new", `mqtt://127.0.0.1:${port}/kit/status#retained`]);
      });
    },
  );
});

test("mosquitto that hangs is noticed by its silence, and heard again when it comes back", { skip }, async () => {
  const port = await freePort();
  await withBroker(
    () => [`listener ${port} 127.0.0.1`, "allow_anonymous true"],
    async (_, broker) => {
      const options = { url: `mqtt://127.0.0.1:${port}`, topics: ["#"], keepaliveS: 1 };
      await withFeed(options, async ({ until, isListening, states, reasons, text }) => {
        await until(isListening);
        broker.process.kill("SIGSTOP");
        const hungMs = performance.now();
        await until(() => reasons().length > 0);
        assert.ok(performance.now() - hungMs < 3000, "noticed within one and a half keepalives, and a little for the machine");
        assert.match(reasons()[0] ?? "", /gives no sign of life$/);
        broker.process.kill("SIGCONT");
        await until(() => states.filter(({ kind }) => kind === "listening").length === 2);
        publish(port, "a", "back");
        await until(() => text() === "back");
      });
    },
  );
});

test("a message that is too long ends the connection instead of filling memory", { skip }, async () => {
  const port = await freePort();
  await withBroker(
    () => [`listener ${port} 127.0.0.1`, "allow_anonymous true"],
    async (dir) => {
      const file = join(dir, "long");
      writeFileSync(file, Buffer.alloc(3 << 20, "x"));
      await withFeed({ url: `mqtt://127.0.0.1:${port}`, topics: ["#"] }, async ({ until, isListening, heard, reasons }) => {
        await until(isListening);
        publish(port, "a", "", "-f", file);
        await until(() => reasons().length > 0);
        assert.match(reasons()[0] ?? "", /sends a message of more than 1048576 octets$/);
        assert.deepEqual(heard, []);
      });
    },
  );
});
