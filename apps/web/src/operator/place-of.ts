import type { Alert, Place } from "@picket/model";
import type { Picture } from "../picture/picture.ts";

/** Where an alert is: its first track that is still there, else the place it names, its person's or its sensor's. */
export function placeOf(alert: Alert, { tracks, persons, site }: Picture): Place | undefined {
  const track = alert.tracks.map((id) => tracks.get(id)).find((found) => found !== undefined);
  const person = alert.person && persons.get(alert.person)?.position;
  return track ?? alert.place ?? person ?? site.sensors.find(({ id }) => id === alert.sensor);
}
