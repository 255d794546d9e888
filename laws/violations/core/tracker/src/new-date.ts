// caught by: noRestrictedGlobals
export const yearOf = (ms: number): number => new Date(ms).getUTCFullYear();
