import assert from "node:assert/strict";
import test from "node:test";
import { destination } from "@picket/geo";
import { SITE, trackOf } from "../picture/picture.fixture.ts";
import { gatherCrowds } from "./crowd.ts";

const assessment = { level: "warning" as const, reasons: [], refutedBy: [], zones: [], behaviours: [] };
const swarm = Array.from({ length: 40 }, (_, index) => trackOf(index, { ...destination(SITE, index, 5 * index), assessment }));

test("a swarm that is closer together than its labels is one label with its number", () => {
  const [leader, ...others] = gatherCrowds(swarm, undefined, 400, 40);
  assert.equal(leader?.others, 39);
  assert.deepEqual(others, []);
});

test("seen from near, where there is room, each has its own", () => {
  assert.equal(gatherCrowds(swarm, undefined, 1, 40).length, 40);
});

test("what is selected is named, and what threatens nobody is in no crowd", () => {
  const found = gatherCrowds([...swarm, trackOf(99)], swarm[7]?.id, 400, 40);
  assert.deepEqual(
    found.map(({ track, others }) => [track.id, others]),
    [
      [swarm[0]?.id, 38],
      [swarm[7]?.id, 0],
      ["t1-s99", 0],
    ],
  );
});

test("another level is another crowd: a worse one is never hidden in it", () => {
  const worse = trackOf(50, { assessment: { ...assessment, level: "critical" } });
  assert.equal(gatherCrowds([worse, ...swarm], undefined, 400, 40).length, 2);
});

test("a drill's swarm is another crowd: nothing that is live is counted as a drill, nor a drill as live", () => {
  const live = swarm.slice(0, 5).map((track) => ({ ...track, reality: "live" as const }));
  const found = gatherCrowds([...live, ...swarm.slice(5)], undefined, 400, 40);
  assert.deepEqual(
    found.map(({ track, others }) => [track.reality, others]),
    [
      ["live", 4],
      ["simulated", 34],
    ],
  );
});
