// caught by: noRestrictedGlobals
export const ask = async (url: string): Promise<Response> => await fetch(url);
