import type { GeoPoint } from "@picket/geo";
import type { Input, Site } from "@picket/model";

/** True for a site that nobody has placed yet: it stands at 0°, 0°, in the open sea. */
const isUnplaced = ({ latDeg, lonDeg }: GeoPoint): boolean => latDeg === 0 && lonDeg === 0;

/**
 * A site run without configuration stands where the first thing it hears of is: the site with that place, its unplaced sensors
 * too, or undefined when the site has a place or nothing with a place was heard.
 */
export function placeSite(site: Site, inputs: readonly Input[]): Site | undefined {
  if (!isUnplaced(site)) return undefined;
  for (const input of inputs) {
    const positions = input.kind === "scan" ? input.detections.map(({ measurement }) => measurement) : [];
    const first = positions.find((measurement) => measurement.kind === "position");
    if (!first) continue;
    const at = { latDeg: first.latDeg, lonDeg: first.lonDeg };
    const sensors = site.sensors.map((sensor) => (isUnplaced(sensor) ? { ...sensor, ...at } : sensor));
    return { ...site, ...at, name: "Unconfigured site, where the first track was heard", sensors };
  }
  return undefined;
}
