import { ROW, updateRow } from "../measure/update-row.ts";
import { addSpread } from "../motion/mix-motions.ts";
import type { PreparedLook } from "../prepared-look.ts";
import { COV, DIM, MODES, type TrackStore } from "../store/store.ts";
import { view, visibility } from "./visibility.ts";

/** What is less probably hidden than this is left as it is. */
const LEAST_SHARE = 0.02;

const x = new Float64Array(DIM);
const cov = new Float64Array(COV);
const difference = new Float64Array(DIM);
const measured = new Float64Array(ROW);

/**
 * What a radar that is blind to slow radial speeds does not see probably flies across its line of sight: each motion's state becomes the
 * mixture of having been in the notch, where the radial speed is measured to lie, and of not.
 *
 * @source Koch (2004), "On exploiting 'negative' sensor evidence for target tracking and sensor data fusion", section 4 (Doppler blindness
 * as a fictitious measurement).
 */
export function hideInNotch(tracks: TrackStore, row: number, { model, look }: PreparedLook, pD: number): void {
  const { sensor } = model;
  if (sensor.notch === undefined) return;
  const { belowMps, pD: inNotch } = sensor.notch;
  for (let i = row * MODES; i < (row + 1) * MODES; i++) {
    for (let k = 0; k < DIM; k++) x[k] = tracks.mean[i * DIM + k];
    for (let k = 0; k < COV; k++) cov[k] = tracks.cov[i * COV + k];
    visibility(sensor, look.sector, x, cov);
    const hidden = view.inView * view.inNotch * (1 - inNotch);
    const share = hidden / (hidden + 1 - view.inView + view.inView * (1 - view.inNotch) * (1 - pD));
    if (!(share > LEAST_SHARE)) continue;
    layRadialSpeed(sensor.posEnuM);
    // Anything within the notch is as likely as any other.
    measured[7] = (belowMps * belowMps) / 3;
    updateRow(x, cov, measured, 0);
    for (let k = 0; k < DIM; k++) difference[k] = x[k] - tracks.mean[i * DIM + k];
    for (let k = 0; k < DIM; k++) tracks.mean[i * DIM + k] += share * difference[k];
    for (let k = 0; k < COV; k++) tracks.cov[i * COV + k] += share * (cov[k] - tracks.cov[i * COV + k]);
    addSpread(tracks.cov, i * COV, share * (1 - share), difference, 0);
  }
}

/** The row by which a radial speed of zero is measured, linearised at `x`. */
function layRadialSpeed([east, north, up]: readonly [number, number, number]): void {
  const e = x[0] - east;
  const n = x[1] - north;
  const u = x[2] - up;
  const r = Math.max(Math.sqrt(e * e + n * n + u * u), 1);
  measured[3] = e / r;
  measured[4] = n / r;
  measured[5] = u / r;
  const rate = measured[3] * x[3] + measured[4] * x[4] + measured[5] * x[5];
  measured[6] = -rate;
  for (let k = 0; k < 3; k++) measured[k] = (x[3 + k] - measured[3 + k] * rate) / r;
  for (let k = 0; k < DIM; k++) measured[6] += measured[k] * x[k];
}
