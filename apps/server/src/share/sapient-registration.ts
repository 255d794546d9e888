import type { AssessedTrack } from "@picket/model";
import type { Registration } from "@picket/sapient";
import type { ReleasedPicture } from "./release.ts";

/** The only mode there is: the site's sensors are not changed from outside. */
export const MODE = "Default";
/** What a track may be seen to do. */
const BEHAVIOURS: Readonly<Record<AssessedTrack["assessment"]["behaviours"][number], true>> = {
  approach: true,
  loiter: true,
  orbit: true,
  dive: true,
  hover: true,
  reconnaissance: true,
  swarm: true,
};
const COORDINATES = { locationUnits: "LAT_LNG_DEG_M", locationDatum: "WGS84_E" } as const;

/** What Picket says of itself to the node above: a fusion node that reports tracks, with the classes and units in which it does. */
export const registrationOf = ({ name }: ReleasedPicture["site"], statusIntervalS: number, version: string): Registration => ({
  nodeDefinition: [{ nodeType: "FUSION_NODE" }],
  icdVersion: "BSI Flex 335 v2.0",
  name: `Picket, ${name}`,
  shortName: "Picket",
  capabilities: [{ category: "Fusion", type: "Low-altitude air picture" }],
  statusDefinition: { statusInterval: { units: "SECONDS", value: statusIntervalS }, locationDefinition: COORDINATES },
  modeDefinition: [
    {
      modeName: MODE,
      modeType: "PERMANENT",
      settleTime: { units: "SECONDS", value: 0 },
      maximumLatency: { units: "SECONDS", value: 1 },
      trackingType: "TRACK",
      detectionDefinition: [
        {
          locationType: COORDINATES,
          detectionReport: [
            { category: "OBJECT", type: "reality", units: "live, exercise, simulated, test or replay" },
            { category: "OBJECT", type: "affiliation", units: "unknown, neutral, friend or suspect" },
            { category: "OBJECT", type: "quality", units: "text" },
            { category: "OBJECT", type: "count", units: "objects" },
            { category: "TRACK", type: "sensors", units: "names" },
          ],
          detectionClassDefinition: [
            {
              confidenceDefinition: "MULTI_CLASS",
              classDefinition: [
                {
                  type: "Air Vehicle",
                  units: "probability",
                  subClass: [
                    { type: "UAV Rotary Wing", units: "probability", level: 1 },
                    { type: "UAV Fixed Wing", units: "probability", level: 1 },
                  ],
                },
                { type: "Animal", units: "probability", subClass: [{ type: "Bird", units: "probability", level: 1 }] },
                { type: "Unknown", units: "probability" },
              ],
            },
          ],
          behaviourDefinition: Object.keys(BEHAVIOURS).map((type) => ({ type })),
          velocityType: { enuVelocityUnits: { eastNorthRateUnits: "MS", upRateUnits: "MS" }, locationDatum: "WGS84_E" },
        },
      ],
      task: { concurrentTasks: 1, regionDefinition: { regionType: ["AREA_OF_INTEREST"], regionArea: [COORDINATES] } },
    },
  ],
  configData: [{ manufacturer: "Picket", model: "Picket", softwareVersion: version }],
});
