/** sRGB channels, 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number];
/** How a person sees: with all cones, or without the long, middle or short ones. */
export type Sight = "normal" | "protan" | "deutan" | "tritan";
type Lab = readonly [lightness: number, a: number, b: number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** Smallest CIEDE2000 difference of two colours over the four kinds of sight: what a shift of mixed eyes can rely on. */
export const worstDifference = (one: Rgb, other: Rgb): number =>
  Math.min(...SIGHTS.map((sight) => differenceSeen(one, other, sight)));

/** CIEDE2000 difference of two colours as this sight sees them. 1 is just noticeable side by side; 20 is plainly another colour. */
export const differenceSeen = (one: Rgb, other: Rgb, sight: Sight): number =>
  ciede2000(labFromRgb(seenBy(one, sight)), labFromRgb(seenBy(other, sight)));

/** Reads `#rrggbb`; throws on anything else. */
export function parseHexColor(text: string): Rgb {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (!match) throw new TypeError(`A colour must be #rrggbb, got ${JSON.stringify(text)}`);
  const channel = (index: number) => Number.parseInt(match[index] ?? "", 16) / 255;
  return [channel(1), channel(2), channel(3)];
}

export const SIGHTS: readonly Sight[] = ["normal", "protan", "deutan", "tritan"];

/**
 * Full dichromacy, on linear RGB.
 * @source Machado, Oliveira & Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision Deficiency", severity 1.0.
 */
const DICHROMACY: Readonly<Record<Exclude<Sight, "normal">, Matrix>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** The colour as it looks to this sight. */
export function seenBy(rgb: Rgb, sight: Sight): Rgb {
  if (sight === "normal") return rgb;
  const seen = multiply(DICHROMACY[sight], [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])]);
  return [companded(seen[0]), companded(seen[1]), companded(seen[2])];
}

/** WCAG 2.2 contrast ratio, 1 to 21. */
export function contrastRatio(one: Rgb, other: Rgb): number {
  const [light, dark] = [relativeLuminance(one), relativeLuminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** @source WCAG 2.2, "relative luminance". */
export const relativeLuminance = (rgb: Rgb): number =>
  0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);

const clamped = (value: number) => Math.min(1, Math.max(0, value));
const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const companded = (value: number) => {
  const channel = clamped(value);
  return channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055;
};
const multiply = (m: Matrix, v: Rgb): Rgb => [dot(m[0], v), dot(m[1], v), dot(m[2], v)];
const dot = (a: Rgb, b: Rgb) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** sRGB to CIELAB under D65. @source IEC 61966-2-1 and CIE 15:2004. */
function labFromRgb(rgb: Rgb): Lab {
  const [x, y, z] = multiply(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])],
  );
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

const DEGREE = Math.PI / 180;

/**
 * Colour difference with unit weights kL = kC = kH = 1.
 * @source Sharma, Wu & Dalal (2005), "The CIEDE2000 Color-Difference Formula", eqs. 2 to 22.
 */
export function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const [ap1, ap2] = [(1 + g) * a1, (1 + g) * a2];
  const [cp1, cp2] = [Math.hypot(ap1, b1), Math.hypot(ap2, b2)];
  const [hp1, hp2] = [hueDeg(ap1, b1), hueDeg(ap2, b2)];
  const grey = cp1 * cp2 === 0;
  const turn = hp2 - hp1;
  const dHp = grey ? 0 : turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
  const dL = l2 - l1;
  const dC = cp2 - cp1;
  const dH = 2 * Math.sqrt(cp1 * cp2) * Math.sin((dHp / 2) * DEGREE);
  const meanL = (l1 + l2) / 2;
  const meanCp = (cp1 + cp2) / 2;
  const sum = hp1 + hp2;
  const meanH = grey ? sum : Math.abs(turn) <= 180 ? sum / 2 : sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
  const t =
    1 -
    0.17 * Math.cos((meanH - 30) * DEGREE) +
    0.24 * Math.cos(2 * meanH * DEGREE) +
    0.32 * Math.cos((3 * meanH + 6) * DEGREE) -
    0.2 * Math.cos((4 * meanH - 63) * DEGREE);
  const rotation = 30 * Math.exp(-(((meanH - 275) / 25) ** 2));
  const rc = 2 * Math.sqrt(meanCp ** 7 / (meanCp ** 7 + 25 ** 7));
  const sl = 1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2);
  const sc = 1 + 0.045 * meanCp;
  const sh = 1 + 0.015 * meanCp * t;
  const rt = -Math.sin(2 * rotation * DEGREE) * rc;
  return Math.sqrt((dL / sl) ** 2 + (dC / sc) ** 2 + (dH / sh) ** 2 + rt * (dC / sc) * (dH / sh));
}

const hueDeg = (a: number, b: number) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / DEGREE + 360) % 360);
