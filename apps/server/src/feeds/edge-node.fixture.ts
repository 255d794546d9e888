import { connect, type Socket } from "node:net";
import {
  createEdgeSession,
  createFrameDecoder,
  type DetectionReport,
  type EdgeSession,
  encodeFrame,
  encodeMessage,
  type NodeStatus,
  type Registration,
  type SapientMessage,
  type UpperEvent,
} from "@picket/sapient";

export type EdgeNode = Readonly<{
  session: EdgeSession;
  /** What came from above, in order. */
  heard: UpperEvent[];
  send(messages: readonly SapientMessage[] | undefined): void;
  detect(reports: readonly Omit<DetectionReport, "reportId">[]): void;
  /** Says goodbye, and nothing more. */
  leave(): void;
  /** Ends the connection without a word. */
  drop(): void;
}>;

export const STATUS: NodeStatus = { system: "OK", mode: "Default" };

/** The least that a node says of itself. */
export const registrationOf = (nodeType: "RADAR" | "PASSIVE_RF" | "ACOUSTIC", intervalS: number): Registration => ({
  nodeDefinition: [{ nodeType }],
  icdVersion: "BSI Flex 335 v2.0",
  capabilities: [{ category: "Detection", type: "Range" }],
  statusDefinition: { statusInterval: { units: "SECONDS", value: intervalS } },
  modeDefinition: [
    {
      modeName: "Default",
      modeType: "PERMANENT",
      settleTime: { units: "SECONDS", value: 1 },
      task: {
        regionDefinition: {
          regionType: ["AREA_OF_INTEREST"],
          regionArea: [{ locationUnits: "LAT_LNG_DEG_M", locationDatum: "WGS84_E" }],
        },
      },
    },
  ],
  configData: [{ manufacturer: "Example", model: "E1" }],
});

/** An edge node on a connection of its own, which registers at once and speaks at its interval. */
export function edgeNode(port: number, nodeId: string, registration: Registration): EdgeNode {
  const statusIntervalMs = registration.statusDefinition.statusInterval.value * 1000;
  let drawn = 0;
  const random = () => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, drawn >> 8, drawn++ & 255);
  const session = createEdgeSession({ nodeId, registration, statusIntervalMs, random });
  const heard: UpperEvent[] = [];
  const socket: Socket = connect({ port, host: "127.0.0.1" });
  const send = (messages: readonly SapientMessage[] = []) => {
    if (messages.length > 0) socket.write(Buffer.concat(messages.map((message) => encodeFrame(encodeMessage(message)))));
  };
  const frames = createFrameDecoder();
  const tick = () => send(session.tick(Date.now(), STATUS));
  const timer = setInterval(tick, 20);
  socket.on("connect", tick);
  socket.on("data", (octets) => {
    for (const item of frames.push(octets)) {
      if (item.kind === "lost") return void socket.destroy();
      const turn = session.receive(item.octets, Date.now());
      heard.push(...turn.events);
      send(turn.messages);
    }
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => clearInterval(timer));
  return {
    session,
    heard,
    send,
    detect: (reports) => send(session.detections(reports, Date.now())),
    leave() {
      clearInterval(timer);
      send(session.goodbye(Date.now(), STATUS));
    },
    drop: () => void socket.destroy(),
  };
}
