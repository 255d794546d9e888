import type { Place } from "@picket/model";

/** Six decimals of a degree: a tenth of a metre. More would say more than anybody measured. */
export const cotPlace = ({ latDeg, lonDeg }: Place): Place => ({ latDeg: rounded(latDeg, 6), lonDeg: rounded(lonDeg, 6) });

export const rounded = (value: number, decimals: number): number => {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
};
