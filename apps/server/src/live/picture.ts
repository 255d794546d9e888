import type {
  Alert,
  AlertId,
  EndedTrack,
  FeedHealth,
  Frame,
  LiveDelta,
  LiveSnapshot,
  OutletHealth,
  Playback,
  Reality,
  RecordHealth,
  Site,
  Warning,
} from "@picket/model";

/** What the frames leave out and a screen needs. */
export type Surroundings = Readonly<{
  site: Site;
  feeds: readonly FeedHealth[];
  outlets?: readonly OutletHealth[];
  record: RecordHealth;
  playback: Playback;
  /** The most real of what feeds the site: one live feed makes it live, and what is not bears its own mark. */
  reality: Reality;
}>;

/**
 * The picture of now for every screen: takes frames, gives a snapshot of the whole and the delta since the last one asked for.
 * `take` answers true when something came that must go out at once: a new or changed alert or warning.
 */
export type LivePicture = {
  take(frame: Frame): boolean;
  delta(surroundings: Surroundings): LiveDelta;
  snapshot(surroundings: Surroundings): LiveSnapshot;
  /** The open warnings, and the all-clears of the last half hour: who was away when one was given must still hear of it. */
  warnings(): readonly Warning[];
  readonly frame: Frame | undefined;
  readonly serial: number;
};

const KEEP_CLOSED_MS = 30 * 60_000;

export function createLivePicture(): LivePicture {
  let serial = 0;
  let frame: Frame | undefined;
  let zones: Frame["zones"] = [];
  let zonesChanged = false;
  let ended: EndedTrack[] = [];
  const stamps = new Map<string, string>();
  let changed = new Map<AlertId, Alert>();
  let gone: AlertId[] = [];
  let warnings = new Map<string, Warning>();
  const closed = new Map<string, Warning>();

  const isNews = (id: string, stamp: string): boolean => {
    if (stamps.get(id) === stamp) return false;
    stamps.set(id, stamp);
    return true;
  };

  const allWarnings = () => [...(frame?.warnings ?? []).filter(({ id }) => !closed.has(id)), ...closed.values()];

  return {
    warnings: allWarnings,
    get frame() {
      return frame;
    },
    get serial() {
      return serial;
    },
    take(next) {
      let urgent = false;
      const open = new Set<string>();
      for (const alert of next.alerts) {
        const isCleared = alert.state === "cleared";
        if (!isCleared) open.add(alert.id);
        if (!isNews(alert.id, `${alert.revision} ${alert.state} ${alert.annunciation} ${alert.tracks.length}`)) continue;
        urgent = true;
        changed.set(alert.id, alert);
        if (isCleared) {
          gone.push(alert.id);
          stamps.delete(alert.id);
        }
      }
      for (const alert of frame?.alerts ?? []) {
        if (alert.state === "cleared" || open.has(alert.id) || !stamps.delete(alert.id)) continue;
        urgent = true;
        gone.push(alert.id);
      }
      for (const warning of next.warnings) {
        if (!isNews(warning.id, stampOf(warning))) continue;
        urgent = true;
        warnings.set(warning.id, warning);
        if (warning.closedMs === undefined) continue;
        stamps.delete(warning.id);
        closed.set(warning.id, warning);
      }
      for (const { id, closedMs = 0 } of closed.values()) if (next.nowMs - closedMs > KEEP_CLOSED_MS) closed.delete(id);
      if (next.zonesChanged) {
        zones = next.zones;
        zonesChanged = true;
      }
      for (const track of next.ended) ended.push(track);
      frame = next;
      return urgent;
    },
    delta({ feeds, outlets, record, playback }) {
      serial++;
      const message: LiveDelta = {
        type: "delta",
        serial,
        nowMs: frame?.nowMs ?? 0,
        tracks: frame?.tracks ?? [],
        ended,
        traces: frame?.traces ?? [],
        alerts: [...changed.values()],
        alertsGone: gone,
        warnings: [...warnings.values()],
        sensors: frame?.sensors ?? [],
        persons: frame?.persons ?? [],
        ...(zonesChanged && { zones }),
        feeds: [...feeds],
        ...(outlets && { outlets: [...outlets] }),
        record,
        playback,
      };
      ended = [];
      changed = new Map();
      gone = [];
      warnings = new Map();
      zonesChanged = false;
      return message;
    },
    snapshot({ site, feeds, outlets, record, playback, reality }) {
      return {
        type: "snapshot",
        serial,
        nowMs: frame?.nowMs ?? 0,
        playback,
        reality,
        site: { name: site.name, latDeg: site.latDeg, lonDeg: site.lonDeg, sensors: site.sensors, landmarks: site.landmarks },
        zones: zones.length > 0 ? zones : site.zones,
        tracks: frame?.tracks ?? [],
        traces: frame?.traces ?? [],
        alerts: (frame?.alerts ?? []).filter((alert) => alert.state !== "cleared"),
        warnings: allWarnings(),
        sensors: frame?.sensors ?? [],
        persons: frame?.persons ?? [],
        feeds: [...feeds],
        ...(outlets && { outlets: [...outlets] }),
        record,
      };
    },
  };
}

/** Of a warning all that changes without a new message: what the phone and its reader answered, and that nobody did in time. */
const stampOf = ({ revision, state, deliveredMs, seenMs, escalatedMs }: Warning): string =>
  [revision, state, deliveredMs, seenMs, escalatedMs].join(" ");
