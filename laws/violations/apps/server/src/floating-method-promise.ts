// caught by: no-floating-promises
export type Store = { put(key: string): Promise<void> };
export function keep(store: Store): void {
  store.put("drone");
}
