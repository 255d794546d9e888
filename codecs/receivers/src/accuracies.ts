import type { Fields } from "@picket/bytes";
import { HORIZONTAL_ACCURACY_M, SPEED_ACCURACY_MPS, VERTICAL_ACCURACY_M } from "@picket/remote-id";
import { quantity } from "./quantity.ts";

/** The bounds of a Location: text such as `< 10 m`, or the standard's code. */
export const readAccuracies = (fields: Fields) => ({
  horizontalAccuracyM: accuracy(fields, "horizontal_accuracy", HORIZONTAL_ACCURACY_M),
  verticalAccuracyM: accuracy(fields, "vertical_accuracy", VERTICAL_ACCURACY_M),
  pressureAccuracyM: accuracy(fields, "baro_accuracy", VERTICAL_ACCURACY_M),
  speedAccuracyMps: accuracy(fields, "speed_accuracy", SPEED_ACCURACY_MPS),
});

/** A bare number is the standard's code for a bound where there is a table of them, else the bound itself. */
export function accuracy(fields: Fields, name: string, bounds: readonly (number | undefined)[]): number | undefined {
  const told = quantity(fields, name, { min: 0, max: 20_000 });
  if (told === undefined || told === 0) return undefined;
  return typeof fields.value(name) === "number" && bounds.length > 0 ? bounds[told] : told;
}
