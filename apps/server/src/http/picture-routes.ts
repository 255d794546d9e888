import { type Site, trackId, type Zone } from "@picket/model";
import type { FastifyInstance } from "fastify";
import { type HttpContext, userOf } from "./context.ts";
import { problem } from "./problem.ts";

const Span = {
  type: "object",
  properties: { fromMs: { type: "number" }, toMs: { type: "number" } },
  additionalProperties: false,
} as const;

/** Reads of the picture of now, and of a track's past. A route only looks. */
export function pictureRoutes(app: FastifyInstance, context: HttpContext): void {
  const { process: site, clock } = context;
  app.addHook("preHandler", async (request) => void userOf(context, request));

  app.get("/api/tracks", async () => site.frame()?.tracks ?? []);
  app.get<{ Params: { id: string } }>("/api/tracks/:id", async ({ params }) => {
    const track = site.frame()?.tracks.find((candidate) => candidate.id === params.id);
    if (!track) throw problem(404, "no-such-track", "No live track has this id; it may have ended.");
    return track;
  });
  app.get<{ Params: { id: string }; Querystring: { fromMs?: number; toMs?: number } }>(
    "/api/tracks/:id/history",
    { schema: { querystring: Span } },
    async ({ params, query }) => {
      const id = trackId.as(params.id);
      if (!id) throw problem(404, "no-such-track", "That is not the form of a track's id.");
      const toMs = query.toMs ?? clock.nowMs();
      return site.history(id, query.fromMs ?? toMs - 3_600_000, toMs);
    },
  );
  app.get("/api/alerts", async () => site.frame()?.alerts ?? []);
  app.get("/api/warnings", async () => site.frame()?.warnings ?? []);
  app.get("/api/zones", async () => ({ type: "FeatureCollection", features: zonesOf(site.site()).map(featureOf) }));
  app.get("/api/sensors", async () => {
    const states = new Map(site.frame()?.sensors.map((state) => [state.id, state]));
    return site.site().sensors.map((sensor) => ({ ...sensor, now: states.get(sensor.id) }));
  });
  app.get("/api/feeds", async () => site.feeds());
  app.get("/api/persons", async () => site.frame()?.persons ?? []);
  app.get("/api/sightings", async () => site.sightings());
  app.get("/api/record", async () => site.record());
}

const zonesOf = (site: Site): readonly Zone[] => site.zones;

/** A zone as GeoJSON; a circle and a corridor carry their line or centre, and the exact shape stands in the properties. */
function featureOf(zone: Zone): Readonly<Record<string, unknown>> {
  const { shape } = zone;
  const geometry =
    shape.kind === "polygon"
      ? { type: "Polygon", coordinates: shape.rings }
      : shape.kind === "circle"
        ? { type: "Point", coordinates: [shape.centre.lonDeg, shape.centre.latDeg] }
        : { type: "LineString", coordinates: shape.line };
  return { type: "Feature", id: zone.id, geometry, properties: zone };
}
