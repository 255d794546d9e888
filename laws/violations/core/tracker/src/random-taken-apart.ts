// caught by: noJsRestrictedProperties
const { random } = Math;
export const dice = (): number => random();
