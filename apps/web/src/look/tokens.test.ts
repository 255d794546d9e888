import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  contrastRatio,
  differenceSeen,
  parseHexColor,
  type Rgb,
  relativeLuminance,
  SIGHTS,
  worstDifference,
} from "./color-difference.ts";

const STATUS = ["critical", "warning", "caution", "watch", "friend", "unknown"] as const;
const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");

/** Colours of one theme by name, as the style sheet states them. */
function theme(name: string): (token: string) => Rgb {
  const block = new RegExp(`\\[data-theme="${name}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? "";
  const colors = new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, token = "", hex = ""]) => [token, hex]));
  return (token) => parseHexColor(colors.get(token) ?? `no --${token} in ${name}`);
}

const pairs = STATUS.flatMap((one, index) => STATUS.slice(index + 1).map((other) => [one, other] as const));

for (const { name, least } of [
  { name: "dark", least: 20 },
  { name: "day", least: 20 },
  { name: "contrast", least: 20 },
])
  test(`in the ${name} theme any two colours of status differ by ${least} (CIEDE2000) or more for every kind of sight`, () => {
    const color = theme(name);
    for (const [one, other] of pairs)
      assert.ok(
        worstDifference(color(one), color(other)) >= least,
        `${one} and ${other}: ${worstDifference(color(one), color(other))}`,
      );
  });

test("in the night theme, which has no blue to tell them apart by, any two still differ by 5.5 or more", () => {
  const color = theme("night");
  for (const [one, other] of pairs)
    assert.ok(
      worstDifference(color(one), color(other)) >= 5.5,
      `${one} and ${other}: ${worstDifference(color(one), color(other))}`,
    );
});

test("the night theme keeps blue within 15 % and luminance within 45 % of full scale", () => {
  const block = /\[data-theme="night"\] \{([^}]*)\}/.exec(css)?.[1] ?? "";
  const colors = [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)];
  assert.ok(colors.length > 30);
  for (const [, token, hex = ""] of colors) {
    const color = parseHexColor(hex);
    assert.ok(color[2] <= 0.15, `--${token} has ${color[2]} of blue`);
    assert.ok(relativeLuminance(color) <= 0.45, `--${token} has luminance ${relativeLuminance(color)}`);
  }
});

for (const name of ["dark", "day", "night", "contrast"])
  test(`words of the ${name} theme have a contrast of 4.5 or more on what they stand on`, () => {
    const color = theme(name);
    for (const [ink, ground] of [
      ["text", "ground"],
      ["text", "panel"],
      ["text", "raised"],
      ["text-soft", "panel"],
      ["text-soft", "raised"],
      ["text-faint", "panel"],
      ["on-critical", "critical"],
      ["on-warning", "warning"],
      ["on-caution", "caution"],
      ["on-watch", "watch"],
      ["on-replay", "replay"],
      ["on-drill", "drill"],
      ["label", "land"],
      ["label", "sea"],
    ] as const)
      assert.ok(
        contrastRatio(color(ink), color(ground)) >= 4.5,
        `${ink} on ${ground}: ${contrastRatio(color(ink), color(ground))}`,
      );
  });

test("red belongs to critical alone: no other colour of the dark theme lies within 20 of it", () => {
  const block = /\[data-theme="dark"\] \{([^}]*)\}/.exec(css)?.[1] ?? "";
  const critical = theme("dark")("critical");
  for (const [, token, hex = ""] of block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g))
    if (token !== "critical") assert.ok(differenceSeen(parseHexColor(hex), critical, "normal") >= 20, `--${token}`);
});

test("a pair that only full sight tells apart is found", () => {
  const [red, green] = [parseHexColor("#c04040"), parseHexColor("#607a30")];
  assert.ok(differenceSeen(red, green, "normal") > 30);
  assert.ok(worstDifference(red, green) < 20);
  assert.deepEqual(SIGHTS.length, 4);
});
