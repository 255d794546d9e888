// caught by: noRestrictedGlobals
export const often = (run: () => void): unknown => setInterval(run, 250);
