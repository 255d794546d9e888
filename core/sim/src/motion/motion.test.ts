import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "../random.ts";
import { fencedPilot } from "./fence.ts";
import { fly } from "./fly.ts";
import { endS, kinematicsAt } from "./trajectory.ts";
import { wanderPilot } from "./wander.ts";

test("a craft that wants its own velocity flies straight, and between samples too", () => {
  const trajectory = fly({ from: [0, 0, 100], velocity: [10, 0, -1], startS: 5, endS: 25, accelMps2: 3 }, (_craft, wanted) => {
    wanted[0] = 10;
    wanted[1] = 0;
    wanted[2] = -1;
    return true;
  });
  assert.equal(endS(trajectory), 25);
  assert.equal(kinematicsAt(trajectory, 4.999), undefined);
  assert.equal(kinematicsAt(trajectory, 25.01), undefined);
  const { posEnuM, velEnuMps } = kinematicsAt(trajectory, 12.345) ?? assert.fail("gone");
  for (const [axis, value] of [73.45, 0, 92.655].entries()) assert.ok(Math.abs((posEnuM[axis] ?? Number.NaN) - value) < 1e-9);
  for (const [axis, value] of [10, 0, -1].entries()) assert.ok(Math.abs((velEnuMps[axis] ?? Number.NaN) - value) < 1e-9);
});

test("a craft pulls no harder than it can", () => {
  const trajectory = fly({ from: [0, 0, 0], startS: 0, endS: 20, accelMps2: 4 }, ({ tS }, wanted) => {
    wanted[0] = tS < 10 ? 30 : -30;
    return true;
  });
  const state = kinematicsAt(trajectory, 5) ?? assert.fail("gone");
  assert.ok(Math.abs(state.velEnuMps[0] - 20) < 1e-9);
  const { vel, stepS, count } = trajectory;
  for (let i = 1; i < count; i++) {
    const pull = Math.abs((vel[3 * i] ?? 0) - (vel[3 * i - 3] ?? 0)) / stepS;
    assert.ok(pull <= 4 + 1e-9, `${pull} m/s² at sample ${i}`);
  }
});

test("a pilot that answers false ends the flight there", () => {
  const trajectory = fly({ from: [0, 0, 50], velocity: [0, 0, -10], startS: 0, endS: 60, accelMps2: 1 }, ({ pos }, wanted) => {
    wanted[2] = -10;
    return (pos[2] ?? 0) > 0;
  });
  assert.ok(Math.abs(endS(trajectory) - 5) <= 0.4, `ended after ${endS(trajectory)} s`);
});

test("a wanderer turns, hovers and sprints within its limits", () => {
  const random = createRandom("wander");
  const pilot = wanderPilot({ headingRad: 0, cruiseMps: 15, climbs: true }, random);
  const { vel, count } = fly({ from: [0, 0, 0], startS: 0, endS: 2000, accelMps2: 4 }, pilot);
  let still = 0;
  let fast = 0;
  for (let i = 0; i < count; i++) {
    const speed = Math.hypot(vel[3 * i] ?? 0, vel[3 * i + 1] ?? 0);
    assert.ok(speed < 15 * 1.8 + 1);
    if (speed < 1) still++;
    if (speed > 19) fast++;
  }
  assert.ok(still / count > 0.05 && still / count < 0.3, `${still / count} hovering`);
  assert.ok(fast / count > 0.02 && fast / count < 0.2, `${fast / count} sprinting`);
});

test("a fenced pilot turns back and stays within a few seconds of flight of its fence", () => {
  const fence = [-500, 500, -300, 300] as const;
  const pilot = fencedPilot(wanderPilot({ headingRad: 1, cruiseMps: 15, climbs: false }, createRandom("fence")), fence);
  const { pos, count } = fly({ from: [0, 0, 50], startS: 0, endS: 300, accelMps2: 4 }, pilot);
  const reach = (axis: number) => Math.max(...Array.from({ length: count }, (_, i) => Math.abs(pos[3 * i + axis] ?? Number.NaN)));
  // A sprint of 27 m/s is stopped within v²/2a, ninety metres.
  assert.ok(reach(0) < 600 && reach(1) < 400, `${reach(0)} m, ${reach(1)} m`);
  assert.ok(reach(0) > 490 || reach(1) > 290, "it never came to the fence");
});
