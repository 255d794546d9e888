import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { encodeMessage } from "./index.ts";
import { detection, NODE_ID, NOW_MS, ULID } from "./sapient.fixture.ts";

const skip = spawnSync("protoc", ["--version"]).error ? "protoc is not installed" : false;

test("protoc reads our octets field by field", { skip }, () => {
  const input = encodeMessage({ timestamp: NOW_MS, nodeId: NODE_ID, detectionReport: { ...detection, reportId: ULID } });
  const { stdout, status } = spawnSync("protoc", ["--decode_raw"], { input, encoding: "utf8" });
  assert.equal(status, 0);
  assert.equal(
    stdout.replace(/\s+/g, " ").trim(),
    `1 { 1: 1767323045 2: 678000000 } 2: "${NODE_ID}" 7 { 1: "${ULID}" 2: "${ULID}" 6 { 1: 0x${doubleHex(-117.0382)} 2: 0x${doubleHex(32.5443)} 3: 0x${doubleHex(120)} 7: 1 8: 1 } 7: 0x3f400000 }`,
  );
});

const doubleHex = (value: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
};
