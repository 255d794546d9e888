import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import Type from "typebox";
import { type HttpContext, userOf } from "./context.ts";

const Health = Type.Object({
  state: Type.String({ enum: ["working", "degraded", "failed"] }),
  recording: Type.Boolean(),
  sensorsNotWatching: Type.Integer(),
  outletsFailing: Type.Integer({ description: "Shares and deliveries that do not get through" }),
});

/** What a supervisor process and a metrics collector ask. Health is coverage, not "up": a silent covering sensor makes it degraded. */
export function operationRoutes(app: FastifyInstance, context: HttpContext): void {
  const { process: site, clock } = context;
  const healthRoute = { schema: { summary: "Is the air watched", response: { 200: Health, 503: Health } } };
  app.get("/healthz", healthRoute, async (_request, reply) => {
    const frame = site.frame();
    const isTicking = frame !== undefined && clock.nowMs() - frame.nowMs < 5000;
    const { state: recording, damaged } = site.record();
    const isRecording = recording === "recording";
    const notWatching = frame?.sensors.filter((sensor) => sensor.state !== "watching").length ?? 0;
    const failing = site.outlets().filter((outlet) => outlet.state === "failing").length;
    const state = !isTicking
      ? "failed"
      : !isRecording || damaged !== undefined || notWatching > 0 || failing > 0
        ? "degraded"
        : "working";
    return reply
      .code(isTicking ? 200 : 503)
      .send({ state, recording: isRecording, sensorsNotWatching: notWatching, outletsFailing: failing });
  });

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, labelNames: string[], collect: (this: Gauge) => void) =>
    new Gauge({ name, help, labelNames, registers: [registry], collect });
  gauge("picket_tracks", "Tracks in the picture", [], function () {
    this.set(site.frame()?.tracks.length ?? 0);
  });
  gauge("picket_alerts", "Open alerts by state", ["state"], function () {
    this.reset();
    for (const alert of site.frame()?.alerts ?? []) this.inc({ state: alert.state });
  });
  gauge("picket_feed_chunks", "Chunks received by a feed", ["feed"], function () {
    for (const feed of site.feeds()) this.set({ feed: feed.id }, feed.chunks);
  });
  gauge("picket_feed_records", "Records understood", ["feed"], function () {
    for (const feed of site.feeds()) this.set({ feed: feed.id }, feed.records);
  });
  gauge("picket_feed_rejected", "Parts refused, by code", ["feed", "code"], function () {
    for (const feed of site.feeds()) {
      for (const [code, count] of Object.entries(feed.rejected)) this.set({ feed: feed.id, code }, count);
    }
  });
  gauge("picket_journal_uncommitted", "Journal entries not yet on disk", [], function () {
    this.set(site.record().sequence - site.record().committed);
  });
  gauge("picket_decision_faults", "How often deciding failed and was brought back", [], function () {
    this.set(site.faults());
  });
  gauge("picket_feed_dropped", "Chunks refused by the allow-list or for want of room", ["feed"], function () {
    for (const feed of site.feeds()) this.set({ feed: feed.id }, feed.dropped);
  });
  gauge("picket_outlet_sent", "Messages that left by a share or delivery", ["outlet"], function () {
    for (const { id, sent } of site.outlets()) this.set({ outlet: id }, sent);
  });
  gauge("picket_outlet_waiting", "Messages that wait to leave", ["outlet"], function () {
    for (const { id, waiting } of site.outlets()) this.set({ outlet: id }, waiting);
  });
  gauge("picket_outlet_working", "1 while a share or delivery works, 0 while it fails", ["outlet"], function () {
    for (const { id, state } of site.outlets()) this.set({ outlet: id }, state === "failing" ? 0 : 1);
  });
  gauge("picket_outlet_dropped", "Messages that did not leave, by code", ["outlet", "code"], function () {
    for (const { id, dropped } of site.outlets())
      for (const [code, count] of Object.entries(dropped)) this.set({ outlet: id, code }, count);
  });
  gauge("picket_live_clients", "Open live sockets", ["page"], function () {
    this.set({ page: "operator" }, site.hub.counts.operators);
    this.set({ page: "field" }, site.hub.counts.phones);
  });
  gauge("picket_live_skipped", "Messages a slow client was spared", [], function () {
    this.set(site.hub.counts.skipped);
  });

  const metricsRoute = {
    schema: { summary: "Figures for a collector, in Prometheus' format", response: { 200: Type.String() } },
  };
  app.get("/metrics", metricsRoute, async (request, reply) => {
    userOf(context, request);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
