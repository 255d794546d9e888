import { distanceM } from "@picket/geo";
import type { Site, ZoneShape } from "@picket/model";
import { areaOf } from "@picket/pipeline";
import type { SiteConfiguration } from "./read-configuration.ts";

/** Beyond this nothing at the site is watched or protected by it. */
const FAR_M = 100_000;

/** What is configured so far from the site that its place is probably mistaken: as GeoJSON has them, longitude comes first. */
export function placeNotices({ site }: SiteConfiguration): readonly string[] {
  const places = [
    ...site.sensors.map((sensor) => ({ name: `Sensor ${sensor.id}`, awayM: distanceM(site, sensor) })),
    ...site.zones.map((zone) => ({ name: `Zone ${zone.id}`, awayM: toAreaM(site, zone.shape) })),
    ...site.persons.flatMap(({ id, fixed }) => (fixed ? [{ name: `Person ${id}`, awayM: distanceM(site, fixed) }] : [])),
    ...site.authorisations.map(({ id, area }) => ({ name: `Authorisation ${id}`, awayM: toAreaM(site, area) })),
    ...site.landmarks.map((landmark) => ({ name: `Landmark ${landmark.name}`, awayM: distanceM(site, landmark) })),
  ];
  return places
    .filter(({ awayM }) => awayM > FAR_M)
    .map(({ name, awayM }) => `${name} lies ${kilometres(awayM)} from the site: are latitude and longitude exchanged?`);
}

function toAreaM(site: Site, shape: ZoneShape): number {
  const area = areaOf(shape);
  return !area || area.contains(site) ? 0 : area.nearest(site).distanceM;
}

const kilometres = (metres: number): string => `${Math.round(metres / 1000).toLocaleString("en-US")} km`;
