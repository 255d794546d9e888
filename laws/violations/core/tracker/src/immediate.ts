// caught by: noRestrictedGlobals
export const soon = (run: () => void): unknown => setImmediate(run);
