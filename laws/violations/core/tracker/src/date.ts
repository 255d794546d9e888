// caught by: noRestrictedGlobals
export const nowMs = (): number => Date.now();
