import type { CustomLayerInterface, CustomRenderMethodInput, MapLibreMap } from "maplibre-gl";
import { drawAtlas } from "./atlas.ts";
import { createRowDrawer, type RowDrawer } from "./gl-program.ts";
import type { Instances } from "./instances.ts";
import { type Anchor, anchoredMatrix } from "./mercator.ts";
import { ELLIPSE, ELLIPSE_VERTICES, ICON, RING, SEGMENT, TRIANGLE } from "./shaders.ts";

/** The layer of everything that moves: a handful of instanced draws however many tracks there are. */
export type TrackLayer = Readonly<{
  layer: CustomLayerInterface;
  /** 0 or 1: whether flashing rings are lit. */
  flash(lit: number): void;
  /** Draws a frame soon, asking `prepare` first. */
  refresh(): void;
}>;

/**
 * `prepare` is asked once a frame, just before drawing: it answers the buffers when they changed, so that however many messages came
 * since the last frame are packed once. `drawn` hears how many icons the frame holds.
 */
export function createTrackLayer(
  anchor: () => Anchor,
  prepare: () => Instances | undefined,
  drawn: (icons: number) => void,
): TrackLayer {
  let stage: Stage | undefined;
  let map: MapLibreMap | undefined;
  let lit = 1;
  let icons = 0;
  return {
    layer: {
      id: "tracks",
      type: "custom",
      renderingMode: "2d",
      onAdd(onto, gl) {
        map = onto;
        stage = createStage(gl);
      },
      render(gl, input) {
        if (!stage || !map) return;
        const instances = prepare();
        if (instances) {
          stage.upload(instances);
          icons = instances.icons.count;
        }
        const canvas = map.getCanvas();
        stage.draw(gl, input, anchor(), canvas.clientWidth, canvas.clientHeight, lit);
        drawn(icons);
      },
      onRemove() {
        stage?.dispose();
        stage = undefined;
      },
    },
    flash(next) {
      if (next === lit) return;
      lit = next;
      map?.triggerRepaint();
    },
    refresh: () => map?.triggerRepaint(),
  };
}

type Stage = Readonly<{
  upload(instances: Instances): void;
  draw(
    gl: WebGL2RenderingContext,
    input: CustomRenderMethodInput,
    anchor: Anchor,
    widthPx: number,
    heightPx: number,
    lit: number,
  ): void;
  dispose(): void;
}>;

function createStage(gl: WebGL2RenderingContext): Stage {
  const triangles = createRowDrawer(gl, TRIANGLE);
  const ellipses = createRowDrawer(gl, ELLIPSE, ELLIPSE_VERTICES);
  const segments = createRowDrawer(gl, SEGMENT, 4);
  const rings = createRowDrawer(gl, RING, 4);
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
    draw(context, input, anchor, widthPx, heightPx, lit) {
      const matrix = anchoredMatrix(input.defaultProjectionData.mainMatrix as ArrayLike<number>, anchor);
      context.disable(context.DEPTH_TEST);
      context.disable(context.STENCIL_TEST);
      context.disable(context.CULL_FACE);
      context.enable(context.BLEND);
      context.blendFunc(context.ONE, context.ONE_MINUS_SRC_ALPHA);
      context.activeTexture(context.TEXTURE0);
      context.bindTexture(context.TEXTURE_2D, atlas);
      for (const drawer of inOrder) drawer.draw({ matrix, widthPx, heightPx, flash: lit });
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
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}
