// caught by: noNodejsModules
export const cores = async (): Promise<number> => (await import("node:os")).availableParallelism();
