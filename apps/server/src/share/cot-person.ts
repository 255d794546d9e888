import { type CotEvent, detailElements } from "@picket/cot";
import type { PersonState } from "@picket/model";
import { OPEX } from "./cot-mark.ts";
import { cotPlace } from "./cot-place.ts";
import { cotUid } from "./cot-track.ts";
import type { ReleasedPicture } from "./release.ts";
import type { ShareWords } from "./share-words.ts";

/** Somebody on foot, of our own. */
const OWN_PERSON = "a-f-G-U-C";
const LONGEST_REMARKS = 300;

type PlacedPerson = PersonState & Required<Pick<PersonState, "position">>;

/** A protected person's own place, as their phone or their post has it. */
export function cotPerson(person: PlacedPerson, picture: ReleasedPicture, words: ShareWords, staleMs: number): CotEvent {
  const { position } = person;
  const { site, siteReality: reality } = picture;
  const nowMs = Math.round(picture.nowMs);
  const ageS = position.fixed ? 0 : Math.max(0, (nowMs - position.measuredMs) / 1000);
  const text = words.text(reality, [words.say("person", { site: site.name, sigmaM: position.sigmaM, ageS })], LONGEST_REMARKS);
  return {
    uid: cotUid(site, `person-${person.id}`),
    type: OWN_PERSON,
    how: reality === "live" ? (position.fixed ? "h-e" : "m-g") : "m-s",
    opex: OPEX[reality],
    timeMs: nowMs,
    startMs: nowMs,
    staleMs: nowMs + staleMs,
    point: { ...cotPlace(position), circularErrorM: Math.ceil(position.sigmaM) },
    detail: detailElements({ contact: { callsign: words.name(reality, person.name) }, remarks: { text, timeMs: nowMs } }),
  };
}
