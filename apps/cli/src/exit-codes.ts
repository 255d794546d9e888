/** Exit codes, those of sysexits.h where one fits. */
export const EXIT = { done: 0, no: 1, usage: 64, badData: 65, unavailable: 69, fault: 70, configuration: 78 } as const;
