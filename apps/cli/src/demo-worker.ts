import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createSimulation, demoFeeds, demoScenario, type Simulation, type WalkState } from "@picket/sim";
import { type OpenWays, openWays } from "./demo-ways.ts";

/**
 * What the thread is told at its start. It answers {@link DemoWays}, prepares the simulation, and plays it from when a
 * {@link DemoListening} says that, and where, the site listens.
 */
export type DemoStart = Readonly<{ seed: string }>;
export type DemoWays = Readonly<{ transports: OpenWays["transports"] }>;
export type DemoListening = Readonly<{ url: string }>;

const STEP_MS = 20;
const WALK_MS = 2000;

/** Sends what the simulated sensors send, each message when it is due. What was due before anyone listened is not sent, but for greetings. */
async function play(simulation: Simulation, ways: OpenWays, url: string): Promise<never> {
  for (const event of simulation.step(Date.now())) if (event.opens) ways.send(event);
  const phones = new Map<string, string>();
  let walkedMs = 0;
  for (;;) {
    const nowMs = Date.now();
    for (const event of simulation.step(nowMs)) ways.send(event);
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

const { seed } = workerData as DemoStart;
const port = parentPort as MessagePort;
const listening = once(port, "message");
const ways = await openWays(demoFeeds.map(({ id }) => id));
port.postMessage({ transports: ways.transports } satisfies DemoWays);
const simulation = createSimulation(demoScenario(), seed, Date.now());
const [{ url }] = (await listening) as [DemoListening];
await play(simulation, ways, url);
