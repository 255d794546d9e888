import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input, Scan, Sensor } from "@picket/model";
import { joinPlots } from "./join-plots.ts";

const sensor = (id: string, more: Partial<Sensor> = {}): Sensor =>
  ({ id, name: id, kind: "radar", latDeg: 0, lonDeg: 0, rangeMaxM: 5000, revisitMs: 1000, ...more }) as Sensor;
const SENSORS = [
  sensor("one"),
  sensor("two"),
  sensor("fast", { revisitMs: 20 }),
  sensor("ears", { kind: "acoustic" }),
  sensor("rid", { kind: "remoteId" }),
];
const plot = (id: string, measuredMs: number, more: Partial<Scan> = {}): Scan =>
  ({
    kind: "scan",
    sensor: id,
    measuredMs,
    measuredSigmaMs: 5,
    receivedMs: measuredMs + 1,
    reality: "live",
    detections: [{ measurement: { kind: "polar", rangeM: measuredMs } }],
    ...more,
  }) as unknown as Scan;
const sizes = (inputs: readonly Input[]) =>
  joinPlots(inputs, SENSORS).map((input) => (input.kind === "scan" ? `${input.sensor} ${input.detections.length}` : input.kind));

test("plots of one radar within ten milliseconds are one look, at their mean time", () => {
  const [look, next] = joinPlots([plot("one", 100), plot("one", 104), plot("one", 108), plot("one", 111)], SENSORS) as Scan[];
  assert.deepEqual([look?.detections.length, look?.measuredMs, look?.receivedMs, next?.measuredMs], [3, 104, 109, 111]);
  assert.deepEqual(
    look?.detections.map(({ measurement }) => (measurement as { rangeM: number }).rangeM),
    [100, 104, 108],
  );
});

test("what is no plot, and what lies between, keeps its place", () => {
  const command = { kind: "command", command: {} } as unknown as Input;
  assert.deepEqual(sizes([plot("one", 1), plot("two", 1), plot("one", 2), command, plot("one", 3), plot("one", 4)]), [
    "one 1",
    "two 1",
    "one 1",
    "command",
    "one 2",
  ]);
  const empty = plot("one", 2, { detections: [] });
  const many = plot("one", 3, { detections: [...plot("one", 3).detections, ...plot("one", 3).detections] });
  assert.deepEqual(sizes([plot("one", 1), empty, plot("one", 2), many, plot("one", 3)]), [
    "one 1",
    "one 0",
    "one 1",
    "one 2",
    "one 1",
  ]);
});

test("another reality, a sector, a sensor that is no radar or comes back at once are left alone", () => {
  const sector = { azimuthFromRad: 0, azimuthToRad: 1 };
  assert.deepEqual(sizes([plot("one", 1), plot("one", 1, { reality: "exercise" })]), ["one 1", "one 1"]);
  assert.deepEqual(sizes([plot("one", 1, { sector }), plot("one", 1, { sector })]), ["one 1", "one 1"]);
  for (const id of ["fast", "ears", "stranger"]) assert.deepEqual(sizes([plot(id, 1), plot(id, 1)]), [`${id} 1`, `${id} 1`]);
  assert.deepEqual(sizes([]), []);
});

test("places of different senders that one receiver hears at once are one look, each after what it claims", () => {
  const heard = (name: string, measuredMs: number) =>
    plot("rid", measuredMs, { detections: [{ claims: [{ kind: "serial", value: name }] }] as unknown as Scan["detections"] });
  const claim = { kind: "claim" } as unknown as Input;
  const flood = Array.from({ length: 100 }, (_, i) => [claim, heard(`forged-${i}`, i % 40)]).flat();
  assert.deepEqual(sizes(flood), [...Array.from({ length: 100 }, () => "claim"), "rid 100"]);
  assert.deepEqual(sizes([heard("a", 1), heard("b", 2), heard("a", 3), heard("b", 300)]), ["rid 2", "rid 1", "rid 1"]);
});
