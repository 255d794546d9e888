import { ConfigurationError, type FeedConfig, readConfiguration, type SiteConfiguration } from "@picket/server";

/** A feed by its name in a configuration file, and that file. Throws {@link ConfigurationError} when it cannot be listened to from here. */
export function configuredFeed(
  config: string | undefined,
  name: string,
): Readonly<{ feed: FeedConfig; configuration: SiteConfiguration }> {
  if (!config) throw new ConfigurationError(["--config is needed: it says where feed NAME is heard"]);
  const configuration = readConfiguration(config);
  const feed = configuration.feeds.find(({ id }) => id === name);
  if (!feed) {
    const known = configuration.feeds.map(({ id }) => id).join(", ") || "none";
    throw new ConfigurationError([`${config}: there is no feed ${name}; there are ${known}`]);
  }
  if (feed.transport.kind === "http")
    throw new ConfigurationError([
      `Feed ${name} is posted to the running server, so only it can hear it: see the feeds on its page, or GET /api/feeds`,
    ]);
  if (feed.transport.kind === "stdin")
    throw new ConfigurationError([`Feed ${name} is standard input: keep what you pipe in by "tee FILE"`]);
  return { feed, configuration };
}
