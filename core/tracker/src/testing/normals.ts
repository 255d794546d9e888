/** A generator of standard normal numbers that is the same everywhere (sum of twelve evenly spread ones). */
export function normals(seed: number): () => number {
  let state = seed >>> 0;
  const even = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += even();
    return sum;
  };
}
