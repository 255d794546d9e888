/** The view is always north up and straight down, so a scale and a shift take metres of the map to clip space. */
const HEAD = `#version 300 es
precision highp float;
uniform vec4 u_view;
uniform vec2 u_viewport;
vec2 clipOf(vec2 place) { return place * u_view.xy + u_view.zw; }
vec4 beside(vec2 clip, vec2 px) { return vec4(clip + px * vec2(2.0, -2.0) / u_viewport, 0.0, 1.0); }
const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
`;
const FRAGMENT = `#version 300 es
precision mediump float;
out vec4 o_color;
`;

/** Vertex and fragment source, and how many floats each attribute takes of a row, in order. */
export type ProgramText = Readonly<{ vertex: string; fragment: string; attributes: readonly number[] }>;

/** A symbol of the atlas: red is the ink, green the fill. Always upright, always of the same size. */
export const ICON: ProgramText = {
  attributes: [2, 2, 4, 4],
  vertex: `${HEAD}
layout(location = 0) in vec2 a_place;
layout(location = 1) in vec2 a_cellAndSize;
layout(location = 2) in vec4 a_ink;
layout(location = 3) in vec4 a_fill;
out vec2 v_uv;
out vec4 v_ink;
out vec4 v_fill;
const vec2 GRID = vec2(12.0, 6.0);
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  float cell = a_cellAndSize.x;
  v_uv = (vec2(mod(cell, GRID.x), floor(cell / GRID.x)) + corner) / GRID;
  v_ink = a_ink;
  v_fill = a_fill;
  gl_Position = beside(clipOf(a_place), (corner - 0.5) * a_cellAndSize.y);
}`,
  fragment: `${FRAGMENT}
uniform sampler2D u_atlas;
in vec2 v_uv;
in vec4 v_ink;
in vec4 v_fill;
void main() {
  vec2 cover = texture(u_atlas, v_uv).rg;
  float fill = cover.g * v_fill.a * (1.0 - cover.r);
  float ink = cover.r * v_ink.a;
  o_color = vec4(v_fill.rgb * fill + v_ink.rgb * ink, fill + ink);
}`,
};

/** Corners of a ring's outline, and vertices of its ribbon. */
const RING_STEPS = 14;
export const RING_VERTICES = 2 * (RING_STEPS + 1);

/** A ring of fixed size in pixels, as a ribbon; a width below zero flashes with u_flash; gaps cut it into arcs. */
export const RING: ProgramText = {
  attributes: [2, 3, 4],
  vertex: `${HEAD}
uniform float u_flash;
layout(location = 0) in vec2 a_place;
layout(location = 1) in vec3 a_shape;
layout(location = 2) in vec4 a_color;
out vec2 v_offset;
out vec3 v_shape;
out vec4 v_color;
void main() {
  float turn = float(gl_VertexID >> 1) / ${RING_STEPS}.0 * 6.2831853;
  float widthPx = abs(a_shape.y);
  float halfPx = widthPx * 0.5 + 1.0;
  // Corners lie outside the circle, so that its rim is never cut.
  float radiusPx = gl_VertexID % 2 == 0 ? a_shape.x - halfPx : (a_shape.x + halfPx) * ${(1 / Math.cos(Math.PI / RING_STEPS)).toFixed(4)};
  v_offset = vec2(cos(turn), sin(turn)) * radiusPx;
  v_shape = vec3(a_shape.x, widthPx, a_shape.z);
  v_color = a_color * (a_shape.y < 0.0 ? u_flash : 1.0);
  gl_Position = v_color.a > 0.0 ? beside(clipOf(a_place), v_offset) : NOWHERE;
}`,
  fragment: `${FRAGMENT}
in vec2 v_offset;
in vec3 v_shape;
in vec4 v_color;
void main() {
  float away = abs(length(v_offset) - v_shape.x) - v_shape.y * 0.5;
  float cover = clamp(0.5 - away, 0.0, 1.0);
  if (v_shape.z > 0.0) cover *= step(0.35, abs(sin(atan(v_offset.y, v_offset.x) * v_shape.z * 0.5)));
  float alpha = cover * v_color.a;
  o_color = vec4(v_color.rgb * alpha, alpha);
}`,
};

