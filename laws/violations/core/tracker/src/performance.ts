// caught by: noRestrictedGlobals
export const nowMs = (): number => performance.now();
