import type { AssessedTrack, Reality } from "@picket/model";
import { mayAlarm, pageReality } from "../picture/page-reality.ts";
import type { LastSeen, Picture } from "../picture/picture.ts";
import { CLASS_ORDER, certaintyOf, likelyClass, rankOf } from "../picture/track-kind.ts";
import { TRAIL_STRIDE, type Trail } from "../picture/trail.ts";
import { type Emphasis, ellipse, type Instances, ring, SIGMAS_OF_95, segment, setColors } from "./instances.ts";
import { type Anchor, eastOf, southOf, stretch } from "./mercator.ts";
import { type Color, colorOf } from "./palette.ts";

const AFFILIATIONS = ["unknown", "neutral", "friend", "suspect"] as const;
const CERTAINTIES = ["firm", "coasting", "possible"] as const;
const REALITIES = ["live", "exercise", "simulated", "replay", "test"] as const satisfies readonly Reality[];
const VECTOR_S = 20;
const ICON_PX = 26;
const URGENT_PX = 32;
/** A possible track that threatens nobody is drawn smaller: mostly clutter, yet never left out. */
const MINOR_PX = 19;
const FULL_UNTIL_MS = 2000;
const FAINT_AFTER_MS = 20_000;
const FAINTEST = 0.45;
/** In a crowd trails have fewer corners, so that a swarm stays fluid: at most about this many segments in all. */
const MAX_TRAIL_SEGMENTS = 3000;
const SHORTEST_SEGMENT_PX = 3;
/** An outline smaller than its symbol shows nothing. */
const SMALLEST_ELLIPSE_PX = 9;

/** Writes every live track: exactly one icon each, never fewer; the most urgent are written last and so lie on top. */
export function writeTracks(
  out: Instances,
  picture: Pick<Picture, "reality" | "tracks" | "trails" | "warnings">,
  emphasis: Emphasis,
): void {
  const { tracks, trails } = picture;
  const page = pageReality(picture.reality, picture);
  const inOrder = [...tracks.values()].sort((a, b) => rankOf(a.assessment.level) - rankOf(b.assessment.level));
  const trailSegments = Math.max(2, Math.floor(MAX_TRAIL_SEGMENTS / Math.max(1, inOrder.length)));
  for (const track of inOrder) {
    const color = colorOf(track, emphasis.palette);
    const strength = strengthAt(emphasis.nowMs - track.measuredMs);
    const x = eastOf(emphasis.anchor, track.lonDeg);
    const y = southOf(emphasis.anchor, track.latDeg);
    writeTrail(out, trails.get(track.id) ?? [], trailSegments, emphasis, color, x, y);
    writeEllipse(out, track, x, y, color, track.id === emphasis.selected ? 0.95 : 0.45 * strength, emphasis);
    writeGroup(out, track, color, emphasis.anchor);
    writeVector(out, track, x, y, color, strength);
    writeIcon(out, track, x, y, color, strength, page, emphasis);
    writeHalo(out, track, x, y, color, emphasis);
    if (track.id === emphasis.selected) writePredictions(out, track, x, y, color, emphasis.anchor);
  }
}

/** Writes tracks that ended as faint, dashed and without a halo: a place where something was. */
export function writeLastSeen(out: Instances, ended: readonly LastSeen[], { anchor, palette }: Emphasis): void {
  for (const { track } of ended) {
    const at = out.icons.next();
    out.icons.data.set([eastOf(anchor, track.lonDeg), southOf(anchor, track.latDeg), cellOf(track, "coasting", "live"), 22], at);
    setColors(out.icons.data, at + 4, palette.textFaint, 0.5, palette.ground, 0.2);
  }
}

/** Fades from full at two seconds of age to under half at twenty: an old position looks old. */
export function strengthAt(ageMs: number): number {
  const share = (ageMs - FULL_UNTIL_MS) / (FAINT_AFTER_MS - FULL_UNTIL_MS);
  return 1 - (1 - FAINTEST) * Math.min(1, Math.max(0, share));
}

/** Where the atlas holds the symbol of this class, affiliation, certainty and, where the page is more real, reality. */
function cellOf(track: AssessedTrack, certainty: (typeof CERTAINTIES)[number], marked: Reality): number {
  const objectClass = CLASS_ORDER.indexOf(likelyClass(track) ?? "other");
  const ofCertainty = objectClass * 4 + AFFILIATIONS.indexOf(track.affiliation);
  return REALITIES.indexOf(marked) * 72 + CERTAINTIES.indexOf(certainty) * 24 + ofCertainty;
}

