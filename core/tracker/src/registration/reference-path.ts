import type { EnuM, TrackerMeasurement } from "../types.ts";

/** One position that a reference stated of itself, with its standard deviations. Plain data. */
export type Fix = Readonly<{ atMs: number; posEnuM: EnuM; horizontalSigmaM: number; verticalSigmaM: number | undefined }>;
/** Newest fixes last. */
export type ReferencePath = { fixes: Fix[] };

/** Where a reference was, how fast, and how well that is known. */
export type ReferenceState = Readonly<{
  posEnuM: EnuM;
  velEnuMps: EnuM;
  horizontalSigmaM: number;
  verticalSigmaM: number | undefined;
}>;

const FIXES_KEPT = 12;
/** Between fixes farther apart than this nobody knows where it was. */
const APART_MS = 3000;
/** Nothing that broadcasts below an airliner's height is faster: between such fixes a place was invented. */
const FASTEST_MPS = 350;

/** Keeps a fix in its place in time; one for a time that is known already adds nothing. */
export function addFix({ fixes }: ReferencePath, atMs: number, m: Extract<TrackerMeasurement, { kind: "position" }>): void {
  const after = fixes.findLastIndex((fix) => fix.atMs <= atMs);
  if (fixes[after]?.atMs === atMs) return;
  const { posEnuM, verticalSigmaM } = m;
  const horizontalSigmaM = m.ellipse?.semiMajorM ?? m.horizontalSigmaM;
  fixes.splice(after + 1, 0, { atMs, posEnuM, horizontalSigmaM, verticalSigmaM });
  fixes.splice(0, Math.max(0, fixes.length - FIXES_KEPT));
}

/** Between the two fixes around a time, on a straight line; `undefined` when there are none near enough. */
export function stateAt({ fixes }: ReferencePath, atMs: number): ReferenceState | undefined {
  const next = fixes.findIndex((fix) => fix.atMs >= atMs);
  const [from, to] = [fixes[next - 1], fixes[next]];
  if (!from || !to || to.atMs - from.atMs > APART_MS) return undefined;
  const dtS = (to.atMs - from.atMs) / 1000;
  const share = (atMs - from.atMs) / (to.atMs - from.atMs);
  const between = (axis: 0 | 1 | 2): number => from.posEnuM[axis] + share * (to.posEnuM[axis] - from.posEnuM[axis]);
  const speed = (axis: 0 | 1 | 2): number => (to.posEnuM[axis] - from.posEnuM[axis]) / dtS;
  const [ve, vn] = [speed(0), speed(1)];
  if (ve * ve + vn * vn > FASTEST_MPS * FASTEST_MPS) return undefined;
  const hasHeight = from.verticalSigmaM !== undefined && to.verticalSigmaM !== undefined;
  return {
    posEnuM: [between(0), between(1), between(2)],
    velEnuMps: [ve, vn, speed(2)],
    horizontalSigmaM: Math.max(from.horizontalSigmaM, to.horizontalSigmaM),
    verticalSigmaM: hasHeight ? Math.max(from.verticalSigmaM ?? 0, to.verticalSigmaM ?? 0) : undefined,
  };
}
