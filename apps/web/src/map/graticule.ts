/** Lines of latitude and longitude worth drawing in a view, with the decimals their labels need. */
export type Graticule = Readonly<{ lonsDeg: readonly number[]; latsDeg: readonly number[]; decimals: number }>;
/** Degrees of the view's edges. */
export type Bounds = Readonly<{ westDeg: number; southDeg: number; eastDeg: number; northDeg: number }>;

const STEPS_DEG = [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const FEWEST_LINES = 4;

/** The widest step that still gives four lines across the view. */
export function graticuleFor({ westDeg, southDeg, eastDeg, northDeg }: Bounds): Graticule {
  const stepDeg = STEPS_DEG.find((step) => (eastDeg - westDeg) / step >= FEWEST_LINES) ?? 0.001;
  const multiples = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.floor(to / stepDeg) - Math.ceil(from / stepDeg) + 1) }, (_, index) => {
      const value = (Math.ceil(from / stepDeg) + index) * stepDeg;
      return Math.round(value * 1e6) / 1e6;
    });
  return {
    lonsDeg: multiples(westDeg, eastDeg),
    latsDeg: multiples(southDeg, northDeg),
    decimals: Math.max(0, Math.ceil(-Math.log10(stepDeg) - 1e-9)),
  };
}
