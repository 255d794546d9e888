import type { CotEvent } from "@picket/cot";
import type { Alert, Reality, Zone } from "@picket/model";
import { cotAlert, isStanding } from "./cot-alert.ts";
import { cotPerson } from "./cot-person.ts";
import { cotSensor, sensorStamp } from "./cot-sensor.ts";
import { cotOperator, cotTrack, cotUid, operatorOf } from "./cot-track.ts";
import { type ZoneDrawing, zoneDrawings } from "./cot-zone.ts";
import type { ReleasedPicture } from "./release.ts";
import type { ShareWords } from "./share-words.ts";

/** One thing as it is to be shown now. `stamp` differs when there is news of it. */
export type CotSubject = Readonly<{
  uid: string;
  /** What the record of releases calls it. */
  thing: string;
  stamp: string;
  reality: Reality;
  /** A marker that is not renewed goes after this. */
  staleMs: number;
  alert?: Alert;
  make(): CotEvent;
}>;

/** What changes seldom is renewed seldom: in units of the time that a track's marker stays. */
const SENSOR_STALES = 3;
const ZONE_STALES = 9;

/** Everything that is to stand on a partner's map now, as the words and the time that its markers stay have it. */
export function createCotSubjects(words: ShareWords, staleMs: number) {
  /** A zone's drawings, for as long as the zone is not changed. */
  const drawings = new WeakMap<Zone, Readonly<{ stamp: string; parts: readonly ZoneDrawing[] }>>();
  let zonesDrawn = 0;

  const drawingsOf = (zone: Zone, site: ReleasedPicture["site"]) => {
    const known = drawings.get(zone);
    if (known) return known;
    const drawn = { stamp: String(++zonesDrawn), parts: zoneDrawings(zone, site) };
    drawings.set(zone, drawn);
    return drawn;
  };

  function* tracks(picture: ReleasedPicture): Generator<CotSubject> {
    const { site } = picture;
    for (const track of picture.tracks) {
      const { id, reality, measuredMs } = track;
      const stamp = `${measuredMs} ${track.affiliation} ${track.confirmed}`;
      yield { uid: cotUid(site, id), thing: id, stamp, reality, staleMs, make: () => cotTrack(track, picture, words, staleMs) };
      const operator = operatorOf(track);
      if (!operator) continue;
      const thing = `${id}-operator`;
      const make = () => cotOperator(track, operator, picture, words, staleMs);
      yield { uid: cotUid(site, thing), thing, stamp: String(measuredMs), reality, staleMs, make };
    }
  }

  function* site(picture: ReleasedPicture): Generator<CotSubject> {
    const { site: own, siteReality: reality, zones, sensors, persons } = picture;
    for (const person of persons) {
      const { position } = person;
      if (!position) continue;
      const thing = `person-${person.id}`;
      const make = () => cotPerson({ ...person, position }, picture, words, staleMs);
      yield { uid: cotUid(own, thing), thing, stamp: String(position.measuredMs), reality, staleMs, make };
    }
    for (const sensor of sensors) {
      const thing = `sensor-${sensor.sensor.id}`;
      const longer = SENSOR_STALES * staleMs;
      const make = () => cotSensor(sensor, picture, words, longer);
      yield { uid: cotUid(own, thing), thing, stamp: sensorStamp(sensor), reality: sensor.reality, staleMs: longer, make };
    }
    for (const zone of zones) {
      const { stamp, parts } = drawingsOf(zone, own);
      const longer = ZONE_STALES * staleMs;
      for (const part of parts) {
        const { thing } = part;
        yield { uid: cotUid(own, thing), thing, stamp, reality, staleMs: longer, make: () => part.make(picture, words, longer) };
      }
    }
  }

  return function* subjects(picture: ReleasedPicture): Generator<CotSubject> {
    for (const alert of picture.alerts.filter(isStanding)) {
      const stamp = `${alert.revision} ${alert.tracks.length}`;
      const make = () => cotAlert(alert, picture, words, staleMs);
      yield { uid: cotUid(picture.site, alert.id), thing: alert.id, stamp, reality: alert.reality, staleMs, alert, make };
    }
    yield* tracks(picture);
    yield* site(picture);
  };
}
