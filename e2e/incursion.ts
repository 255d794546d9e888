import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { personId, type Scenario, type SimulatedObject, type Site } from "@picket/model";
import { createSimulation, demoFeeds, demoScenario, demoSite } from "@picket/sim";

const STEP_MS = 20;
/** Where the person with the phone stands: below the levee, on the way of what comes. */
export const PERSON = { id: "patrol-3", latDeg: 32.5465, lonDeg: -117.05 } as const;

/** Everything goes by datagrams here: nodes speak JSON Lines instead of SAPIENT. */
const IN_LINES: Readonly<Record<string, { protocol: "detections" }>> = { sapient: { protocol: "detections" } };

export type Ports = Readonly<Record<string, number>>;

/** The demonstration's site with one person to be warned, and a port for each of its feeds. */
export async function incursionSite(): Promise<Readonly<{ site: Site; feeds: readonly unknown[]; ports: Ports }>> {
  const site = demoSite();
  const persons = site.persons.filter(({ id }) => id === personId.parse(PERSON.id));
  const ports = await freePorts(demoFeeds.map(({ id }) => id));
  const feeds = demoFeeds.map((feed) => ({
    ...feed,
    ...IN_LINES[feed.protocol],
    transport: { kind: "udp", port: ports[feed.id] },
  }));
  return { site: { ...site, persons }, feeds, ports };
}

/** Harmless birds, and after six seconds a drone from the south, low and fast at the person; it is not seen again. */
function incursion(): Scenario {
  const scenario = demoScenario();
  const birds = scenario.objects.filter(({ class: kind }) => kind === "bird");
  const drone = scenario.objects.find(({ id }) => id === "fpv");
  if (!drone) throw new Error("The demonstration's story has no drone that runs at a person");
  const atOnce: SimulatedObject = { ...drone, fromS: 6, toS: 6 + drone.toS - drone.fromS };
  const sensors = scenario.sensors.map(({ speaks, ...sensor }) =>
    speaks && speaks !== "sapient" ? { ...sensor, speaks } : sensor,
  );
  return { ...scenario, name: "Incursion", durationS: 3600, loops: false, sensors, objects: [...birds, atOnce], walks: [] };
}

/** Sends, from now on, what every sensor of the site would send. */
export function playIncursion(ports: Ports): Readonly<{ stop(): void }> {
  const socket = createSocket("udp4");
  const simulation = createSimulation(incursion(), "incursion", Date.now());
  const timer = setInterval(() => {
    for (const { feed, bytes } of simulation.step(Date.now())) socket.send(bytes, ports[feed], "127.0.0.1");
  }, STEP_MS);
  return {
    stop() {
      clearInterval(timer);
      socket.close();
    },
  };
}

/** A free UDP port for each name; all are held at once, so that no two are the same. */
async function freePorts(names: readonly string[]): Promise<Ports> {
  const sockets: readonly Socket[] = names.map(() => createSocket("udp4").bind(0, "127.0.0.1"));
  await Promise.all(sockets.map((socket) => once(socket, "listening")));
  const ports = Object.fromEntries(names.map((name, i) => [name, sockets[i]?.address().port ?? 0]));
  await Promise.all(sockets.map((socket) => once(socket.close(), "close")));
  return ports;
}
