import type { AssessedTrack, PersonState, Reality, TrackId } from "@picket/model";
import { groundRelation } from "../picture/ground-height.ts";
import { mayAlarm, pageReality } from "../picture/page-reality.ts";
import type { Picture } from "../picture/picture.ts";
import { certaintyOf, isNotable, likelyClass, nameOf, rankOf, speedMps } from "../picture/track-kind.ts";
import type { Speech } from "../speech/speech.ts";
import type { PlaceName } from "./base-sources.ts";
import { gatherCrowds, type Labelled } from "./crowd.ts";
import type { Label } from "./overlay.ts";
import { colorOf, type Palette } from "./palette.ts";
import { metresPerPxAt } from "./view.ts";
import { isWatching } from "./watching.ts";
import { labelPlace } from "./zone-features.ts";

/** What decides which labels are wished for. */
export type LabelContext = Readonly<{
  palette: Palette;
  speech: Speech;
  selected: TrackId | undefined;
  unacknowledged: ReadonlySet<TrackId>;
  zoom: number;
}>;

const LABEL_ALL_UP_TO = 40;
const LABELLED_TRACKS = 40;
/** Tracks of one level that are nearer to each other than this share a label. */
const CROWD_PX = 48;
const PRIORITY = {
  place: 5,
  landmark: 30,
  sensor: 40,
  zone: 60,
  track: 100,
  person: 300,
  notWatched: 500,
  danger: 900,
  selected: 1000,
};

/** Every label that would like to be read; the overlay places those that fit. */
export function labelsFor(picture: Picture, names: readonly PlaceName[], context: LabelContext): readonly Label[] {
  return [
    ...trackLabels(picture, context),
    ...personLabels(picture, context),
    ...broadcastLabels(picture, context),
    ...sensorLabels(picture, context),
    ...zoneLabels(picture, context),
    ...landmarkLabels(picture, context),
    ...placeLabels(names, context),
  ];
}

/** The selected track, those with a level and friends; while there are few, every notable one. */
function trackLabels(picture: Picture, context: LabelContext): readonly Label[] {
  const all = [...picture.tracks.values()];
  const isFew = all.length <= LABEL_ALL_UP_TO;
  const wanted = all.filter((track) => importance(track, context) > PRIORITY.track || (isFew && isNotable(track)));
  const inOrder = wanted.toSorted((a, b) => importance(b, context) - importance(a, context));
  const reachM = CROWD_PX * metresPerPxAt(context.zoom) * Math.cos((picture.site.latDeg * Math.PI) / 180);
  const page = pageReality(picture.reality, picture);
  const live = gatherCrowds(inOrder, context.selected, reachM, LABELLED_TRACKS).map((labelled) =>
    trackLabel(labelled, picture.nowMs, page, context),
  );
  const { palette, speech } = context;
  const gone = picture.ended.slice(-10).map(
    ({ track, end }): Label => ({
      key: `ended-${track.id}`,
      latDeg: track.latDeg,
      lonDeg: track.lonDeg,
      lines: [speech.text("lastSeen", { name: nameOf(track) }), speech.age(picture.nowMs - end.endMs)],
      color: palette.textFaint,
      priority: PRIORITY.landmark,
      away: 14,
    }),
  );
  return [...live, ...gone];
}

function importance(track: AssessedTrack, { selected, unacknowledged }: LabelContext): number {
  if (track.id === selected) return PRIORITY.selected;
  const urgent = rankOf(track.assessment.level) * 100 + (unacknowledged.has(track.id) ? 50 : 0);
  return PRIORITY.track + urgent + (track.affiliation === "friend" ? 5 : 0);
}

function trackLabel({ track, others, isGroup }: Labelled, nowMs: number, page: Reality, context: LabelContext): Label {
  const { palette, speech } = context;
  const certainty = certaintyOf(track, nowMs);
  const rise = shortHeight(track, speech);
  const kind = likelyClass(track);
  const motion = [kind && speech.word(kind), rise, speech.speed(speedMps(track))]
    .filter((part) => part !== undefined)
    .join(" · ");
  const reality = track.reality === page ? "" : `${speech.word(track.reality).toUpperCase()} `;
  const level = track.assessment.level === undefined ? "" : `${speech.word(track.assessment.level).toUpperCase()} `;
  const one = certainty === "possible" ? speech.text("possibleName", { name: nameOf(track) }) : nameOf(track);
  const many = others > 0 ? `${others + 1} ${speech.text("tracksCount")}` : one;
  const group = isGroup ? track.group : undefined;
  const name = group ? speech.text("groupOfAbout", { about: group.about, atLeast: group.atLeast }) : many;
  const { latDeg, lonDeg } = group ?? track;
  return {
    key: group ? `group-${group.leader}` : track.id,
    latDeg,
    lonDeg,
    lines: [reality + level + name, certainty === "coasting" ? `${motion} · ${speech.age(nowMs - track.measuredMs)}` : motion],
    color:
      track.assessment.level === undefined || track.assessment.level === "critical" ? palette.label : colorOf(track, palette),
    priority: importance(track, context),
    away: 20,
    strong: track.id === context.selected || rankOf(track.assessment.level) >= 3,
    isVital: track.id === context.selected || rankOf(track.assessment.level) >= 3,
  };
}

