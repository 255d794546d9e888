// caught by: plugin
export const rootOf = (value: number): number => value ** 0.5;
