// caught by: noRestrictedGlobals
export const newId = (): string => crypto.randomUUID();
