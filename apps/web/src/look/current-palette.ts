import { type Palette, readPalette } from "../map/palette.ts";

/** The palette of the theme that runs now. A canvas spells colours out again that the build has shortened (`#fff`, `red`). */
export function currentPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) throw new Error("This browser has no 2-D canvas");
  return readPalette((name) => {
    pen.fillStyle = style.getPropertyValue(name);
    return pen.fillStyle;
  });
}
