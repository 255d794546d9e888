// caught by: noRestrictedGlobals
export const clock = (): unknown => globalThis;
