/** One curve, dots, or a band between two curves, in data units. */
export type Mark =
  | Readonly<{ kind: "line" | "dots"; label: string; points: readonly (readonly [number, number])[] }>
  | Readonly<{ kind: "band"; label: string; points: readonly (readonly [x: number, low: number, high: number])[] }>;

export type Plot = Readonly<{
  title: string;
  xLabel: string;
  yLabel: string;
  marks: readonly Mark[];
  isLogarithmic?: boolean;
  /** Least and greatest of either axis; where absent, what the marks span. */
  x?: readonly [number, number];
  y?: readonly [number, number];
}>;

const WIDTH = 720;
const HEIGHT = 440;
const LEFT = 70;
const RIGHT = 20;
const TOP = 40;
const BOTTOM = 55;
const COLOURS = ["#1f5fa8", "#c4511a", "#2b7a3d", "#7a3d8f"];
const TICKS = 6;

/** A plot as one SVG file: what is drawn is also said in the legend. */
export function svgOf(plot: Plot): string {
  const xs = plot.marks.flatMap(({ points }) => points.map(([x]) => x));
  const ys = plot.marks.flatMap(({ points }) => points.flatMap((point) => point.slice(1)));
  const x = scaleOf(plot.x ?? [Math.min(...xs), Math.max(...xs)], [LEFT, WIDTH - RIGHT], plot.isLogarithmic);
  const y = scaleOf(plot.y ?? [Math.min(...ys), Math.max(...ys)], [HEIGHT - BOTTOM, TOP], plot.isLogarithmic);
  const drawn = plot.marks.map((mark, k) => drawMark(mark, COLOURS[k % COLOURS.length] ?? "black", x.to, y.to));
  const legend = plot.marks.map(
    ({ label }, k) =>
      `<text x="${LEFT + 12}" y="${TOP + 16 + 17 * k}" fill="${COLOURS[k % COLOURS.length]}">${escaped(label)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    `<text x="${WIDTH / 2}" y="22" text-anchor="middle" font-size="15">${escaped(plot.title)}</text>`,
    ...x.ticks.map((tick) => {
      const at = x.to(tick).toFixed(1);
      return `<path d="M${at} ${TOP}V${HEIGHT - BOTTOM}" stroke="#ddd"/><text x="${at}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${shown(tick)}</text>`;
    }),
    ...y.ticks.map((tick) => {
      const at = y.to(tick).toFixed(1);
      return `<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#ddd"/><text x="${LEFT - 8}" y="${at}" text-anchor="end" dominant-baseline="middle">${shown(tick)}</text>`;
    }),
    ...drawn,
    ...legend,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escaped(plot.xLabel)}</text>`,
    `<text transform="translate(18 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escaped(plot.yLabel)}</text>`,
    "</svg>\n",
  ].join("\n");
}

type Scale = Readonly<{ to: (value: number) => number; ticks: readonly number[] }>;

function scaleOf([least, most]: readonly [number, number], [from, to]: readonly [number, number], isLogarithmic = false): Scale {
  const of = isLogarithmic ? Math.log10 : (value: number) => value;
  const [low, high] = [of(least), of(most)];
  const span = high - low || 1;
  return {
    to: (value) => from + ((of(value) - low) / span) * (to - from),
    ticks: isLogarithmic ? decades(least, most) : roundSteps(least, most),
  };
}

/** 1, 2 and 5 of every decade between. */
const decades = (least: number, most: number): number[] =>
  Array.from({ length: 40 }, (_, k) => 10 ** (Math.floor(k / 3) - 4) * ([1, 2, 5][k % 3] ?? 1)).filter(
    (tick) => tick >= least * 0.999 && tick <= most * 1.001,
  );

function roundSteps(least: number, most: number): number[] {
  const rough = (most - least) / TICKS || 1;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = decade * ([1, 2, 5, 10].find((factor) => factor * decade >= rough) ?? 10);
  const first = Math.ceil(least / step);
  return Array.from({ length: Math.floor(most / step) - first + 1 }, (_, k) => (first + k) * step);
}

function drawMark(mark: Mark, colour: string, x: (value: number) => number, y: (value: number) => number): string {
  const at = (px: number, py: number): string => `${x(px).toFixed(1)} ${y(py).toFixed(1)}`;
  switch (mark.kind) {
    case "line":
      return `<path d="M${mark.points.map(([px, py]) => at(px, py)).join("L")}" fill="none" stroke="${colour}" stroke-width="2"/>`;
    case "dots":
      return mark.points
        .map(([px, py]) => `<circle cx="${x(px).toFixed(1)}" cy="${y(py).toFixed(1)}" r="4" fill="${colour}"/>`)
        .join("");
    case "band": {
      const above = mark.points.map(([px, , high]) => at(px, high));
      const below = mark.points.map(([px, low]) => at(px, low)).reverse();
      return `<path d="M${[...above, ...below].join("L")}Z" fill="${colour}" fill-opacity="0.15"/>`;
    }
    default:
      return mark satisfies never;
  }
}

const shown = (value: number): string => String(Number(value.toPrecision(4)));
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
