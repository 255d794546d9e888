import { type Box, createGrid, fillGrid, nearInto } from "../pairs/grid.ts";
import type { PreparedLook } from "../prepared-look.ts";
import type { Detections } from "./detections.ts";

/** What flies faster may lie outside the region of a look whose time is not well known. */
const FASTEST_MPS = 300;

const grid = createGrid();

/**
 * Outside of it the look last laid can see nothing, and no detection of it passes a track's gate. `spreadM2` is the greatest variance of any of
 * its detections.
 */
export const region = { west: 0, east: 0, south: 0, north: 0, spreadM2: 0 };

/** Lays a look's detections and its region out. */
export function layRegion(prepared: PreparedLook): void {
  layGrid(prepared.detections);
  layBounds(prepared);
}

/** Does what `extent` holds at `at`, west, east, south and north, reach into the look's region? */
export const isInRegion = (extent: Float64Array, at: number): boolean =>
  extent[at] <= region.east && extent[at + 1] >= region.west && extent[at + 2] <= region.north && extent[at + 3] >= region.south;

/** Writes the detections that may lie in a box, and answers how many. */
export const detectionsIn = (found: Int32Array, box: Box): number => nearInto(found, grid, box);

function layGrid(d: Detections): void {
  region.spreadM2 = 0;
  for (let j = 0; j < d.count; j++) region.spreadM2 = Math.max(region.spreadM2, d.spreadM2[j]);
  fillGrid(grid, d.posM, d.count, Math.max(50, 4 * Math.sqrt(region.spreadM2)));
}

/** Of a sensor whose silence proves nothing only the detections count; one without stated bounds may see anything, and so may what gives no place. */
function layBounds({ model, detections: d, settings }: PreparedLook): void {
  const { boxEnuM, fieldOfView, posEnuM, revisitMs } = model.sensor;
  let reachM = fieldOfView?.rangeMaxM ?? Number.POSITIVE_INFINITY;
  if (revisitMs === undefined) reachM = Number.NEGATIVE_INFINITY;
  if (d.hasUnplaced) reachM = Number.POSITIVE_INFINITY;
  const isBoxed = boxEnuM !== undefined && revisitMs !== undefined && !d.hasUnplaced;
  region.west = isBoxed ? boxEnuM.min[0] : posEnuM[0] - reachM;
  region.east = isBoxed ? boxEnuM.max[0] : posEnuM[0] + reachM;
  region.south = isBoxed ? boxEnuM.min[1] : posEnuM[1] - reachM;
  region.north = isBoxed ? boxEnuM.max[1] : posEnuM[1] + reachM;
  if (d.count === 0) return;
  const marginM = Math.sqrt(settings.gateSquared * (region.spreadM2 + d.timeVarianceS2 * FASTEST_MPS * FASTEST_MPS));
  region.west = Math.min(region.west, grid.west - marginM);
  region.east = Math.max(region.east, grid.east + marginM);
  region.south = Math.min(region.south, grid.south - marginM);
  region.north = Math.max(region.north, grid.north + marginM);
}
