import type { Level } from "@picket/model";
import type { ComponentChild } from "preact";

/** The level as a shape, so that colour never speaks alone: octagon, triangle, diamond, circle. */
export function LevelMark({ level }: { level: Level }): ComponentChild {
  return (
    <svg class="level-mark" data-level={level} viewBox="0 0 20 20" aria-hidden="true">
      <path d={SHAPES[level]} />
      {level === "critical" && <path class="level-sign" d="M9 4.5h2l-.3 7h-1.4zM9 13h2v2.2H9z" />}
      {level === "warning" && <path class="level-sign" d="M9.2 7.5h1.6l-.2 5h-1.2zM9.2 13.8h1.6v1.8H9.2z" />}
    </svg>
  );
}

const SHAPES: Readonly<Record<Level, string>> = {
  critical: "M6 .8h8l5.2 5.2v8L14 19.2H6L.8 14V6z",
  warning: "M10 1.5 19.3 18H.7z",
  caution: "M10 .8 19.2 10 10 19.2.8 10z",
  watch: "M10 2.2a7.8 7.8 0 1 1 0 15.6 7.8 7.8 0 0 1 0-15.6z",
};
