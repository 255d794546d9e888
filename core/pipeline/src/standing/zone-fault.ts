import { type AreaProblem, areaProblem, selfCrossing } from "@picket/geo";
import type { Zone, ZoneShape } from "@picket/model";
import { toAreaShape } from "./areas.ts";

/** What is wrong with a zone that somebody gives: which key, a code for whoever words it, and the words of a configuration's fault. */
export type ZoneFault = Readonly<{
  key: "shape" | "floor";
  code: AreaProblem["code"] | "crosses-itself" | "floor-above-ceiling";
  problem: string;
}>;

/** Why a zone would not protect what its author meant, or `undefined`. */
export function zoneFault({ shape, floor, ceiling }: Zone): ZoneFault | undefined {
  const fault = shapeFault(shape);
  if (fault) return fault;
  if (!floor || !ceiling || floor.reference !== ceiling.reference || floor.valueM < ceiling.valueM) return undefined;
  const problem = `must lie below the ceiling of ${ceiling.valueM} m ${ceiling.reference}, got ${floor.valueM} m`;
  return { key: "floor", code: "floor-above-ceiling", problem };
}

/** Why nobody could say what a shape encloses, or `undefined`. */
export function shapeFault(shape: ZoneShape): ZoneFault | undefined {
  const area = toAreaShape(shape);
  const wrong = areaProblem(area);
  if (wrong) return { key: "shape", code: wrong.code, problem: `must enclose an area: ${wrong.detail}` };
  const at = area.kind === "polygon" ? selfCrossing(area) : undefined;
  if (!at) return undefined;
  const where = `latitude ${at.latDeg.toFixed(5)}, longitude ${at.lonDeg.toFixed(5)}`;
  return { key: "shape", code: "crosses-itself", problem: `must not cross itself: its outline does at ${where}` };
}
