// caught by: nothing
export const distanceM = (fromM: number, toM: number): number => Math.abs(toM - fromM);
