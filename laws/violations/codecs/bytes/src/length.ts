// caught by: nothing
export const lengthOf = (bytes: Uint8Array): number => bytes.length;
