import assert from "node:assert/strict";
import { test } from "node:test";
import { createFrameDecoder, createFusionSession, encodeFrame, encodeMessage } from "./index.ts";

test("the example of the README runs as written", () => {
  const octets = encodeFrame(
    encodeMessage({
      timestamp: 1_767_323_045_678,
      nodeId: "3d1ffd1b-cc01-4c26-a7e8-bf4da3d393b8",
      statusReport: { reportId: "01HPQXZ3N5T8VY2W4K6M9R0ABC", system: "OK", info: "NEW", mode: "Default" },
    }),
  );

  const session = createFusionSession("6f582b41-6c88-481c-bb0f-6021a1739f57");
  const nowMs = 1_767_323_045_700;
  const answers = createFrameDecoder()
    .push(octets)
    .flatMap((item) => (item.kind === "frame" ? session.receive(item.octets, nowMs).replies : []));
  const said = answers[0]?.error?.errorMessage?.join();
  assert.equal(said, "registration must come before anything else");
});
