import type { AssessedTrack, Level } from "@picket/model";

/** sRGB channels, 0 to 1. */
export type Color = readonly [red: number, green: number, blue: number];
export type ColorName =
  | Level
  | "friend"
  | "unknown"
  | "onCritical"
  | "ground"
  | "sea"
  | "land"
  | "coast"
  | "border"
  | "borderMinor"
  | "graticule"
  | "placeName"
  | "zone"
  | "sensor"
  | "person"
  | "label"
  | "labelHalo"
  | "textFaint";
/** What the map paints with: read from the style sheet, which is the one place where colours are named. */
export type Palette = Readonly<Record<ColorName, Color>>;

const NAMES: readonly ColorName[] = [
  "watch",
  "caution",
  "warning",
  "critical",
  "friend",
  "unknown",
  "onCritical",
  "ground",
  "sea",
  "land",
  "coast",
  "border",
  "borderMinor",
  "graticule",
  "placeName",
  "zone",
  "sensor",
  "person",
  "label",
  "labelHalo",
  "textFaint",
];

/** Reads the palette of the running theme. `property` answers a CSS custom property such as `--critical`. */
export function readPalette(property: (name: string) => string): Palette {
  const entries = NAMES.map(
    (name) => [name, colorFrom(property(`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`))] as const,
  );
  return Object.fromEntries(entries) as Record<ColorName, Color>;
}

/** A level's colour; without one, the affiliation's. */
export const colorOf = (track: AssessedTrack, palette: Palette): Color =>
  palette[track.assessment.level ?? (track.affiliation === "friend" ? "friend" : "unknown")];

export const cssColor = ([red, green, blue]: Color, alpha = 1): string =>
  `rgb(${Math.round(red * 255)} ${Math.round(green * 255)} ${Math.round(blue * 255)} / ${alpha})`;

function colorFrom(text: string): Color {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim());
  if (!match) throw new TypeError(`A colour token must be #rrggbb, got ${JSON.stringify(text)}`);
  const channel = (index: number) => Number.parseInt(match[index] ?? "", 16) / 255;
  return [channel(1), channel(2), channel(3)];
}
