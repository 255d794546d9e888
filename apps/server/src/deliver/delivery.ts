import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { encodeAlert } from "@picket/cap";
import type { Frame, OutletHealth, Site } from "@picket/model";
import type { DeliverConfig } from "../config/deliver.ts";
import { faultInWords } from "../feeds/fault-in-words.ts";
import { createOutletMonitor } from "../outlet-monitor.ts";
import { type ReleaseContext, releasePicture } from "../share/release.ts";
import { type CapContext, type CapDraft, capMessage } from "./cap-message.ts";
import type { Courier, Message } from "./courier.ts";
import { directoryCourier } from "./directory.ts";
import { createDispatch } from "./dispatch.ts";
import { type HttpFeed, httpFeedCourier } from "./http-feed.ts";
import { httpPostCourier } from "./http-post.ts";
import { createLedger, type Ledger, type LedgerState } from "./ledger.ts";

const DEFAULT_EXPIRES_S = 600;

/** One delivery at work. */
export type Delivery = {
  readonly config: DeliverConfig;
  take(frame: Frame, site: Site): void;
  health(): OutletHealth;
  /** What can be fetched from us, where the delivery is a feed. */
  readonly feed: HttpFeed | undefined;
  /** Resolves when `signal` aborts. */
  run(signal: AbortSignal): Promise<void>;
};

export type DeliveryOptions = Readonly<{
  config: DeliverConfig;
  /** Where what was said is kept over a restart. */
  dataDir: string;
  context: ReleaseContext;
  nowMs: () => number;
  /** Hears what the partner was told of. */
  told: (what: string, nowMs: number) => void;
}>;

/** Turns alerts into messages and has them delivered. No fault in it reaches the watch: it is counted and said. */
export function createDelivery({ config, dataDir, context: released, nowMs, told }: DeliveryOptions): Delivery {
  const { id, protocol, partner, release = {}, fromLevel = "warning", cap } = config;
  const feed = config.transport.kind === "httpFeed" ? httpFeedCourier(id) : undefined;
  const courier = feed ?? createCourier(config);
  const monitor = createOutletMonitor({ id, kind: "delivery", protocol, transport: courier.where, partner }, told);
  const dispatch = createDispatch({ courier, monitor, nowMs });
  const stateFile = join(dataDir, "deliver", `${id}.json`);
  let ledger: Ledger | undefined;
  let saving = Promise.resolve();

  const save = (state: LedgerState) => {
    saving = saving.then(() => writeState(stateFile, state)).catch((error: unknown) => monitor.failing(faultInWords(error)));
  };
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      monitor.dropped("internal-fault");
      monitor.failing(`A fault of Picket's own: ${faultInWords(error)}`);
    }
  };
  const openLedger = (site: Site): Ledger => {
    const options = { site: site.id, sender: cap.sender, fromLevel, expiresMs: (cap.expiresS ?? DEFAULT_EXPIRES_S) * 1000 };
    try {
      return createLedger(options, existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, "utf8")) as LedgerState) : []);
    } catch (error) {
      monitor.failing(`what was said before the start cannot be read, and is said anew: ${faultInWords(error)}`);
      return createLedger(options);
    }
  };
  const tellNews = (frame: Frame, site: Site) => {
    ledger ??= openLedger(site);
    const picture = releasePicture(frame, site, release, released);
    const drafts = ledger.due(picture.alerts, frame.nowMs);
    if (drafts.length === 0) return;
    const context: CapContext = { config, picture, zones: site.zones };
    for (const draft of drafts) guarded(() => dispatch.put(messageOf(draft, context)));
    save(ledger.state());
  };
  return {
    config,
    feed,
    health: monitor.health,
    take: (frame, site) => guarded(() => tellNews(frame, site)),
    async run(signal) {
      if (feed) monitor.working();
      await dispatch.run(signal);
      await saving;
    },
  };
}

function createCourier({ id, transport }: DeliverConfig): Courier {
  switch (transport.kind) {
    case "directory":
      return directoryCourier(transport);
    case "httpPost":
      return httpPostCourier(transport);
    case "httpFeed":
      return httpFeedCourier(id);
    default:
      return transport satisfies never;
  }
}

function messageOf(draft: CapDraft, context: CapContext): Message {
  const alert = writable(capMessage(draft, context));
  const [info] = alert.infos;
  return {
    identifier: alert.identifier,
    about: draft.alert.id,
    title: info?.headline ?? alert.identifier,
    text: encodeAlert(alert),
    sentMs: alert.sent.unixMs,
    expiresMs: info?.expires?.unixMs ?? alert.sent.unixMs,
  };
}

/** What XML cannot carry, in any text: a name that somebody typed must not keep a warning from leaving. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** The same value with U+FFFD for it. */
function writable<T>(value: T): T {
  if (typeof value === "string") return value.replace(NOT_XML, "\u{FFFD}") as T;
  if (Array.isArray(value)) return value.map(writable) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, writable(part)])) as T;
}

async function writeState(file: string, state: LedgerState): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, JSON.stringify(state), { mode: 0o600 });
  await rename(`${file}.part`, file);
}
