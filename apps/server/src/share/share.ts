import type { Frame, OutletHealth, Site } from "@picket/model";
import type { ShareConfig } from "../config/share.ts";
import { faultInWords } from "../feeds/fault-in-words.ts";
import { supervise } from "../feeds/supervise.ts";
import { createOutletMonitor } from "../outlet-monitor.ts";
import { createAsterixShare } from "./asterix-share.ts";
import { createCotShare } from "./cot-share.ts";
import { createLine } from "./create-line.ts";
import { type ReleaseContext, releasePicture } from "./release.ts";
import { createSapientShare } from "./sapient-share.ts";
import type { ShareContext, ShareProtocol } from "./share-protocol.ts";

/** One partner's share at work. */
export type Share = {
  take(frame: Frame, site: Site): void;
  health(): OutletHealth;
  /** Resolves when `signal` aborts. */
  run(signal: AbortSignal): Promise<void>;
};

export type ShareOptions = Readonly<{
  config: ShareConfig;
  context: ReleaseContext;
  nowMs: () => number;
  /** Hears what the partner was told of. */
  told: (what: string, nowMs: number) => void;
}>;

/** A fault of ours is shown for so long after the newest. */
const FAULT_SHOWN_MS = 10_000;

/** Joins a partner's line, the release and the protocol. No fault in it reaches the watch: it is counted and said. */
export function createShare({ config, context, nowMs, told }: ShareOptions): Share {
  const { id, protocol: speaks, partner, release = {} } = config;
  const line = createLine(config.transport);
  const monitor = createOutletMonitor({ id, kind: "share", protocol: speaks, transport: line.where, partner }, told);
  const protocol = createProtocol({ config, monitor });
  let faultMs: number | undefined;
  const guarded = (work: () => void) => {
    try {
      work();
      if (faultMs === undefined || nowMs() - faultMs < FAULT_SHOWN_MS) return;
      faultMs = undefined;
      monitor.working();
    } catch (error) {
      faultMs = nowMs();
      monitor.dropped("internal-fault");
      monitor.failing(`A fault of Picket's own: ${faultInWords(error)}`);
    }
  };
  return {
    health: monitor.health,
    take: (frame, site) => guarded(() => protocol.take(releasePicture(frame, site, release, context))),
    run(signal) {
      // Before the line hears of it, so that the last word still goes out.
      signal.addEventListener("abort", () => guarded(() => protocol.leaving?.(nowMs())), { once: true });
      return supervise(
        {
          run: (sink) =>
            line.run(
              {
                opened(open) {
                  sink.state({ kind: "listening", where: line.where });
                  guarded(() => protocol.opened(open, nowMs()));
                },
                heard: (chunk) => guarded(() => protocol.heard(chunk, nowMs())),
              },
              signal,
            ),
        },
        {
          bytes: () => undefined,
          refused: () => undefined,
          state(state) {
            if (state.kind === "listening") return monitor.working();
            if (state.kind !== "reconnecting") return;
            guarded(protocol.closed);
            monitor.failing(`tries again in ${Math.ceil(state.inMs / 1000)} s: ${state.why}`);
          },
        },
        signal,
      );
    },
  };
}

function createProtocol(context: ShareContext): ShareProtocol {
  const { protocol } = context.config;
  switch (protocol) {
    case "asterix":
      return createAsterixShare(context);
    case "cot":
      return createCotShare(context);
    case "sapient":
      return createSapientShare(context);
    default:
      return protocol satisfies never;
  }
}
