// caught by: noJsRestrictedProperties
export const rootOf = (value: number): number => Math.pow(value, 0.5);
