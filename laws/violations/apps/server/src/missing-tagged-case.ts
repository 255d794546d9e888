// caught by: switch-exhaustiveness-check
export type State = Readonly<{ kind: "listening"; port: number }> | Readonly<{ kind: "silent"; sinceMs: number }>;
export function wordFor(state: State): string {
  switch (state.kind) {
    case "listening":
      return "Listening";
  }
  return "";
}
