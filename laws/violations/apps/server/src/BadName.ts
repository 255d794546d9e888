// caught by: useFilenamingConvention
export const one = 1;
