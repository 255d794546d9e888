// caught by: plugin
export function rootOf(value: number): number {
  let root = value;
  root **= 0.5;
  return root;
}
