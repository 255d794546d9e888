import { type FeedId, feedId, type SensorId, sensorId } from "@picket/model";

/** A feed as the demonstration needs it: what it speaks, and the sensor it stands for. Whoever runs it chooses the ports. */
export type DemoFeed = Readonly<{
  id: FeedId;
  protocol: "asterix" | "sapient" | "remote-id" | "detections" | "dragonsync" | "adsb";
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

/** What sensors send that name themselves. */
const sharedFeed = (id: FeedId, protocol: DemoFeed["protocol"]): DemoFeed => ({
  id,
  protocol,
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

/** Both radars in one multicast group, and the nodes, each on a connection of its own. */
export const RADARS_FEED: FeedId = feedId.parse("radars");
export const NODES_FEED: FeedId = feedId.parse("nodes");
/** Where a receiver of captures says that it works: while nobody broadcasts it has nothing else to say. */
export const STATUS_FEED: FeedId = feedId.parse("rid-status");

/**
 * Two radars that speak ASTERIX, three direction finders and an acoustic array that speak SAPIENT, a Remote ID kit that publishes JSON and
 * its own state, a Remote ID receiver that sends captures, and an ADS-B receiver that serves a page; those with a feed of their own are
 * named as their sensor. What the receiver of captures says of itself comes apart.
 */
export const demoFeeds: readonly DemoFeed[] = [
  sharedFeed(RADARS_FEED, "asterix"),
  sharedFeed(NODES_FEED, "sapient"),
  ownFeed("rid-1", "dragonsync"),
  ownFeed("rid-2", "remote-id", QUIET_S),
  ownFeed("adsb-1", "adsb"),
  sharedFeed(STATUS_FEED, "detections"),
];
