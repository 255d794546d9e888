// caught by: noRestrictedGlobals
export const next = (run: () => void): void => queueMicrotask(run);
