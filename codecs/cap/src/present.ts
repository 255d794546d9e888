/** T with every key named, and `undefined` for those that T may be without. */
type Named<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** The same without the keys that are undefined: what is absent is absent, not present and undefined. */
export const present = <T extends object>(value: Named<T>): T =>
  Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as T;
