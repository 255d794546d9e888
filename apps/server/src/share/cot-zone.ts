import { type CotDrawing, type CotEvent, detailElements } from "@picket/cot";
import { wrapLonDeg } from "@picket/geo";
import type { Height, Place, Zone } from "@picket/model";
import { howSet, OPEX } from "./cot-mark.ts";
import { cotPlace } from "./cot-place.ts";
import { cotUid } from "./cot-track.ts";
import type { ReleasedPicture } from "./release.ts";
import type { ShareWords } from "./share-words.ts";
import { corridorOutline, type Drawn, ringOutline } from "./zone-outline.ts";
import { type Ring, ringsByDepth } from "./zone-rings.ts";

/** Free forms and circles, as people draw them on TAK. */
const FREE_FORM = "u-d-f";
const CIRCLE = "u-d-c-c";
const LONGEST_REMARKS = 600;
const STROKE_WIDTH = 3;
const FILL_ALPHA = 0x1a;
const WHOLE_TURN_DEG = 360;

/** Red, green and blue: no colour of TAK's sides, for a zone is nobody. */
const COLOURS: Readonly<Record<Zone["purpose"], number>> = { protected: 0xff8c00, watched: 0xffd600 };
const argb = (alpha: number, rgb: number): number => (alpha << 24) | rgb | 0;

/** One shape on the map. A zone with holes is several, for no drawing of TAK's has a hole. */
export type ZoneDrawing = Readonly<{
  /** What the record of releases calls it. */
  thing: string;
  make(picture: ReleasedPicture, words: ShareWords, staleMs: number): CotEvent;
}>;

/** A zone as drawings: its outline or circle, and each hole and separate part as an outline of its own that says what it is. */
export function zoneDrawings(zone: Zone, site: Place): readonly ZoneDrawing[] {
  const { id, shape } = zone;
  const thing = `zone-${id}`;
  switch (shape.kind) {
    case "circle": {
      const { centre, radiusM } = shape;
      const ellipse = { majorM: radiusM, minorM: radiusM, angleDeg: WHOLE_TURN_DEG };
      return [drawing(thing, zone, { type: CIRCLE, at: centre, shape: { ellipse } })];
    }
    case "corridor": {
      const drawn = corridorOutline(shape, site);
      return [drawing(thing, zone, { type: FREE_FORM, at: middleOf(drawn.points), shape: { outline: drawn.points }, drawn })];
    }
    case "polygon": {
      const rings = ringsByDepth(shape.rings);
      const holes = rings.filter(isHole).length;
      return rings.map((one, index) => {
        const drawn = ringOutline(one.ring);
        const figure = { type: FREE_FORM, at: middleOf(drawn.points), shape: { outline: drawn.points }, drawn };
        const part = index === 0 ? thing : `${thing}-${isHole(one) ? "hole" : "part"}-${index + 1}`;
        return drawing(part, zone, { ...figure, holes, isHole: isHole(one) });
      });
    }
    default:
      return shape satisfies never;
  }
}

const isHole = ({ depth }: Ring): boolean => depth % 2 === 1;

type Figure = Readonly<{
  type: string;
  at: Place;
  shape: Pick<CotDrawing, "outline" | "ellipse">;
  drawn?: Drawn;
  holes?: number;
  isHole?: boolean;
}>;

const drawing = (thing: string, zone: Zone, figure: Figure): ZoneDrawing => ({
  thing,
  make(picture, words, staleMs) {
    const { site, siteReality: reality } = picture;
    const { type, at, shape, isHole: isOutside = false } = figure;
    const nowMs = Math.round(picture.nowMs);
    const name = words.name(reality, isOutside ? words.say("zoneHole", { zone: zone.name }) : zone.name);
    const text = words.text(reality, sentences(zone, figure, site.name, words), LONGEST_REMARKS);
    const colour = COLOURS[zone.purpose];
    return {
      uid: cotUid(site, thing),
      type,
      how: howSet(reality),
      opex: OPEX[reality],
      timeMs: nowMs,
      startMs: nowMs,
      staleMs: nowMs + staleMs,
      point: cotPlace(at),
      detail: detailElements({
        contact: { callsign: name },
        drawing: {
          ...shape,
          ...(shape.outline && { outline: shape.outline.map(cotPlace) }),
          strokeArgb: argb(0xff, colour),
          strokeWidth: STROKE_WIDTH,
          strokeStyle: isOutside ? "dashed" : "solid",
          fillArgb: isOutside ? 0 : argb(FILL_ALPHA, colour),
          isLabelled: false,
          isEditable: false,
        },
        remarks: { text, timeMs: nowMs },
      }),
    };
  },
});

function sentences(
  zone: Zone,
  { drawn, holes = 0, isHole: isOutside }: Figure,
  site: string,
  words: ShareWords,
): readonly string[] {
  const { name, purpose, entryLevel, floor, ceiling, schedule } = zone;
  const drawnAs = [
    ...(drawn?.isPart ? [words.say("zonePart")] : []),
    ...(drawn && drawn.offM > 0 ? [words.say("zoneDrawn", { offM: drawn.offM })] : []),
  ];
  const bound = ({ valueM, reference }: Height) => ({ heightM: valueM, reference: words.word(reference) });
  if (isOutside) return [words.say("zoneHoleOf", { site, zone: name }), ...drawnAs];
  return [
    words.say("zoneOf", { site, zone: name, purpose: words.word(purpose), level: entryLevel }),
    ...(floor ? [words.say("zoneFloor", bound(floor))] : []),
    ...(ceiling ? [words.say("zoneCeiling", bound(ceiling))] : []),
    ...(schedule ? [words.say("zoneSchedule")] : []),
    ...(holes > 0 ? [words.say("zoneHoles", { holes })] : []),
    ...drawnAs,
  ];
}

/** The middle of what surrounds the points, also across the antimeridian: where the name stands. */
function middleOf(points: readonly Place[]): Place {
  const { lonDeg: fromDeg = 0 } = points[0] ?? {};
  const lats = points.map(({ latDeg }) => latDeg);
  const lons = points.map(({ lonDeg }) => wrapLonDeg(lonDeg - fromDeg));
  const half = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return { latDeg: half(lats), lonDeg: wrapLonDeg(fromDeg + half(lons)) };
}
