import type { Frame, OutletHealth, Reality, Site } from "@picket/model";
import { leastReal } from "@picket/model";
import type { SiteConfiguration } from "./config/read-configuration.ts";
import { realityOf } from "./feed-translator.ts";
import { createShare } from "./share/share.ts";

/** Every way out of the site. What goes wrong on one of them stays there, is counted and said. */
export type Outlets = {
  take(frame: Frame, site: Site): void;
  health(): readonly OutletHealth[];
  stop(): Promise<void>;
};

export function startOutlets({ feeds, share = [] }: SiteConfiguration, nowMs: () => number): Outlets {
  const personsReality = mostReal(feeds.map(realityOf));
  const stopping = new AbortController();
  const outlets = share.map((config) => createShare({ config, personsReality, nowMs }));
  const running = outlets.map((outlet) => outlet.run(stopping.signal));
  return {
    take(frame, site) {
      for (const outlet of outlets) outlet.take(frame, site);
    },
    health: () => outlets.map((outlet) => outlet.health()),
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}

/** The most real of some; live where there are none. */
const mostReal = (realities: readonly Reality[]): Reality =>
  realities.reduce((best, reality) => (leastReal(best, reality) === best ? reality : best), realities[0] ?? "live");
