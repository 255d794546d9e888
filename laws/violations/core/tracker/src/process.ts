// caught by: noRestrictedGlobals
export const nowNs = (): bigint => process.hrtime.bigint();
