import type { CotEvent } from "@picket/cot";
import { createCotStream } from "@picket/cot";
import {
  type Alert,
  type AssessedTrack,
  type Frame,
  type PersonState,
  type Reality,
  type SensorId,
  type Site,
  siteId,
} from "@picket/model";
import type { ShareConfig } from "../config/share.ts";
import { frame as emptyFrame } from "../live/frame.fixture.ts";
import { createOutletMonitor, type OutletMonitor } from "../outlet-monitor.ts";
import { createCotShare } from "./cot-share.ts";
import { releasePicture } from "./release.ts";

export const NOW_MS = 1_767_323_045_000;

export const SITE: Site = {
  id: siteId.parse("north-gate"),
  name: "North gate",
  latDeg: 32.55,
  lonDeg: -117.04,
  sensors: [{ id: "radar", name: "Radar <east>", kind: "radar", latDeg: 32.55, lonDeg: -117.04, rangeMaxM: 5000 }],
  zones: [],
  persons: [],
  authorisations: [],
  landmarks: [],
  policy: {},
} as unknown as Site;

/** A confirmed multirotor whose operator broadcasts, 2 km from anything, seen a second ago. */
export const track = (over: Partial<AssessedTrack> = {}): AssessedTrack =>
  ({
    id: "t3-7",
    reality: "live",
    nowMs: NOW_MS,
    firstMs: NOW_MS - 9000,
    measuredMs: NOW_MS - 1000,
    confirmed: true,
    existence: 0.97,
    latDeg: 32.551,
    lonDeg: -117.041,
    ellipse: { semiMajorM: 17.2, semiMinorM: 6, orientationDeg: 30 },
    height: { valueM: 112, sigmaM: 8, reference: "hae" },
    eastMps: -3,
    northMps: -4,
    speedSigmaMps: 1,
    classes: { multirotor: 0.84, fixedWing: 0.1, bird: 0.02, mannedAircraft: 0.02, balloon: 0.01, other: 0.01 },
    identities: [
      {
        claim: { kind: "serial", value: "SERIAL-1" },
        probability: 0.9,
        lastMs: NOW_MS,
        truth: { verdict: "unconfirmed", reasons: [] },
        description: "Roof survey",
        operatorId: "OPERATOR-1",
        operator: { place: { latDeg: 32.56, lonDeg: -117.05 }, source: "live", measuredMs: NOW_MS },
      },
    ],
    affiliation: "unknown",
    contributions: [{ sensor: "radar", lastMs: NOW_MS - 1000, hits: 9 }],
    predictions: [],
    assessment: {
      level: "warning",
      reasons: [
        { code: "reason.entersZone", params: { zone: "Yard", entryS: 20, probability: 0.8 } },
        { code: "reason.reachesPerson", params: { person: "Ana", closestM: 20, arrivalS: 12, probability: 0.7 } },
        { code: "reason.twoBearers", params: { identity: "SERIAL-1" } },
      ],
      refutedBy: [{ code: "refute.turnsAway", params: {} }],
      zones: [{ zone: "yard", relation: "approaching", distanceM: 200, distanceExact: true }],
      behaviours: [],
    },
    ...over,
  }) as AssessedTrack;

export const alert = (over: Partial<Alert> = {}): Alert =>
  ({
    id: "a3-1",
    incident: "i3-1",
    kind: "zoneEntry",
    level: "critical",
    state: "activeUnacknowledged",
    reality: "live",
    revision: 1,
    annunciation: 1,
    raisedMs: NOW_MS,
    changedMs: NOW_MS,
    title: { code: "alert.zoneEntry", params: { zone: "Yard" } },
    reasons: [{ code: "reason.insideZone", params: { zone: "Yard" } }],
    refutedBy: [],
    tracks: ["t3-7"],
    zone: "yard",
    place: { latDeg: 32.551, lonDeg: -117.041 },
    acknowledgement: { by: "Reyes", atMs: NOW_MS, revision: 1 },
    ...over,
  }) as Alert;

export const ANA = {
  id: "ana",
  name: "Ana",
  language: "es",
  position: { latDeg: 32.549, lonDeg: -117.039, sigmaM: 12, measuredMs: NOW_MS - 4000, fixed: false },
  reachable: "connected",
} as unknown as PersonState;

export const frame = (over: Partial<Frame> = {}): Frame => emptyFrame(NOW_MS, over);

export type HeldShare = Readonly<{
  monitor: OutletMonitor;
  /** Gives a frame, and answers what was sent for it. */
  take(over: Partial<Frame>, site?: Site): readonly CotEvent[];
  /** Stops, and answers what was sent for it. */
  leave(nowMs: number): readonly CotEvent[];
  open(): void;
  close(): void;
  /** Lets the line have no room, or room again. */
  full(isFull: boolean): void;
}>;

/** A CoT share on a line that a test holds, open from the start. */
export function heldShare(
  over: Partial<ShareConfig> = {},
  siteReality: Reality = "live",
  hearsay: ReadonlySet<SensorId> = new Set(),
): HeldShare {
  const config = {
    id: "tak",
    protocol: "cot",
    partner: "Partner",
    transport: { kind: "udp", host: "239.2.3.1", port: 6969 },
    ...over,
  } as ShareConfig;
  const monitor = createOutletMonitor({ id: config.id, kind: "share", protocol: "cot", transport: "test", partner: "Partner" });
  const share = createCotShare({ config, monitor });
  let isFull = false;
  let sent: CotEvent[] = [];
  const stream = createCotStream();
  const open = () =>
    share.opened(
      {
        send(bytes) {
          if (isFull) return false;
          for (const item of stream.push(bytes)) {
            if (item.kind === "error" || !item.value.event) throw new Error(JSON.stringify(item));
            sent.push(item.value.event);
          }
          return true;
        },
        close: () => undefined,
      },
      NOW_MS,
    );
  open();
  return {
    monitor,
    take(given, site = SITE) {
      sent = [];
      share.take(releasePicture(frame(given), site, config.release ?? {}, { siteReality, hearsay }));
      return sent;
    },
    leave(nowMs) {
      sent = [];
      share.leaving?.(nowMs);
      return sent;
    },
    open,
    close: share.closed,
    full: (full) => {
      isFull = full;
    },
  };
}
