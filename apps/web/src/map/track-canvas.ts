import { drawAtlas } from "./atlas.ts";
import { createRowDrawer, type FrameUniforms, type RowDrawer } from "./gl-program.ts";
import type { Instances } from "./instances.ts";
import type { Anchor } from "./mercator.ts";
import { ELLIPSE, ELLIPSE_VERTICES, ICON, RING, RING_VERTICES, SEGMENT, TRIANGLE } from "./shaders.ts";
import { clipTransformOf, type View } from "./view.ts";

/**
 * The canvas of everything that moves: a handful of instanced draws however many tracks there are. It lies over the base map and is
 * a canvas of its own because a base map costs far more to draw than the tracks do, and changes only when one looks elsewhere.
 */
export type TrackCanvas = Readonly<{
  /** Puts the rows of a new picture where the graphics can draw them. */
  upload(instances: Instances, anchor: Anchor): void;
  /** Draws the newest rows; `lit` is 0 or 1: whether flashing rings are lit. False while the graphics are lost. */
  draw(view: View, lit: number): boolean;
  dispose(): void;
}>;

/** `lost` is called when the browser takes the graphics away, `restored` when they are back and everything wants to be uploaded anew. */
export function createTrackCanvas(canvas: HTMLCanvasElement, lost: () => void, restored: () => void): TrackCanvas {
  const gl = canvas.getContext("webgl2", { alpha: true, antialias: false, depth: false, stencil: false });
  if (!gl) throw new Error("WebGL 2");
  let stage: Stage | undefined = createStage(gl);
  let anchor: Anchor = { x: 0, y: 0 };
  canvas.addEventListener("webglcontextlost", (event) => {
    event.preventDefault();
    stage = undefined;
    lost();
  });
  canvas.addEventListener("webglcontextrestored", () => {
    stage = createStage(gl);
    restored();
  });
  return {
    upload(instances, at) {
      anchor = at;
      stage?.upload(instances);
    },
    draw(view, lit) {
      if (!stage) return false;
      const [width, height] = [Math.round(view.widthPx * view.pixelRatio), Math.round(view.heightPx * view.pixelRatio)];
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      gl.viewport(0, 0, width, height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      stage.draw({ toClip: clipTransformOf(view, anchor), widthPx: view.widthPx, heightPx: view.heightPx, flash: lit });
      return true;
    },
    dispose: () => stage?.dispose(),
  };
}

type Stage = Readonly<{ upload(instances: Instances): void; draw(frame: FrameUniforms): void; dispose(): void }>;

function createStage(gl: WebGL2RenderingContext): Stage {
  const triangles = createRowDrawer(gl, TRIANGLE);
  const ellipses = createRowDrawer(gl, ELLIPSE, ELLIPSE_VERTICES);
  const segments = createRowDrawer(gl, SEGMENT, 4);
  const rings = createRowDrawer(gl, RING, RING_VERTICES);
  const icons = createRowDrawer(gl, ICON, 4);
  const inOrder: readonly RowDrawer[] = [triangles, ellipses, segments, rings, icons];
  const atlas = uploadAtlas(gl);
  return {
    upload(instances) {
      triangles.upload(instances.triangles);
      ellipses.upload(instances.ellipses);
      segments.upload(instances.segments);
      rings.upload(instances.rings);
      icons.upload(instances.icons);
    },
    draw(frame) {
      gl.disable(gl.DEPTH_TEST);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, atlas);
      for (const drawer of inOrder) drawer.draw(frame);
    },
    dispose() {
      for (const drawer of inOrder) drawer.dispose();
      gl.deleteTexture(atlas);
    },
  };
}

function uploadAtlas(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, drawAtlas(document.createElement("canvas")));
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}
