import type { SiteConfiguration } from "./read-configuration.ts";

const LOOPBACK = /^(127\.|::1$|localhost$)/;

/** What leaves the site that is personal or helps who would not be seen, and to whom: for who answers for it to read at every start. */
export function releaseNotices({ share = [], deliver = [] }: SiteConfiguration): readonly string[] {
  return [...share, ...deliver].flatMap(({ id, partner, transport, release = {} }) => {
    const told = [
      ...(release.persons ? ["names and places of protected persons"] : []),
      ...(release.fields ?? []),
      ...(release.sensors ? ["where sensors stand and which of them watch"] : []),
    ];
    if (told.length === 0) return [];
    const isOpen = isReadableOnTheWay(transport);
    return [`${id} sends ${partner} ${told.join(", ")}${isOpen ? ", unencrypted: whoever is on the way can read it" : ""}.`];
  });
}

type Transport = ((SiteConfiguration["share"] & object) | (SiteConfiguration["deliver"] & object))[number]["transport"];

function isReadableOnTheWay(transport: Transport): boolean {
  switch (transport.kind) {
    case "udp":
      return !LOOPBACK.test(transport.host);
    case "tcpClient":
      return !transport.tls && !LOOPBACK.test(transport.host);
    case "httpPost":
      return transport.url.startsWith("http:") && !LOOPBACK.test(new URL(transport.url).hostname);
    case "directory":
    case "httpFeed":
      return false;
    default:
      return transport satisfies never;
  }
}