function shortHeight(track: AssessedTrack, speech: Speech): string | undefined {
  const relation = groundRelation(track);
  switch (relation) {
    case "unknown":
      return undefined;
    case "above":
      return speech.text("aboveGroundShort", { rise: speech.rise(track.heightAglM ?? 0) });
    case "near":
      return speech.text("nearGround");
    case "below":
      return speech.text("belowGroundShort");
    default:
      return relation satisfies never;
  }
}

function personLabels(picture: Picture, { palette, speech }: LabelContext): readonly Label[] {
  const { persons, warnings, nowMs } = picture;
  const page = pageReality(picture.reality, picture);
  const threats = [...warnings.values()].filter(({ reality, state }) => state !== "allClear" && mayAlarm(reality, page));
  const inDanger = new Set(threats.map(({ person }) => person));
  const isInDanger = (person: PersonState) => inDanger.has(person.id) || person.wellbeing?.state === "needHelp";
  return [...persons.values()].flatMap((person): Label[] => {
    const { position } = person;
    if (!position) return [];
    const danger = isInDanger(person);
    const ageMs = nowMs - position.measuredMs;
    const age = position.fixed || ageMs < 10_000 ? [] : [speech.age(ageMs)];
    return [
      {
        key: `person-${person.id}`,
        latDeg: position.latDeg,
        lonDeg: position.lonDeg,
        lines: [person.name, ...(danger ? [speech.text("inDanger")] : age)],
        color: danger ? palette.critical : palette.person,
        textColor: palette.label,
        priority: danger ? PRIORITY.danger : PRIORITY.person,
        mark: danger ? "personInDanger" : "person",
        away: 14,
        strong: danger,
        isVital: danger,
      },
    ];
  });
}

/** Broadcasts that no track bears: who they say they are, and that nothing is seen there. */
const broadcastLabels = ({ traces }: Picture, { palette, speech }: LabelContext): readonly Label[] =>
  traces.flatMap(({ key, place, label = "" }): Label[] =>
    place
      ? [
          {
            key,
            latDeg: place.latDeg,
            lonDeg: place.lonDeg,
            lines: [`? ${label}`, speech.text("broadcastDenied")],
            color: palette.caution,
            priority: PRIORITY.track,
            away: 14,
            strong: false,
            size: 11,
          },
        ]
      : [],
  );

function sensorLabels({ site, sensors, nowMs }: Picture, { palette, speech, zoom }: LabelContext): readonly Label[] {
  return site.sensors
    .filter(({ kind }) => kind !== "people")
    .map((sensor): Label => {
      const state = sensors.get(sensor.id);
      const lost = !isWatching(state);
      const silent = state?.lastHeardMs === undefined ? speech.word("neverHeard") : speech.age(nowMs - state.lastHeardMs);
      return {
        key: `sensor-${sensor.id}`,
        latDeg: sensor.latDeg,
        lonDeg: sensor.lonDeg,
        lines: lost ? [speech.text("notWatched"), `${sensor.name} · ${silent}`] : zoom > 9 ? [sensor.name] : [""],
        color: lost ? palette.caution : palette.sensor,
        priority: lost ? PRIORITY.notWatched : PRIORITY.sensor,
        mark: lost ? "sensorLost" : "sensor",
        away: 12,
        strong: lost,
        isVital: lost,
        size: lost ? 12 : 11,
      };
    });
}

const zoneLabels = ({ zones, site }: Picture, { palette, speech }: LabelContext): readonly Label[] =>
  zones.map((zone): Label => {
    const [lonDeg = 0, latDeg = 0] = labelPlace(zone.shape, site);
    return {
      key: `zone-${zone.id}`,
      latDeg,
      lonDeg,
      lines: [zone.name, ...(zone.accuracyM === undefined ? [] : [speech.text("zoneLine", { accuracyM: zone.accuracyM })])],
      color: palette.zone,
      priority: PRIORITY.zone,
      away: 4,
      strong: true,
      size: 11.5,
    };
  });

/** A landmark that bears a zone's name is named by the zone. */
const landmarkLabels = ({ site, zones }: Picture, { palette, zoom }: LabelContext): readonly Label[] =>
  zoom < 9
    ? []
    : site.landmarks
        .filter(({ name }) => zones.every((zone) => zone.name !== name))
        .map((landmark) => ({
          key: `landmark-${landmark.name}`,
          latDeg: landmark.latDeg,
          lonDeg: landmark.lonDeg,
          lines: [landmark.name],
          color: palette.placeName,
          priority: PRIORITY.landmark,
          mark: "landmark" as const,
          away: 6,
          size: 11,
        }));

const placeLabels = (names: readonly PlaceName[], { palette, zoom }: LabelContext): readonly Label[] =>
  names
    .filter((place) => zoom >= place.zoom - 1 && zoom < place.zoom + 5)
    .map((place, index) => ({
      key: `place-${index}-${place.name}`,
      latDeg: place.latDeg,
      lonDeg: place.lonDeg,
      lines: [place.name.toUpperCase()],
      color: palette.placeName,
      priority: PRIORITY.place + Math.min(5, place.size / 10),
      away: 0,
      size: 11,
      spaced: true,
    }));
