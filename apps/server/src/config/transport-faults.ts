import { allowEntryFault } from "../feeds/allow-list.ts";
import type { ClientTls, Transport } from "./transport.ts";

type Fault = Readonly<{ keys: readonly string[]; problem: string }>;

/** What no schema can see in a transport; `keys` lead to it from the transport itself. */
export function transportFaults(transport: Transport): readonly Fault[] {
  switch (transport.kind) {
    case "udp":
      return allowFaults(transport.allow);
    case "tcpServer":
      return allowFaults(transport.allow);
    case "tcpClient":
      return tlsFaults(transport.tls);
    case "httpPoll":
      return [...urlFaults(transport.url, transport.tls), ...accessFaults(transport), ...tlsFaults(transport.tls)];
    case "mqtt":
      return [
        ...urlFaults(transport.url, transport.tls),
        ...accessFaults(transport),
        ...tlsFaults(transport.tls),
        ...transport.topics.flatMap((topic, index) => topicFaults(topic, index)),
      ];
    case "zmq":
      return urlFaults(transport.url, undefined);
    case "serial":
    case "capture":
    case "http":
    case "stdin":
      return [];
    default:
      return transport satisfies never;
  }
}

function allowFaults(allow: readonly string[] | undefined): readonly Fault[] {
  return (allow ?? []).flatMap((entry, index) => {
    const problem = allowEntryFault(entry);
    return problem ? [{ keys: ["allow", String(index)], problem }] : [];
  });
}

export function urlFaults(text: string, tls: ClientTls | undefined): readonly Fault[] {
  const url = URL.parse(text);
  if (!url?.hostname) return [{ keys: ["url"], problem: `must be an address, got ${JSON.stringify(text)}` }];
  if (url.username || url.password)
    return [{ keys: ["url"], problem: "must not hold a user or password: give user and password apart" }];
  if (tls && (url.protocol === "http:" || url.protocol === "mqtt:"))
    return [{ keys: ["url"], problem: `must begin with ${url.protocol.replace(":", "s:")} when there is tls` }];
  return [];
}

export function accessFaults(access: Readonly<{ user?: string; password?: unknown; bearer?: unknown }>): readonly Fault[] {
  if (access.password !== undefined && access.user === undefined)
    return [{ keys: ["password"], problem: "must come with a user" }];
  if (access.bearer !== undefined && access.user !== undefined)
    return [{ keys: ["bearer"], problem: "must stand alone: with a user there is a password" }];
  return [];
}

/** `keys` lead from the transport. */
export function tlsFaults(tls: ClientTls | undefined): readonly Fault[] {
  if (!tls || (tls.certificate === undefined) === (tls.key === undefined)) return [];
  return [{ keys: ["tls"], problem: "must have both certificate and key, or neither" }];
}

/** @source MQTT 5.0, 4.7.1: `#` is the last level and stands alone in it; `+` stands alone in its level. */
function topicFaults(topic: string, index: number): readonly Fault[] {
  const levels = topic.split("/");
  const isGood = levels.every(
    (level, at) => level === "+" || (level === "#" && at === levels.length - 1) || !/[+#\0]/.test(level),
  );
  if (isGood) return [];
  const problem = `must have "+" alone in its level and "#" alone in the last, got ${JSON.stringify(topic)}`;
  return [{ keys: ["topics", String(index)], problem }];
}
