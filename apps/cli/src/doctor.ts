import { X509Certificate } from "node:crypto";
import { createSocket } from "node:dgram";
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { MATH_FINGERPRINT, mathFingerprint } from "@picket/geo";
import {
  ConfigurationError,
  listenFault,
  openAccounts,
  placeNotices,
  readConfiguration,
  releaseNotices,
  type SiteConfiguration,
} from "@picket/server";
import { IS_DEMONSTRATION, isDemonstration } from "./demo-directory.ts";
import { EXIT } from "./exit-codes.ts";
import { feedFiles, outletFiles } from "./feed-files.ts";
import { type Finding, fault, note, ok, printFindings } from "./finding.ts";

const LEAST_FREE_BYTES = 1024 ** 3;
const EXPIRES_SOON_DAYS = 30;

/** Checks what a site stands on, in words: runtime, configuration, data directory, TLS, ports, people, sensors. */
export async function doctorCommand({ config, data }: Readonly<{ config?: string; data?: string }>): Promise<number> {
  const findings: Finding[] = [runtime(), arithmetic()];
  let configuration: SiteConfiguration | undefined;
  if (config) {
    try {
      configuration = readConfiguration(config);
      findings.push(ok(`${config} reads well: ${counts(configuration)}`));
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      findings.push(...error.faults.map(fault));
    }
  } else {
    findings.push(note("No --config given: nothing is protected and nobody is warned until there is one"));
  }
  const dataDir = data ?? configuration?.server.dataDir ?? "picket-data";
  findings.push(...dataDirectory(dataDir), ...tls(configuration), ...access(configuration, dataDir), ...sensors(configuration));
  findings.push(...(await ports(configuration)));
  printFindings(findings);
  return findings.some((finding) => finding.level === "fault") ? EXIT.no : EXIT.done;
}

const counts = ({ site, feeds, share = [], deliver = [] }: SiteConfiguration): string =>
  `${feeds.length} feeds, ${site.sensors.length} sensors, ${site.zones.length} zones, ${site.persons.length} people, ${share.length} shares, ${deliver.length} deliveries`;

function runtime(): Finding {
  const major = Number(process.versions.node.split(".")[0]);
  return major >= 24
    ? ok(`Node ${process.versions.node}`)
    : fault(`Node 24 or newer is needed, this is ${process.versions.node}`);
}

function arithmetic(): Finding {
  return mathFingerprint() === MATH_FINGERPRINT
    ? ok("Arithmetic is the one that frames were proven on: replays are equal to the bit")
    : note("Arithmetic differs from the machines frames were proven on: decisions compare exactly, numbers nearly");
}

function dataDirectory(dir: string): readonly Finding[] {
  if (!existsSync(dir)) return [note(`${dir} does not exist yet and will be made`)];
  if (isDemonstration(dir)) return [fault(`${dir} ${IS_DEMONSTRATION}`)];
  try {
    accessSync(dir, constants.W_OK);
    const probe = mkdtempSync(join(dir, "doctor-"));
    rmSync(probe, { recursive: true });
  } catch (error) {
    return [fault(`${dir} cannot be written: ${(error as Error).message}`)];
  }
  const { bavail, bsize } = statfsSync(dir);
  const freeGb = ((bavail * bsize) / 1024 ** 3).toFixed(1);
  return [
    bavail * bsize < LEAST_FREE_BYTES
      ? fault(`Only ${freeGb} GB free for ${dir}; at least 1 GB is needed`)
      : ok(`${dir} can be written, ${freeGb} GB free`),
  ];
}

function tls(configuration: SiteConfiguration | undefined): readonly Finding[] {
  const files = configuration?.server.tls;
  if (!files) return [note("No TLS files: pages stay on this machine (server.tls)")];
  try {
    const certificate = readFileSync(files.certificate);
    createSecureContext({ cert: certificate, key: readFileSync(files.key) });
    const { validTo, validToDate } = new X509Certificate(certificate);
    const leftDays = (validToDate.getTime() - Date.now()) / 86_400_000;
    if (leftDays < 0) return [fault(`TLS: ${files.certificate} expired on ${validTo}`)];
    if (leftDays < EXPIRES_SOON_DAYS) return [note(`TLS: ${files.certificate} expires on ${validTo}`)];
    return [ok(`TLS certificate and key fit: ${files.certificate}`)];
  } catch (error) {
    return [fault(`TLS: ${(error as Error).message}`)];
  }
}

function access(configuration: SiteConfiguration | undefined, dataDir: string): readonly Finding[] {
  const hasAdministrator = existsSync(join(dataDir, "access.sqlite")) && isAdministered(dataDir);
  const why = listenFault(configuration?.server ?? {}, hasAdministrator);
  if (why) return [fault(why)];
  return [
    hasAdministrator
      ? ok("There is an administrator")
      : note("Nobody needs to sign in on this machine: picket user add NAME --role administrator"),
  ];
}

function isAdministered(dataDir: string): boolean {
  const accounts = openAccounts(dataDir);
  try {
    return accounts.hasAdministrator();
  } finally {
    accounts.close();
  }
}

function sensors(configuration: SiteConfiguration | undefined): readonly Finding[] {
  if (!configuration) return [];
  const { site, feeds } = configuration;
  const found: Finding[] = [];
  for (const sensor of site.sensors) {
    if (!sensor.height) found.push(note(`Sensor ${sensor.id} has no height: its elevations cannot become heights`));
    if (sensor.kind === "radar" && !sensor.revisitMs)
      found.push(note(`Radar ${sensor.id} states no revisitMs: its silence is noticed late`));
  }
  for (const feed of feeds) {
    if (!feed.owner || !feed.legalBasis) found.push(note(`Feed ${feed.id} states no owner or no legalBasis`));
    found.push(...feedFiles(feed));
  }
  found.push(...outletFiles(configuration), ...[...releaseNotices(configuration), ...placeNotices(configuration)].map(note));
  if (site.zones.length === 0) found.push(note("No zones: tracks are shown and none raises an alert"));
  if (site.persons.length === 0) found.push(note("No people: nobody is warned"));
  return found;
}

/** Tries to listen where the site would: a port that is taken is found now and not at night. */
async function ports(configuration: SiteConfiguration | undefined): Promise<readonly Finding[]> {
  if (!configuration) return [];
  const found: Finding[] = [];
  for (const { id, transport } of configuration.feeds) {
    const isUdp = transport.kind === "udp" && !transport.multicast;
    if (!isUdp && transport.kind !== "tcpServer") continue;
    const { host: feedHost = "127.0.0.1", port: feedPort } = transport;
    const where = `${isUdp ? "UDP" : "TCP"} ${feedHost}:${feedPort}`;
    const why = await (isUdp ? udpFault : tcpFault)(feedHost, feedPort);
    found.push(why ? fault(`Feed ${id}: ${where}: ${why}`) : ok(`Feed ${id}: ${where} is free`));
  }
  const { host = "127.0.0.1", port = 8080 } = configuration.server;
  const why = await tcpFault(host, port);
  found.push(why ? fault(`HTTP ${host}:${port}: ${why}`) : ok(`HTTP ${host}:${port} is free`));
  return found;
}

const udpFault = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
    socket.on("error", (error) => {
      socket.close();
      resolve(error.message);
    });
    socket.bind(port, host, () => socket.close(() => resolve(undefined)));
  });

const tcpFault = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.on("error", (error) => resolve(error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
