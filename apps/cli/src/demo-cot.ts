import { ConfigurationError, parseConfiguration, type SiteConfiguration } from "@picket/server";

const ADDRESS = /^(udp|tcp):\/\/(?:\[([0-9a-f:.]+)\]|([^\s/:[\]]+)):(\d+)\/?$/i;

/**
 * Where the demonstration sends its picture as Cursor on Target, from an address such as `udp://239.2.3.1:6969`. All of it is released, and
 * every message says that it is simulated. Throws {@link ConfigurationError} for what is no such address.
 */
export function demoShare(address: string): SiteConfiguration["share"] & object {
  const [, scheme, bracketed, plain, port] = ADDRESS.exec(address) ?? [];
  if (!scheme)
    throw new ConfigurationError([
      `--cot must be an address such as udp://239.2.3.1:6969 or tcp://127.0.0.1:8087, got ${address}`,
    ]);
  const share = {
    id: "cot",
    protocol: "cot",
    partner: "Whoever listens",
    transport: { kind: scheme.toLowerCase() === "udp" ? "udp" : "tcpClient", host: bracketed ?? plain, port: Number(port) },
    release: {
      realities: ["simulated"],
      sensors: true,
      outlines: true,
      persons: true,
      fields: ["identity", "selfId", "operatorId", "operatorPlace"],
    },
  };
  const site = { id: "demo", name: "Demo", latDeg: 0, lonDeg: 0 };
  return parseConfiguration(JSON.stringify({ site, share: [share] }), "--cot").share ?? [];
}
