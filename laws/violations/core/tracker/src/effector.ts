// caught by: force
export type Countermeasure = Readonly<{ kind: "order"; startJamming: boolean }>;