/** A straight line of a width in pixels, solid or dashed, its alpha running from one end to the other. */
export const SEGMENT: ProgramText = {
  attributes: [4, 2, 3, 2],
  vertex: `${HEAD}
layout(location = 0) in vec4 a_ends;
layout(location = 1) in vec2 a_widthAndDash;
layout(location = 2) in vec3 a_color;
layout(location = 3) in vec2 a_alphas;
out vec4 v_color;
out vec2 v_alongAndDash;
out float v_across;
void main() {
  vec2 from = clipOf(a_ends.xy);
  vec2 to = clipOf(a_ends.zw);
  float along = float(gl_VertexID >> 1);
  float side = float(gl_VertexID & 1) * 2.0 - 1.0;
  vec2 run = (to - from) * u_viewport * vec2(0.5, -0.5);
  float lengthPx = length(run);
  vec2 across = lengthPx > 0.001 ? vec2(-run.y, run.x) / lengthPx : vec2(0.0);
  v_across = side * (a_widthAndDash.x * 0.5 + 0.5);
  v_alongAndDash = vec2(along * lengthPx, a_widthAndDash.y);
  v_color = vec4(a_color, mix(a_alphas.x, a_alphas.y, along));
  gl_Position = lengthPx > 0.3 ? beside(mix(from, to, along), across * v_across) : NOWHERE;
}`,
  fragment: `${FRAGMENT}
in vec4 v_color;
in vec2 v_alongAndDash;
in float v_across;
void main() {
  float dash = v_alongAndDash.y;
  if (dash > 0.0 && mod(v_alongAndDash.x, 2.0 * dash) > dash) discard;
  o_color = vec4(v_color.rgb * v_color.a, v_color.a);
}`,
};

/** Steps of the outline of an ellipse, and vertices of its ribbon. */
const ELLIPSE_STEPS = 32;
export const ELLIPSE_VERTICES = 2 * (ELLIPSE_STEPS + 1);

/** The outline of an ellipse given by its two half axes, as a ribbon one pixel and a half wide. */
export const ELLIPSE: ProgramText = {
  attributes: [2, 4, 1, 4],
  vertex: `${HEAD}
layout(location = 0) in vec2 a_place;
layout(location = 1) in vec4 a_axes;
layout(location = 2) in float a_dashed;
layout(location = 3) in vec4 a_color;
out vec4 v_color;
out vec2 v_turnAndDashed;
void main() {
  float turn = float(gl_VertexID >> 1) / ${ELLIPSE_STEPS}.0 * 6.2831853;
  float side = float(gl_VertexID & 1) * 2.0 - 1.0;
  vec2 pxPerMetre = u_view.xy * u_viewport * vec2(0.5, -0.5);
  vec2 outPx = (a_axes.xy * cos(turn) + a_axes.zw * sin(turn)) * pxPerMetre;
  outPx += outPx / max(length(outPx), 0.001) * side * 0.75;
  v_color = a_color;
  v_turnAndDashed = vec2(turn, a_dashed);
  gl_Position = beside(clipOf(a_place), outPx);
}`,
  fragment: `${FRAGMENT}
in vec4 v_color;
in vec2 v_turnAndDashed;
void main() {
  if (v_turnAndDashed.y > 0.5 && sin(v_turnAndDashed.x * 24.0) > 0.2) discard;
  o_color = vec4(v_color.rgb * v_color.a, v_color.a);
}`,
};

/** Plain triangles: three rows each. */
export const TRIANGLE: ProgramText = {
  attributes: [2, 4],
  vertex: `${HEAD}
layout(location = 0) in vec2 a_place;
layout(location = 1) in vec4 a_color;
out vec4 v_color;
void main() {
  v_color = a_color;
  gl_Position = vec4(clipOf(a_place), 0.0, 1.0);
}`,
  fragment: `${FRAGMENT}
in vec4 v_color;
void main() {
  o_color = vec4(v_color.rgb * v_color.a, v_color.a);
}`,
};
