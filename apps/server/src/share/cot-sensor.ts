import { type CotEvent, type CotSensor, detailElements } from "@picket/cot";
import { convertHeight } from "@picket/geo";
import { isCovering, type Sensor, type SensorState } from "@picket/model";
import { howSet, OPEX } from "./cot-mark.ts";
import { cotPlace, rounded } from "./cot-place.ts";
import { cotUid } from "./cot-track.ts";
import type { ReleasedPicture, ReleasedSensor } from "./release.ts";
import type { ShareWords } from "./share-words.ts";

/** Own equipment on the ground: a sensor, and a radar among them. @source MIL-STD-2525B function codes E-S and E-S-R. */
const SENSOR = "a-f-G-E-S";
const RADAR = "a-f-G-E-S-R";
const LONGEST_REMARKS = 600;
const WHOLE_TURN_DEG = 360;

/** What a field of view is filled with. The name says it too. */
const WATCHED = { red: 0, green: 0.6, blue: 0.2, alpha: 0.1 };
const NOT_WATCHED = { red: 1, green: 0, blue: 0, alpha: 0.25 };

/** Only a sensor that works and whose clock is right is counted on. */
const isWatching = (state: SensorState | undefined): boolean => state?.state === "watching" && !state.clockBad;

/** Differs when a partner must hear of the sensor anew. */
export const sensorStamp = ({ sensor, now }: ReleasedSensor): string =>
  [now?.state, now?.clockBad, now?.detail, sensor.name, sensor.latDeg, sensor.lonDeg].join(" ");

/** A sensor as a marker: where it stands, whether it watches, and what it could see where its silence says that nothing is there. */
export function cotSensor(
  { sensor, now, reality }: ReleasedSensor,
  picture: ReleasedPicture,
  words: ShareWords,
  staleMs: number,
): CotEvent {
  const nowMs = Math.round(picture.nowMs);
  const { height, latDeg, lonDeg, kind } = sensor;
  const above = height && convertHeight(height, "hae", { latDeg, lonDeg }, {});
  const text = words.text(reality, sentences(sensor, now, picture, words), LONGEST_REMARKS);
  return {
    uid: cotUid(picture.site, `sensor-${sensor.id}`),
    type: kind === "radar" ? RADAR : SENSOR,
    how: howSet(reality),
    opex: OPEX[reality],
    timeMs: nowMs,
    startMs: nowMs,
    staleMs: nowMs + staleMs,
    point: {
      ...cotPlace(sensor),
      ...(above && { altHaeM: rounded(above.valueM, 0), linearErrorM: Math.ceil(above.sigmaM) }),
    },
    detail: detailElements({
      contact: { callsign: words.name(reality, nameOf(sensor, now, words)) },
      sensor: { model: kind, ...(isCovering(sensor) && coverage(sensor, isWatching(now))) },
      remarks: { text, timeMs: nowMs },
    }),
  };
}

function nameOf(sensor: Sensor, now: SensorState | undefined, words: ShareWords): string {
  if (isWatching(now)) return sensor.name;
  return words.say(isCovering(sensor) ? "sensorNotWatched" : "sensorDeaf", { sensor: sensor.name });
}

/** TAK draws a field of view that has azimuth, width and range; it keeps the last one, so that it is told anew when nobody watches. */
function coverage(sensor: Sensor, isWatched: boolean): CotSensor {
  const { azimuthFromDeg: from, azimuthToDeg: to, elevationMinDeg: low, elevationMaxDeg: high, rangeMaxM } = sensor;
  const isSector = from !== undefined && to !== undefined;
  const width = isSector ? turned(to - from) || WHOLE_TURN_DEG : WHOLE_TURN_DEG;
  return {
    azimuthDeg: isSector ? rounded(turned(from + width / 2), 1) : 0,
    fieldOfViewDeg: rounded(width, 1),
    rangeM: Math.round(rangeMaxM),
    ...(low !== undefined && high !== undefined && { elevationDeg: (low + high) / 2, verticalFieldOfViewDeg: high - low }),
    fill: isWatched ? WATCHED : NOT_WATCHED,
  };
}

const turned = (deg: number): number => ((deg % WHOLE_TURN_DEG) + WHOLE_TURN_DEG) % WHOLE_TURN_DEG;

function sentences(
  sensor: Sensor,
  now: SensorState | undefined,
  { site, nowMs }: ReleasedPicture,
  words: ShareWords,
): readonly string[] {
  const covers = isCovering(sensor);
  const kind = sensor.kind === "other" ? [] : [words.say("sensorKind", { kind: words.word(sensor.kind) })];
  return [
    words.say("sensorOf", { site: site.name, sensor: sensor.name }),
    ...kind,
    ...faring(now, nowMs, words),
    ...(covers && !isWatching(now) ? [words.say("notWatched")] : []),
    words.say(covers ? "sensorReach" : "sensorProvesNothing", { rangeM: sensor.rangeMaxM }),
    ...(sensor.moves ? [words.say("sensorMoves")] : []),
  ];
}

function faring(now: SensorState | undefined, nowMs: number, words: ShareWords): readonly string[] {
  if (!now || now.state === "neverHeard") return [words.say("sensorNeverHeard")];
  const { state, lastHeardMs = nowMs, clockBad, detail } = now;
  return [
    ...(state === "silent" ? [words.say("sensorSilent", { ageS: Math.max(0, (nowMs - lastHeardMs) / 1000) })] : []),
    ...(state === "degraded" ? [words.say("sensorDegraded", { detail: detail ?? "?" })] : []),
    ...(clockBad ? [words.say("sensorClockBad")] : []),
    ...(isWatching(now) ? [words.say("sensorWatches")] : []),
  ];
}
