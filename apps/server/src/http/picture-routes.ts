import {
  Alert,
  AssessedTrack,
  FeedHealth,
  OutletHealth,
  PersonState,
  RecordHealth,
  Sensor,
  SensorState,
  SightingReport,
  trackId,
  Warning,
  Zone,
} from "@picket/model";
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { type HttpContext, userOf } from "./context.ts";
import { problem } from "./problem.ts";

const Span = Type.Object(
  {
    fromMs: Type.Optional(Type.Number({ description: "Unix milliseconds UTC; an hour before `toMs` unless told" })),
    toMs: Type.Optional(Type.Number({ description: "Unix milliseconds UTC; now unless told" })),
  },
  { additionalProperties: false },
);
const Point = Type.Object({
  nowMs: Type.Number(),
  latDeg: Type.Number(),
  lonDeg: Type.Number(),
  altHaeM: Type.Optional(Type.Number({ description: "Above the WGS-84 ellipsoid; absent when no sensor measured it" })),
});
const Zones = Type.Object({
  type: Type.Literal("FeatureCollection"),
  features: Type.Array(
    Type.Object({
      type: Type.Literal("Feature"),
      id: Type.String(),
      geometry: Type.Object({ type: Type.String(), coordinates: Type.Array(Type.Any()) }),
      properties: Zone,
    }),
  ),
});
const SensorNow = Type.Intersect([Sensor, Type.Object({ now: Type.Optional(SensorState) })]);
const Range = Type.Object({ fromMs: Type.Number(), toMs: Type.Number(), boot: Type.Integer() });

const answers = <S extends Type.TSchema>(summary: string, schema: S) => ({ schema: { summary, response: { 200: schema } } });
const lists = <S extends Type.TSchema>(summary: string, item: S) => answers(summary, Type.Array(item));

/** Reads of the picture of now, and of a track's past. A route only looks. */
export function pictureRoutes(app: FastifyInstance, context: HttpContext): void {
  const { process: site, clock } = context;
  app.addHook("onRequest", async (request) => void userOf(context, request));

  app.get("/api/tracks", lists("Every track of now", AssessedTrack), async () => site.frame()?.tracks ?? []);
  app.get<{ Params: { id: string } }>("/api/tracks/:id", answers("One track of now", AssessedTrack), async ({ params }) => {
    const track = site.frame()?.tracks.find((candidate) => candidate.id === params.id);
    if (!track) throw problem(404, "no-such-track", "No live track has this id; it may have ended.");
    return track;
  });
  app.get<{ Params: { id: string }; Querystring: Type.Static<typeof Span> }>(
    "/api/tracks/:id/history",
    { schema: { summary: "Where a track was", querystring: Span, response: { 200: Type.Array(Point) } } },
    async ({ params, query }) => {
      const id = trackId.as(params.id);
      if (!id) throw problem(404, "no-such-track", "That is not the form of a track's id.");
      const toMs = query.toMs ?? clock.nowMs();
      return site.history(id, query.fromMs ?? toMs - 3_600_000, toMs);
    },
  );
  app.get("/api/alerts", lists("Every alert of now", Alert), async () => site.frame()?.alerts ?? []);
  app.get("/api/warnings", lists("Open warnings, and all-clears of the last half hour", Warning), async () =>
    site.hub.warnings(),
  );
  app.get("/api/zones", answers("Every zone, as GeoJSON", Zones), async () => ({
    type: "FeatureCollection",
    features: site.site().zones.map(featureOf),
  }));
  app.get("/api/sensors", lists("Every sensor as configured, and how it fares", SensorNow), async () => {
    const states = new Map(site.frame()?.sensors.map((state) => [state.id, state]));
    return site.site().sensors.map((sensor) => ({ ...sensor, now: states.get(sensor.id) }));
  });
  app.get("/api/feeds", lists("How every feed fares", FeedHealth), async () => site.feeds());
  app.get("/api/outlets", lists("How every share and delivery fares", OutletHealth), async () => site.outlets());
  app.get("/api/persons", lists("Every protected person, as far as known", PersonState), async () => site.frame()?.persons ?? []);
  app.get("/api/sightings", lists("What was reported since the start, newest first", SightingReport), async () =>
    site.sightings(),
  );
  app.get("/api/record", answers("What is recorded and what is not", RecordHealth), async () => site.record());
  app.get("/api/replay/ranges", lists("What can be played again", Range), async () => site.replayRanges());
}

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
