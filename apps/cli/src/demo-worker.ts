import { createSocket } from "node:dgram";
import { setTimeout as sleep } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { createSimulation, demoScenario, type WalkState } from "@picket/sim";

export type DemoStart = Readonly<{ seed: string; ports: Readonly<Record<string, number>>; url: string }>;

const STEP_MS = 20;
const WALK_MS = 2000;

/** Sends what the simulated sensors send, each datagram when it is due. */
async function play({ seed, ports, url }: DemoStart): Promise<never> {
  const socket = createSocket("udp4");
  const simulation = createSimulation(demoScenario(), seed, Date.now());
  const phones = new Map<string, string>();
  let walkedMs = 0;
  for (;;) {
    const nowMs = Date.now();
    for (const { feed, bytes } of simulation.step(nowMs)) socket.send(bytes, ports[feed], "127.0.0.1");
    if (nowMs - walkedMs >= WALK_MS) {
      walkedMs = nowMs;
      for (const walk of simulation.walks(nowMs)) await tellPosition(url, phones, walk, nowMs);
    }
    await sleep(STEP_MS);
  }
}

/** Does what a phone does: is enrolled once by a one-time code, then tells where it is. */
async function tellPosition(url: string, phones: Map<string, string>, walk: WalkState, measuredMs: number): Promise<void> {
  const { person, latDeg, lonDeg, sigmaM } = walk;
  const cookie = phones.get(person) ?? (await enrol(url, person));
  phones.set(person, cookie);
  const id = `walk-${person}-${measuredMs}`;
  await post(`${url}/api/field/commands`, { kind: "personPosition", id, person, latDeg, lonDeg, sigmaM, measuredMs }, cookie);
}

async function enrol(url: string, person: string): Promise<string> {
  const offered = await post(`${url}/api/persons/${person}/enrolment`, {});
  const { url: link } = (await offered.json()) as { url: string };
  const taken = await post(`${url}/api/field/enrolment`, { token: link.split("#")[1] });
  return taken.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function post(url: string, body: unknown, cookie = ""): Promise<Response> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie && { cookie }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response;
}

await play(workerData as DemoStart);
