// caught by: nothing
export const cube = (value: number): number => value ** 3 + 10 ** -3;