/** x, y, cell, size in pixels, ink rgba, fill rgba. */
function writeIcon(
  out: Instances,
  track: AssessedTrack,
  x: number,
  y: number,
  color: Color,
  strength: number,
  page: Reality,
  look: Emphasis,
): void {
  const { icons } = out;
  const at = icons.next();
  const urgent = track.assessment.level === "critical" && mayAlarm(track.reality, page);
  const certainty = certaintyOf(track, look.nowMs);
  icons.data[at] = x;
  icons.data[at + 1] = y;
  icons.data[at + 2] = cellOf(track, certainty, track.reality === page ? "live" : track.reality);
  icons.data[at + 3] = urgent ? URGENT_PX : certainty === "possible" && track.assessment.level === undefined ? MINOR_PX : ICON_PX;
  setColors(
    icons.data,
    at + 4,
    urgent ? look.palette.onCritical : color,
    strength,
    urgent ? look.palette.critical : look.palette.ground,
    urgent ? 1 : 0.8,
  );
}

/** A ring that grows with the level, flashing while nobody took the alert, and a broken one around what is selected. */
function writeHalo(out: Instances, track: AssessedTrack, x: number, y: number, color: Color, look: Emphasis): void {
  const rank = rankOf(track.assessment.level);
  const flashes = look.unacknowledged.has(track.id);
  if (rank > 0) ring(out, x, y, 15 + rank, flashes ? -(1.5 + rank) : 1 + rank * 0.3, 0, color, flashes ? 1 : 0.8);
  if (track.id === look.selected) ring(out, x, y, 25, 2.5, 4, look.palette.label, 1);
}

/** Twenty seconds of travel at the present velocity. */
function writeVector(out: Instances, track: AssessedTrack, x: number, y: number, color: Color, strength: number): void {
  const reach = VECTOR_S * stretch(track.latDeg);
  segment(out, x, y, x + track.eastMps * reach, y - track.northMps * reach, 1.5, 0, color, 0.9 * strength, 0.9 * strength);
}

/** The way it came, from the newest point back and fading: every point, or every second, third and so on where that is enough. */
function writeTrail(out: Instances, trail: Trail, maxSegments: number, look: Emphasis, color: Color, x: number, y: number): void {
  const points = trail.length / TRAIL_STRIDE;
  const every = Math.max(1, Math.ceil(points / maxSegments));
  const strength = 0.6 / points;
  let [toX, toY, newer] = [x, y, points];
  for (let point = points - 1; point >= 0; point -= every) {
    const at = point * TRAIL_STRIDE;
    const fromX = eastOf(look.anchor, trail[at + 2] ?? 0);
    const fromY = southOf(look.anchor, trail[at + 1] ?? 0);
    if (Math.hypot(fromX - toX, fromY - toY) < SHORTEST_SEGMENT_PX * look.metresPerPx && point >= every) continue;
    segment(out, fromX, fromY, toX, toY, 1.4, 0, color, strength * point, strength * newer);
    [toX, toY, newer] = [fromX, fromY, point];
  }
}

/** Where it will be if it goes on: always dashed, since nobody has seen it there. */
function writePredictions(out: Instances, track: AssessedTrack, x: number, y: number, color: Color, anchor: Anchor): void {
  let [fromX, fromY] = [x, y];
  for (const prediction of track.predictions) {
    const toX = eastOf(anchor, prediction.lonDeg);
    const toY = southOf(anchor, prediction.latDeg);
    segment(out, fromX, fromY, toX, toY, 1.5, 5, color, 0.9, 0.9);
    ellipse(out, prediction.latDeg, toX, toY, prediction.ellipse, color, 0.6, 1);
    [fromX, fromY] = [toX, toY];
  }
}

function writeEllipse(
  out: Instances,
  track: AssessedTrack,
  x: number,
  y: number,
  color: Color,
  alpha: number,
  { metresPerPx }: Emphasis,
): void {
  const majorM = track.ellipse.semiMajorM * SIGMAS_OF_95 * stretch(track.latDeg);
  if (majorM > SMALLEST_ELLIPSE_PX * metresPerPx) ellipse(out, track.latDeg, x, y, track.ellipse, color, alpha, 0);
}

/** The circle that holds a group, once: by the one of its tracks that stands for it. */
function writeGroup(out: Instances, { id, group }: AssessedTrack, color: Color, anchor: Anchor): void {
  if (group?.leader !== id) return;
  const sigmaM = group.radiusM / SIGMAS_OF_95;
  const circle = { semiMajorM: sigmaM, semiMinorM: sigmaM, orientationDeg: 0 };
  ellipse(out, group.latDeg, eastOf(anchor, group.lonDeg), southOf(anchor, group.latDeg), circle, color, 0.9, 1);
}
