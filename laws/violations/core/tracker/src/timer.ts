// caught by: noRestrictedGlobals
export const later = (run: () => void): unknown => setTimeout(run, 250);
