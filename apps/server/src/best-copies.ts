import type { Input, Scan } from "@picket/model";

/**
 * Of the copies of one origin that come in one tick the most accurate goes first: it is the one that counts, as the others say the same
 * less well. Copies of an origin that was used in an earlier tick count no more, however good they are.
 */
export function bestCopiesFirst(inputs: readonly Input[]): readonly Input[] {
  const places = new Map<string, { first: number; best: number; sigmaM: number }>();
  for (const [at, input] of inputs.entries()) {
    if (input.kind !== "scan") continue;
    for (const { origin, measurement } of input.detections) {
      if (origin === undefined || measurement.kind !== "position") continue;
      const before = places.get(origin);
      const sigmaM = measurement.horizontalSigmaM;
      if (!before) places.set(origin, { first: at, best: at, sigmaM });
      else if (sigmaM < before.sigmaM) places.set(origin, { ...before, best: at, sigmaM });
    }
  }
  const moved = [...places.values()].filter(({ first, best }) => best > first);
  if (moved.length === 0) return inputs;
  const ahead = new Map<number, Set<Scan>>();
  const isMoved = new Set<Input>();
  for (const { first, best } of moved) {
    const scan = inputs[best];
    if (scan?.kind !== "scan" || isMoved.has(scan)) continue;
    isMoved.add(scan);
    ahead.set(first, (ahead.get(first) ?? new Set()).add(scan));
  }
  return inputs.flatMap((input, at) => [...(ahead.get(at) ?? []), ...(isMoved.has(input) ? [] : [input])]);
}
