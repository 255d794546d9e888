import type { Phrase } from "@picket/model";

/** What a parameter of a sentence holds: words to show as they are, a number with its unit in the name, or one of a few words to translate. */
export type ParamKind = "text" | "number" | "word";

/**
 * Every sentence the pipeline can say: code → parameters. The reader's side holds one template per code and language; this table is
 * the only list of codes, so a template that is missing or has other parameters is found by comparing with it.
 *
 * `word` parameters hold a word of the model (`objectClass`, `affiliation`, `moving`, `looks`, `level`, `state`) that is translated apart.
 */
export const PHRASES = {
  // Titles of alerts.
  "alert.zoneEntry": { zone: "text" },
  "alert.zoneEntrySome": { zone: "text", about: "number", inside: "number" },
  "alert.zoneEntryMany": { zone: "text", about: "number", atLeast: "number" },
  "alert.zoneApproach": { zone: "text" },
  "alert.zoneApproachMany": { zone: "text", about: "number", atLeast: "number" },
  "alert.personThreatened": { person: "text" },
  "alert.personThreatenedMany": { person: "text", about: "number", atLeast: "number" },
  "alert.possibleDrone": { person: "text" },
  "alert.possibleDroneZone": { zone: "text" },
  "alert.heardUnplaced": { sensor: "text" },
  "alert.sighting": { by: "text", count: "number" },
  "alert.sightingBearing": { by: "text", count: "number", bearingDeg: "number" },
  "alert.sightingMany": { reports: "number", count: "number" },
  "alert.remoteIdContradicted": { identity: "text" },
  "alert.remoteIdContradictedMany": { count: "number" },
  "alert.sensorSilent": { sensor: "text" },
  "alert.sensorNeverHeard": { sensor: "text" },
  "alert.sensorFailed": { sensor: "text" },
  "alert.clockBad": { sensor: "text" },
  "alert.sensorTurned": { sensor: "text" },
  "alert.sensorLost": { sensor: "text" },
  "alert.ownClockBad": {},
  "alert.recordingStopped": {},
  "alert.recordDamaged": {},
  "alert.stateLost": {},
  "alert.personNeedsHelp": { person: "text" },

  // Why a level, an alert or a warning was given.
  "reason.insideZone": { zone: "text" },
  "reason.heightUndecided": { zone: "text" },
  "reason.entersZone": { zone: "text", entryS: "number", probability: "number" },
  "reason.reachesPerson": { person: "text", closestM: "number", arrivalS: "number", probability: "number" },
  "reason.overPerson": { person: "text", distanceM: "number" },
  "reason.placeOld": { person: "text", ageS: "number" },
  "reason.notConfirmed": { existence: "number" },
  "reason.byOwnWord": {},
  "reason.saysGrounded": {},
  "reason.saysAircraft": { identity: "text" },
  "reason.declarationDoubted": { by: "text" },
  "reason.diving": { descentMps: "number", speedMps: "number" },
  "reason.hovering": { forS: "number" },
  "reason.loitering": { radiusM: "number", forS: "number" },
  "reason.orbiting": { radiusM: "number", turns: "number" },
  "reason.reconnaissance": { zone: "text", lengthM: "number" },
  "reason.swarm": { about: "number", atLeast: "number" },
  "reason.likelyClass": { objectClass: "word", probability: "number" },
  "reason.declaredClass": { by: "text", objectClass: "word", confidence: "number" },
  "reason.declaredAffiliation": { by: "text", affiliation: "word", confidence: "number" },
  "reason.identityContradicted": { identity: "text" },
  "reason.authorisedNotCheckedIn": { holder: "text" },
  "reason.authorisedUnbound": { holder: "text" },
  "reason.authorisedOutsideArea": { holder: "text" },
  "reason.authorisedOutsideTime": { holder: "text" },
  "reason.authorisedTooHigh": { holder: "text" },
  "reason.authorisedHeightUnknown": { holder: "text" },
  "reason.twoBearers": { identity: "text" },
  "reason.lostContact": { lastSeenS: "number" },
  "reason.restart": {},
  "reason.warningUnseen": { person: "text", waitedS: "number" },
  "reason.warningOpen": { person: "text" },
  "reason.alarmFlood": { inTenMinutes: "number" },
  "reason.outOfService": {},
  "reason.sighted": { by: "text", agoS: "number", count: "number", looks: "word", moving: "word" },
  "reason.sightingNote": { by: "text", note: "text" },
  "reason.heardWithin": { sensor: "text", radiusM: "number" },
  "reason.heardBearing": { sensor: "text", bearingDeg: "number" },
  "reason.heardAroundPerson": { person: "text" },
  "reason.heardAroundZone": { zone: "text" },
  "reason.sensorSilent": { sensor: "text", silentS: "number" },
  "reason.sensorNeverHeard": { sensor: "text", waitedS: "number" },
  "reason.sensorFailed": { sensor: "text", detail: "text" },
  "reason.sensorTurned": { sensor: "text", references: "number", offDeg: "number", offM: "number" },
  "reason.sensorLost": { missing: "number", sensor: "text" },
  "reason.clockAhead": { sensor: "text", offsetS: "number" },
  "reason.clockBehind": { sensor: "text", offsetS: "number" },
  "reason.takenAsArrived": {},
  "reason.ownClock": { aheadS: "number" },
  "reason.ownClockSetBack": { backS: "number" },
  "reason.recordingStopped": {},
  "reason.recordDamaged": { finding: "text" },
  "reason.stateLostNewest": {},
  "reason.stateLostDecisions": {},
  "reason.stateLostAll": {},
  "reason.needsHelp": { person: "text" },

  // Why an alert closed without somebody closing it.
  "closed.returned": {},
  "closed.volumeWatched": { watchedS: "number" },
  "closed.lostContactExpired": { afterS: "number" },
  "closed.unownedExpired": { afterH: "number" },
  "closed.outOfService": {},
  "closed.bounded": { limit: "number" },

  // What would refute an assessment or an alert.
  "refute.leavesZone": { zone: "text" },
  "refute.turnsAway": {},
  "refute.heightMeasured": { zone: "text" },
  "refute.classedHarmless": {},
  "refute.friendBound": { identity: "text" },
  "refute.seenNoMore": {},
  "refute.objectAtClaim": { identity: "text" },
  "refute.sensorHeard": { sensor: "text" },
  "refute.sensorWorks": { sensor: "text" },
  "refute.sensorFindsThem": { sensor: "text" },
  "refute.sensorAccepted": { sensor: "text" },
  "refute.clockAgrees": { sensor: "text" },
  "refute.watchedBySensor": {},
  "refute.ownClockSteps": {},
  "refute.recordingResumes": {},
  "refute.personSafe": { person: "text" },

  // For and against a broadcast identity.
  "truth.sensorAgrees": { sensor: "text", looks: "number" },
  "truth.sensorMisses": { sensor: "text", looks: "number", probability: "number" },
  "truth.sensorTurned": { sensor: "text" },
  "truth.bearingAgrees": { sensor: "text", offDeg: "number" },
  "truth.bearingDisagrees": { sensor: "text", offDeg: "number" },
  "truth.receiverTooFar": { sensor: "text", distanceM: "number" },
  "truth.impossibleSpeed": { speedMps: "number" },
  "truth.twoPlaces": { separationM: "number" },
  "truth.companion": { offsetM: "number", forS: "number" },
  "truth.clockOff": { offsetS: "number" },
  "truth.notCorroborated": {},
  "truth.noPosition": {},

  // What a warned person is to do.
  "advice.possible": {},
  "advice.beReady": {},
  "advice.takeCover": {},
  "advice.takeCoverNow": {},
  "advice.lostContact": {},
  "advice.allClear": {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, ParamKind>>>>;

export type PhraseCode = keyof typeof PHRASES;
type ParamOf<K extends ParamKind> = K extends "number" ? number : string;
type TableRow<C extends PhraseCode> = (typeof PHRASES)[C];
export type PhraseParams<C extends PhraseCode> = {
  readonly [P in keyof TableRow<C>]: TableRow<C>[P] extends ParamKind ? ParamOf<TableRow<C>[P]> : never;
};

const MAX_TEXT = 128;

/** Makes a sentence. Numbers are rounded to what a reader can use (three decimals); text is cut at the 128 characters a phrase may carry. */
export function phrase<C extends PhraseCode>(code: C, params: PhraseParams<C>): Phrase {
  const kept: Record<string, number | string> = {};
  for (const [name, value] of Object.entries<number | string>(params)) {
    kept[name] = typeof value === "number" ? Math.round(value * 1000) / 1000 : value.slice(0, MAX_TEXT);
  }
  return { code, params: kept };
}
