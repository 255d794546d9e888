// caught by: plugin
export const powerOf = (value: number, exponent: number): number => value ** exponent;
