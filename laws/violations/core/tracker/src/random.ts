// caught by: noJsRestrictedProperties
export const dice = (): number => Math.random();
