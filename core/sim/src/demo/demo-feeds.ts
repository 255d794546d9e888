import { type FeedId, feedId, type SensorId, sensorId } from "@picket/model";

/** A feed as the demonstration needs it: what it speaks, and the sensor it stands for. Whoever runs it chooses the ports. */
export type DemoFeed = Readonly<{
  id: FeedId;
  protocol: "remote-id" | "detections";
  sensor?: SensorId;
  reality: "simulated";
  owner: string;
  legalBasis: string;
  silentAfterS?: number;
}>;

const OWNER = "Picket demonstration";
/** While nobody broadcasts nothing is heard: hours of it are no fault. */
const QUIET_S = 6 * 3600;
const LEGAL_BASIS = "Simulated: nothing is received from the air";

const lines = (id: string): DemoFeed => ({
  id: feedId.parse(id),
  protocol: "detections",
  reality: "simulated",
  owner: OWNER,
  legalBasis: LEGAL_BASIS,
});

const captures = (id: string): DemoFeed => ({
  id: feedId.parse(id),
  protocol: "remote-id",
  sensor: sensorId.parse(id),
  reality: "simulated",
  owner: OWNER,
  legalBasis: LEGAL_BASIS,
  silentAfterS: QUIET_S,
});

/** Where the Remote ID receivers say that they work: while nobody broadcasts they have nothing else to say. */
export const STATUS_FEED: FeedId = feedId.parse("rid-status");

/**
 * Two radars and three direction finders that send JSON Lines, and two Remote ID receivers that send captures; each is named as its
 * sensor. What the receivers say of themselves comes apart.
 */
export const demoFeeds: readonly DemoFeed[] = [
  lines("radar-1"),
  lines("radar-2"),
  lines("df-1"),
  lines("df-2"),
  lines("df-3"),
  captures("rid-1"),
  captures("rid-2"),
  lines(STATUS_FEED),
];
