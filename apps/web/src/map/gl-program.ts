import type { FloatRows } from "./float-rows.ts";
import type { ProgramText } from "./shaders.ts";
import type { ClipTransform } from "./view.ts";

/** What all programs share in one frame. */
export type FrameUniforms = Readonly<{ toClip: ClipTransform; widthPx: number; heightPx: number; flash: number }>;

/** One way of drawing rows: a program, a buffer and how the buffer feeds the program. */
export type RowDrawer = Readonly<{
  upload(rows: FloatRows): void;
  draw(frame: FrameUniforms): void;
  dispose(): void;
}>;

/** Draws each row as `vertices` of a strip (instanced), or, without `vertices`, as one corner of a triangle. */
export function createRowDrawer(gl: WebGL2RenderingContext, text: ProgramText, vertices?: number): RowDrawer {
  const program = link(gl, text);
  const buffer = gl.createBuffer();
  const layout = describe(gl, text, buffer, vertices !== undefined);
  const view = gl.getUniformLocation(program, "u_view");
  const viewport = gl.getUniformLocation(program, "u_viewport");
  const flash = gl.getUniformLocation(program, "u_flash");
  let count = 0;
  return {
    upload(rows) {
      count = rows.count;
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, rows.data.subarray(0, rows.count * rows.stride), gl.DYNAMIC_DRAW);
    },
    draw(frame) {
      if (count === 0) return;
      gl.useProgram(program);
      gl.bindVertexArray(layout);
      const { scaleX, scaleY, shiftX, shiftY } = frame.toClip;
      gl.uniform4f(view, scaleX, scaleY, shiftX, shiftY);
      gl.uniform2f(viewport, frame.widthPx, frame.heightPx);
      if (flash) gl.uniform1f(flash, frame.flash);
      if (vertices === undefined) gl.drawArrays(gl.TRIANGLES, 0, count);
      else gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, vertices, count);
      gl.bindVertexArray(null);
    },
    dispose() {
      gl.deleteBuffer(buffer);
      gl.deleteVertexArray(layout);
      gl.deleteProgram(program);
    },
  };
}

function describe(
  gl: WebGL2RenderingContext,
  text: ProgramText,
  buffer: WebGLBuffer,
  instanced: boolean,
): WebGLVertexArrayObject {
  const layout = gl.createVertexArray();
  const strideBytes = 4 * text.attributes.reduce((sum, size) => sum + size, 0);
  gl.bindVertexArray(layout);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  let offset = 0;
  for (const [location, size] of text.attributes.entries()) {
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, strideBytes, offset);
    if (instanced) gl.vertexAttribDivisor(location, 1);
    offset += 4 * size;
  }
  gl.bindVertexArray(null);
  return layout;
}

function link(gl: WebGL2RenderingContext, text: ProgramText): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, text.vertex],
    [gl.FRAGMENT_SHADER, text.fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error("The graphics context is lost");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    const shaders = gl.getAttachedShaders(program) ?? [];
    throw new Error(`A map program does not link: ${shaders.map((shader) => gl.getShaderInfoLog(shader)).join(" ")}`);
  }
  return program;
}
