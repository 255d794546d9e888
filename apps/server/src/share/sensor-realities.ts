import { leastReal, mostReal, type Reality, type SensorId, type Site } from "@picket/model";

/** What a feed's detections are, and the sensor that it alone speaks for, if any. */
export type FeedReality = Readonly<{ sensor?: SensorId | undefined; reality: Reality }>;

/** A sensor is as real as the most real feed that speaks for it; one of no feed's own is as the least real that might. */
export function sensorRealities(sensors: Site["sensors"], feeds: readonly FeedReality[]): ReadonlyMap<SensorId, Reality> {
  const ofSite = mostReal(feeds.map(({ reality }) => reality));
  const common = feeds.filter(({ sensor }) => sensor === undefined).map(({ reality }) => reality);
  return new Map(
    sensors.map(({ id }) => {
      const own = feeds.filter(({ sensor }) => sensor === id).map(({ reality }) => reality);
      return [id, own.length > 0 ? mostReal(own) : common.reduce(leastReal, ofSite)];
    }),
  );
}
