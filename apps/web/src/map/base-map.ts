import type { GeoJSONSource, MapLibreMap } from "maplibre-gl";
import type { Picture } from "../picture/picture.ts";
import { type DetailCell, detailFeatures, type PlaceName, type World, worldFeatures } from "./base-sources.ts";
import { baseLayers, DETAIL_ZOOM } from "./base-style.ts";
import { type CellIndex, cellsIn, createCellStore } from "./detail-cells.ts";
import type { Palette } from "./palette.ts";
import { boundsOf, type View } from "./view.ts";
import { isWatching } from "./watching.ts";
import { siteFeatures } from "./zone-features.ts";

const FOLDER = "/basemap";

/** Loads the cells of the view whenever it comes to rest near enough, and the coarse world beside them. Answers the world's names. */
export async function loadBaseMap(map: MapLibreMap, view: () => View): Promise<readonly PlaceName[]> {
  const cellsOf = createCellStore((name) => fetchJson<DetailCell>(`${FOLDER}/cells/${name}.json`));
  const index = await fetchJson<CellIndex>(`${FOLDER}/cells.json`);
  let shown = "";
  const refresh = async () => {
    const names = map.getZoom() < DETAIL_ZOOM ? [] : cellsIn(boundsOf(view()), index);
    if (names.join() === shown || names.length === 0) return;
    shown = names.join();
    void source(map, "detail").setData(detailFeatures(await cellsOf(names)));
  };
  map.on("moveend", () => void refresh());
  await refresh();
  const world = await fetchJson<World>(`${FOLDER}/world.json`);
  void source(map, "world").setData(worldFeatures(world));
  return world.names;
}

/** Shows zones and coverage, unless they are what `before` already showed: a ground that stays is a ground that need not be drawn. */
export function showSite(map: MapLibreMap, picture: Picture, before?: Picture): void {
  const isSame = picture.zones === before?.zones && picture.site === before.site && watchedIn(picture) === watchedIn(before);
  if (!isSame)
    void map.getSource<GeoJSONSource>("site")?.setData(siteFeatures(picture.zones, picture.site.sensors, picture.sensors));
}

const watchedIn = ({ site, sensors }: Picture): string =>
  site.sensors.map(({ id }) => Number(isWatching(sensors.get(id)))).join("");

/** Repaints the base map in the colours of a theme. */
export function paintBaseMap(map: MapLibreMap, palette: Palette): void {
  for (const layer of baseLayers(palette))
    for (const [name, value] of Object.entries(layer.paint ?? {}))
      if (map.getLayer(layer.id)) map.setPaintProperty(layer.id, name as never, value as never);
}

const source = (map: MapLibreMap, id: string): GeoJSONSource => {
  const found = map.getSource<GeoJSONSource>(id);
  if (!found) throw new Error(`The map's style has no source ${id}`);
  return found;
};

async function fetchJson<T>(path: string): Promise<T> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}
