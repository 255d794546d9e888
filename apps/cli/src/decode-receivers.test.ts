import assert from "node:assert/strict";
import { Readable, Writable } from "node:stream";
import { test } from "node:test";
import { decodeCommand } from "./decode.ts";
import { EXIT } from "./exit-codes.ts";

async function run(protocol: string, text: string, format?: string): Promise<{ code: number; lines: readonly unknown[] }> {
  let written = "";
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  // Chunks of seven octets: no record comes whole.
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) => bytes.subarray(7 * i, 7 * i + 7));
  const code = await decodeCommand(protocol, format === undefined ? {} : { format }, Readable.from(chunks), output);
  return {
    code,
    lines: written
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  };
}
type Line = { ok: boolean; record?: { kind: string; errors: { code: string }[] }; error?: { code: string } };
const told = (lines: readonly unknown[]): readonly string[] =>
  (lines as readonly Line[]).map(({ ok, record, error }) =>
    ok ? [record?.kind, ...(record?.errors.map(({ code }) => code) ?? [])].join(" ") : (error?.code ?? ""),
  );

for (const { protocol, text, expect } of [
  {
    protocol: "adsb",
    text: 'boot\n{"now":1,"aircraft":[{"hex":"a2fcf2","lat":91}]}\n{"hex":"750312"}\n{"a":1}',
    expect: ["not-json", "aircraft-report out-of-range", "aircraft-report", "unknown-shape"],
  },
  {
    protocol: "sbs",
    text: "MSG,3,1,1,738065,1,,,,,,x\r\nAIR,,1\nMSG,1,1,1,738065",
    expect: ["sbs wrong-type", "not-sbs", "sbs"],
  },
  {
    protocol: "dronescout",
    text: '{"status":{"status":"ok"}}{"location":{"latitude":1,"longitude":2}}\u0000{"data":{}}{"data":',
    expect: ["health", "health", "nothing-said", "truncated"],
  },
  {
    protocol: "dragonsync",
    text: '[{"Basic ID":{"id":"drone-alert"}}]\n{"id":"drone-X1","lat":1,"lon":2,"alt":65531}\noffline\n',
    expect: ["presence", "reception out-of-range", "text-line"],
  },
  {
    protocol: "mesh-mapper",
    text: 'ets Jul 29\n{"mac":"aa","drone_lat":1.5,"drone_long":2.5}\n{"heartbeat":"on"}\n{"mac":\n',
    expect: ["text-line", "reception", "health", "not-json"],
  },
])
  test(`picket decode ${protocol} writes a line of JSON for every record and every refusal`, async () => {
    const { code, lines } = await run(protocol, text);
    assert.deepEqual([code, told(lines)], [EXIT.done, expect]);
  });

test("a protocol of text has no captures", async () => {
  const { code, lines } = await run("sbs", "", "pcap");
  assert.deepEqual([code, told(lines)], [EXIT.usage, ["unknown-format"]]);
});
