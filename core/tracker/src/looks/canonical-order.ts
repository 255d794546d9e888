import type { TrackerDetection, TrackerMeasurement } from "../types.ts";

/** What detections are sorted by, and the order found so far and in the making; they grow and are kept. */
let keys = new Float64Array(64);
let order = new Int32Array(64);
let merged = new Int32Array(64);

/**
 * Detections in an order that does not depend on the order they came in: by azimuth, distance or east, and by their whole text, which is written out
 * only for those that this does not tell apart. A merge sort of indices: a comparison that is called back for each pair would allocate its
 * answer each time.
 */
export function inCanonicalOrder(detections: readonly TrackerDetection[]): readonly TrackerDetection[] {
  const n = detections.length;
  reserve(n);
  for (let k = 0; k < n; k++) {
    layKey(k, detections[k].measurement);
    order[k] = k;
  }
  for (let width = 1; width < n; width *= 2) {
    for (let from = 0; from < n; from += 2 * width)
      merge(detections, from, Math.min(from + width, n), Math.min(from + 2 * width, n));
    [order, merged] = [merged, order];
  }
  const sorted = new Array<TrackerDetection>(n);
  for (let k = 0; k < n; k++) sorted[k] = detections[order[k]];
  return sorted;
}

/** Written, not answered: an answer would be boxed. */
function layKey(k: number, m: TrackerMeasurement): void {
  switch (m.kind) {
    case "polar":
    case "bearing":
      keys[k] = m.azimuthRad;
      return;
    case "position":
      keys[k] = m.posEnuM[0];
      return;
    case "range":
      keys[k] = m.rangeM;
      return;
    case "rangeDifference":
      keys[k] = m.differenceM;
      return;
    case "sector":
      keys[k] = m.azimuthFromRad;
      return;
    case "presence":
      keys[k] = m.radiusM ?? 0;
      return;
    default:
      m satisfies never;
  }
}

/** Merges what lies in order from `from` to `middle` and from there to `end`; of two alike the first stays first. */
function merge(detections: readonly TrackerDetection[], from: number, middle: number, end: number): void {
  let a = from;
  let b = middle;
  for (let k = from; k < end; k++) {
    const takesSecond = a === middle || (b < end && isBefore(detections, order[b], order[a]));
    merged[k] = takesSecond ? order[b++] : order[a++];
  }
}

function isBefore(detections: readonly TrackerDetection[], a: number, b: number): boolean {
  if (keys[a] !== keys[b]) return keys[a] < keys[b];
  return JSON.stringify(detections[a]) < JSON.stringify(detections[b]);
}

function reserve(n: number): void {
  if (keys.length >= n) return;
  keys = new Float64Array(2 * n);
  order = new Int32Array(2 * n);
  merged = new Int32Array(2 * n);
}
