import type { Frame, OutletHealth, OutletId, Reality, Site } from "@picket/model";
import { leastReal } from "@picket/model";
import type { SiteConfiguration } from "./config/read-configuration.ts";
import type { Secret } from "./config/transport.ts";
import type { Message } from "./deliver/courier.ts";
import { createDelivery } from "./deliver/delivery.ts";
import { realityOf } from "./feed-translator.ts";
import { createShare } from "./share/share.ts";

/** Warnings that others fetch from us: the newest first, and what shows that they may. */
export type WarningFeed = Readonly<{ id: OutletId; partner: string; token?: Secret; messages: readonly Message[] }>;

/** Every way out of the site. What goes wrong on one of them stays there, is counted and said. */
export type Outlets = {
  take(frame: Frame, site: Site): void;
  health(): readonly OutletHealth[];
  warningFeed(id: string): WarningFeed | undefined;
  stop(): Promise<void>;
};

export function startOutlets(configuration: SiteConfiguration, dataDir: string, nowMs: () => number): Outlets {
  const { feeds, share = [], deliver = [] } = configuration;
  const personsReality = mostReal(feeds.map(realityOf));
  const stopping = new AbortController();
  const deliveries = deliver.map((config) => createDelivery({ config, dataDir, personsReality, nowMs }));
  const outlets = [...share.map((config) => createShare({ config, personsReality, nowMs })), ...deliveries];
  const running = outlets.map((outlet) => outlet.run(stopping.signal));
  return {
    take(frame, site) {
      for (const outlet of outlets) outlet.take(frame, site);
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
    },
  };
}

/** The most real of some; live where there are none. */
const mostReal = (realities: readonly Reality[]): Reality =>
  realities.reduce((best, reality) => (leastReal(best, reality) === best ? reality : best), realities[0] ?? "live");
