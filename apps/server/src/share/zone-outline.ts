import { bearingRad, destination, wrapHalfTurnRad } from "@picket/geo";
import type { Place, Position, ZoneShape } from "@picket/model";
import { atMostM, type ThinLine, thinLine } from "./thin-line.ts";

type Corridor = Extract<ZoneShape, { kind: "corridor" }>;
/** What is drawn of a line, how far it may be off, and whether that is only the part near a place. */
export type Drawn = ThinLine & Readonly<{ isPart: boolean }>;

/** A drawing of more corners is slow on a phone, and no datagram. */
const MOST_CORNERS = 300;
/** Of a corridor's middle line: its outline has two corners for each, and more at bends. */
const MOST_OF_LINE = 100;
/** Nobody near the site sees farther along a corridor. */
const REACH_M = 50_000;
const QUARTER_TURN = Math.PI / 2;
const ARC_STEP = Math.PI / 6;
/** The inner side of a sharp bend would run far away from it. */
const LEAST_COSINE = 0.5;

/** A closed ring with no more corners than can be drawn. */
export function ringOutline(ring: readonly Position[]): Drawn {
  const open = ring.map(placeOf);
  const [first, last] = [open[0], open.at(-1)];
  if (first && last && first.latDeg === last.latDeg && first.lonDeg === last.lonDeg) open.pop();
  const { points, offM } = thinLine(open, MOST_CORNERS);
  return { points: first ? [...points, first] : [], offM, isPart: false };
}

/** The edge of a corridor as a closed ring: of a long one the part around what lies nearest to `near`. */
export function corridorOutline({ line, halfWidthM }: Pick<Corridor, "line" | "halfWidthM">, near: Place): Drawn {
  const part = stretchNear(line.map(placeOf), near);
  const { points, offM } = thinLine(part, MOST_OF_LINE);
  const edge = [...rightSide(points, halfWidthM), ...rightSide(points.toReversed(), halfWidthM)];
  const [first] = edge;
  return { points: first ? [...edge, first] : [], offM, isPart: part.length < line.length };
}

const placeOf = ([lonDeg, latDeg]: Position): Place => ({ latDeg, lonDeg });

/** The points on from and back to the nearest one as far as they are in reach, and one more each way. */
function stretchNear(line: readonly Place[], near: Place): readonly Place[] {
  const awayM = line.map((point) => atMostM(near, point));
  const nearest = awayM.reduce((best, away, index) => (away < (awayM[best] ?? 0) ? index : best), 0);
  const isFar = (index: number) => (awayM[index] ?? 0) > REACH_M;
  let [from, to] = [nearest, nearest];
  while (from > 0 && !isFar(from)) from--;
  while (to < line.length - 1 && !isFar(to)) to++;
  return line.slice(from === to ? Math.max(0, from - 1) : from, to + (from === to ? 2 : 1));
}

/** The edge to the right of a line as one goes along it, and around its end up to the left. */
function rightSide(line: readonly Place[], halfWidthM: number): readonly Place[] {
  const at = (point: Place, direction: number, awayM: number): Place => {
    const { latDeg, lonDeg } = destination(point, direction, awayM);
    return { latDeg, lonDeg };
  };
  /** From one direction anticlockwise to another, without the last. */
  const arc = (point: Place, from: number, turn: number): readonly Place[] => {
    const steps = Math.max(1, Math.ceil(turn / ARC_STEP));
    return Array.from({ length: steps }, (_, step) => at(point, from - (turn * step) / steps, halfWidthM));
  };
  return line.flatMap((point, index) => {
    const [before, after] = [line[index - 1], line[index + 1]];
    const coming = before && bearingRad(before, point);
    const going = after && bearingRad(point, after);
    if (coming === undefined) return going === undefined ? [] : [at(point, going + QUARTER_TURN, halfWidthM)];
    if (going === undefined) return arc(point, coming + QUARTER_TURN, Math.PI);
    const turn = wrapHalfTurnRad(going - coming);
    if (turn < 0) return [...arc(point, coming + QUARTER_TURN, -turn), at(point, going + QUARTER_TURN, halfWidthM)];
    return [at(point, coming + turn / 2 + QUARTER_TURN, halfWidthM / Math.max(LEAST_COSINE, Math.cos(turn / 2)))];
  });
}
