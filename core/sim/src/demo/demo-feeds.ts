import { type FeedId, feedId, type SensorId, sensorId } from "@picket/model";

/** A feed as the demonstration needs it: what it speaks, and the sensor it stands for. Whoever runs it chooses the ports. */
export type DemoFeed = Readonly<{
  id: FeedId;
  protocol: "remote-id" | "detections" | "dragonsync" | "adsb";
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

/** What one receiver sends, heard as that sensor. */
const ownFeed = (id: string, protocol: DemoFeed["protocol"], silentAfterS?: number): DemoFeed => ({
  id: feedId.parse(id),
  protocol,
  sensor: sensorId.parse(id),
  reality: "simulated",
  owner: OWNER,
  legalBasis: LEGAL_BASIS,
  ...(silentAfterS !== undefined && { silentAfterS }),
});

/** Where a receiver of captures says that it works: while nobody broadcasts it has nothing else to say. */
export const STATUS_FEED: FeedId = feedId.parse("rid-status");

/**
 * Two radars and three direction finders that send JSON Lines, a Remote ID kit that publishes JSON and its own state, a Remote ID
 * receiver that sends captures, and an ADS-B receiver that serves a page; each is named as its sensor. What the receiver of captures
 * says of itself comes apart.
 */
export const demoFeeds: readonly DemoFeed[] = [
  lines("radar-1"),
  lines("radar-2"),
  lines("df-1"),
  lines("df-2"),
  lines("df-3"),
  ownFeed("rid-1", "dragonsync"),
  ownFeed("rid-2", "remote-id", QUIET_S),
  ownFeed("adsb-1", "adsb"),
  lines(STATUS_FEED),
];
