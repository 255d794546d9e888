import { join } from "node:path";
import { type Frame, mostReal, type OutletHealth, type OutletId, type Site } from "@picket/model";
import type { DeliverConfig } from "./config/deliver.ts";
import type { SiteConfiguration } from "./config/read-configuration.ts";
import type { ShareConfig } from "./config/share.ts";
import type { Secret } from "./config/transport.ts";
import type { Message } from "./deliver/courier.ts";
import { createDelivery } from "./deliver/delivery.ts";
import { realityOf } from "./feed-translator.ts";
import { createReleaseRecord } from "./release-record.ts";
import { DEFAULT_HISTORY_DAYS } from "./retain.ts";
import type { ReleaseContext } from "./share/release.ts";
import { sensorRealities } from "./share/sensor-realities.ts";
import { createShare } from "./share/share.ts";

/** Warnings that others fetch from us: the newest first, and what shows that they may. */
export type WarningFeed = Readonly<{ id: OutletId; partner: string; token?: Secret; messages: readonly Message[] }>;

/** Nothing goes out about one thing more than once a second: a picture that holds no news of an alert is looked at so often. */
const TAKE_EVERY_MS = 200;

/** Every way out of the site. What goes wrong on one of them stays there, is counted and said. */
export type Outlets = {
  take(frame: Frame, site: Site): void;
  health(): readonly OutletHealth[];
  warningFeed(id: string): WarningFeed | undefined;
  stop(): Promise<void>;
};

export type OutletsOptions = Readonly<{
  configuration: SiteConfiguration;
  dataDir: string;
  nowMs: () => number;
  /** Hears of what could not be recorded. */
  report: (fault: string) => void;
}>;

export function startOutlets({ configuration, dataDir, nowMs, report }: OutletsOptions): Outlets {
  const { feeds, share = [], deliver = [], server } = configuration;
  const context: ReleaseContext = {
    siteReality: mostReal(feeds.map(realityOf)),
    sensorRealities: sensorRealities(
      configuration.site.sensors,
      feeds.map((feed) => ({ sensor: feed.sensor, reality: realityOf(feed) })),
    ),
    hearsay: new Set(feeds.flatMap(({ protocol, sensor }) => (protocol === "cot" && sensor ? [sensor] : []))),
  };
  const keepDays = server.retention?.historyDays ?? DEFAULT_HISTORY_DAYS;
  const record = createReleaseRecord({ dir: join(dataDir, "released"), keepDays, report });
  const common = ({ id: outlet, partner, release = {} }: ShareConfig | DeliverConfig) => {
    const fields = [...(release.fields ?? []), ...(release.persons ? ["persons"] : [])];
    const told = (what: string, atMs: number) => record.told({ outlet, partner, fields }, what, atMs);
    return { context, nowMs, told };
  };
  const stopping = new AbortController();
  const deliveries = deliver.map((config) => createDelivery({ config, dataDir, ...common(config) }));
  const outlets = [...share.map((config) => createShare({ config, ...common(config) })), ...deliveries];
  const running = outlets.map((outlet) => outlet.run(stopping.signal));
  let takenMs = 0;
  let takenAlerts = "";
  return {
    take(frame, site) {
      if (outlets.length === 0) return;
      const alerts = frame.alerts.map(({ id, state, revision }) => `${id} ${state} ${revision}`).join();
      if (alerts === takenAlerts && frame.nowMs - takenMs < TAKE_EVERY_MS) return;
      takenMs = frame.nowMs;
      takenAlerts = alerts;
      for (const outlet of outlets) outlet.take(frame, site);
      record.pass(frame.nowMs);
    },
    health: () => outlets.map((outlet) => outlet.health()),
    warningFeed(id) {
      const delivery = deliveries.find(({ config }) => config.id === id);
      if (!delivery?.feed || delivery.config.transport.kind !== "httpFeed") return undefined;
      const { partner, transport } = delivery.config;
      const messages = delivery.feed.messages(nowMs());
      return { id: delivery.config.id, partner, ...(transport.token && { token: transport.token }), messages };
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
      await record.close(nowMs());
    },
  };
}
