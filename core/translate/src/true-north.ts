import { radFromDeg } from "@picket/geo";
import type { Sensor } from "@picket/model";

/** What turns a sensor's azimuths into true ones: add `offsetRad`; it adds `sigmaRad` of its own. */
export type TrueNorth = Readonly<{ ok: true; offsetRad: number; sigmaRad: number }> | Readonly<{ ok: false; why: string }>;

/** How far a sensor's north is from true north. Grid north is refused by name: which grid and zone it means is not configured. */
export function trueNorth({ id, northReference = "true", headingOffsetDeg = 0 }: Sensor, _receivedMs: number): TrueNorth {
  switch (northReference) {
    case "true":
      return { ok: true, offsetRad: radFromDeg(headingOffsetDeg), sigmaRad: 0 };
    case "magnetic":
      return { ok: false, why: `${id} reports magnetic azimuths, and there is no magnetic model` };
    case "grid":
      return { ok: false, why: `${id} reports grid azimuths; set its heading offset from true north instead` };
    default:
      throw new TypeError(`North reference must be true, magnetic or grid, got ${northReference satisfies never}`);
  }
}
