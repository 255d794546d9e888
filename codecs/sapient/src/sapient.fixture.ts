import type { NodeStatus } from "./edge-session.ts";
import type { DetectionReport, Registration, SapientMessage } from "./shapes.ts";

export const NODE_ID = "3d1ffd1b-cc01-4c26-a7e8-bf4da3d393b8";
export const OTHER_NODE_ID = "a8654cdf-4328-47de-81fa-c495589e30c9";
export const FUSION_NODE_ID = "6f582b41-6c88-481c-bb0f-6021a1739f57";
export const C2_NODE_ID = "cee8b0c3-b739-49f5-9bd4-b5353b5ebb98";
export const ULID = "01HPQXZ3N5T8VY2W4K6M9R0ABC";
export const NOW_MS = 1_767_323_045_678;

/** The least that a radar must say of itself. */
export const registration: Registration = {
  nodeDefinition: [{ nodeType: "RADAR" }],
  icdVersion: "BSI Flex 335 v2.0",
  capabilities: [{ category: "Detection", type: "Range" }],
  statusDefinition: { statusInterval: { units: "SECONDS", value: 5 } },
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
  configData: [{ manufacturer: "Example", model: "R1" }],
};

export const status: NodeStatus = { system: "OK", mode: "Default" };

export const detection: Omit<DetectionReport, "reportId"> = {
  objectId: ULID,
  location: { x: -117.0382, y: 32.5443, z: 120, coordinateSystem: "LAT_LNG_DEG_M", datum: "WGS84_E" },
  detectionConfidence: 0.75,
};

export const statusMessage = (more: object = {}): SapientMessage => ({
  timestamp: NOW_MS,
  nodeId: NODE_ID,
  statusReport: { ...status, reportId: ULID, info: "NEW", ...more },
});
