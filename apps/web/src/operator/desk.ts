import type { Alert, AlertId, LiveMessage, Reality, TrackId } from "@picket/model";
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { fetchSession, logOut, type Order, order, Refusal, type Session } from "../live/api.ts";
import { openLiveSocket } from "../live/live-socket.ts";
import { isUnacknowledged, listAlerts } from "../picture/alert-order.ts";
import { pageReality } from "../picture/page-reality.ts";
import { emptied, nextPicture, type Picture } from "../picture/picture.ts";
import { refusalText } from "../speech/refusal-text.ts";
import { createSpeech, type Speech } from "../speech/speech.ts";
import { type Address, formatAddress, parseAddress, type Tab } from "./address.ts";
import { keepPreferences, loadPreferences, type Preferences } from "./preferences.ts";
import { createReplay, type Replay } from "./replay.ts";

/** What is open over the page. */
export type Dialog =
  | Readonly<{ kind: "keys" | "search" }>
  | Readonly<{ kind: "shelve"; alert: Alert }>
  | Readonly<{ kind: "declare"; track: TrackId }>
  | Readonly<{ kind: "enrol"; person: string }>;

/** All state of the operator's page and what a person can do to it. Views read signals; only the functions here write them. */
export type Desk = Readonly<{
  session: ReadonlySignal<Session | undefined>;
  preferences: Signal<Preferences>;
  speech: ReadonlySignal<Speech>;
  /** The present, whatever is shown. Sounds and the title follow it alone. */
  live: ReadonlySignal<Picture | undefined>;
  /** What the page shows: the present, or the past while replaying. */
  shown: ReadonlySignal<Picture | undefined>;
  /** As `shown`, and while the past is awaited the site alone: never the present in its place. */
  awaited: ReadonlySignal<Picture | undefined>;
  /** As `shown`, but at most four times a second unless alerts or warnings changed: for panels. */
  calm: ReadonlySignal<Picture | undefined>;
  /** What the page is as a whole: live, unless nothing live feeds the site or is shown. */
  reality: ReadonlySignal<Reality>;
  /** Milliseconds since the server was last heard, 0 while it is in contact. */
  silentMs: ReadonlySignal<number>;
  replay: Replay;
  address: Signal<Address>;
  dialog: Signal<Dialog | undefined>;
  /** Acknowledgements given here that the server has not shown yet. */
  onTheirWay: ReadonlySignal<ReadonlySet<AlertId>>;
  notice: Signal<string | undefined>;
  start(): Promise<void>;
  entered(session: Session): void;
  leave(): void;
  selectAlert(alert: Alert | undefined): void;
  selectTrack(track: TrackId | undefined): void;
  openTab(tab: Tab): void;
  acknowledge(alert: Alert): void;
  give(wanted: Order): Promise<boolean>;
}>;

/** No heartbeat for this long and the picture is called old. */
const STALE_AFTER_MS = 3000;
/** The server beats once a second: a line that says nothing for this long is cut and opened anew. */
const CUT_AFTER_MS = 6000;
const CALM_MS = 250;

export function createDesk(): Desk {
  const session = signal<Session | undefined>(undefined);
  const preferences = signal(loadPreferences());
  const speech = computed(() =>
    createSpeech(preferences.value.language, preferences.value.units, -new Date().getTimezoneOffset()),
  );
  const live = signal<Picture | undefined>(undefined);
  const replay = createReplay();
  const shown = computed(() => (replay.isOn.value ? replay.picture.value : live.value));
  const awaited = computed(() => shown.value ?? (live.value && emptied(live.value)));
  const reality = computed(() => {
    const picture = shown.value;
    return picture ? pageReality(live.value?.reality ?? picture.reality, picture) : "live";
  });
  const address = signal(parseAddress(location.hash));
  const onTheirWay = signal<ReadonlySet<AlertId>>(new Set());
  const notice = signal<string | undefined>(undefined);
  const dialog = signal<Dialog | undefined>(undefined);
  const contact = watchContact();
  const give = async (wanted: Order) => {
    try {
      await order(wanted);
      return true;
    } catch (error) {
      notice.value = speech.value.text("refused", { why: refusalText(error, speech.value) });
      return false;
    }
  };
  const hear = (message: LiveMessage) => {
    contact.heard();
    live.value = nextPicture(live.value, message);
    onTheirWay.value = stillOnTheirWay(onTheirWay.value, live.value);
  };
  effect(() => keepPreferences(preferences.value));
  effect(() => {
    const hash = formatAddress({ ...address.value, ...(replay.isOn.value && { replayFromMs: replay.atMs.value }) });
    if (location.hash.slice(1) !== hash) history.replaceState(null, "", `#${hash}`);
  });
  effect(() => {
    const open = dialog.value;
    if (open?.kind !== "declare" || !shown.value || shown.value.tracks.has(open.track)) return;
    dialog.value = undefined;
    notice.value = speech.value.text("trackGone");
  });
  const openLine = () =>
    openLiveSocket(() => "/api/live", { message: hear, opened: () => undefined, lost: () => true }, CUT_AFTER_MS);
  const change = (part: Address) => {
    const { track: _track, alert: _alert, ...view } = address.value;
    address.value = { ...view, ...part };
  };
  return {
    session,
    preferences,
    speech,
    live,
    shown,
    awaited,
    calm: calmed(shown),
    reality,
    silentMs: contact.silentMs,
    replay,
    address,
    dialog,
    onTheirWay,
    notice,
    async start() {
      try {
        session.value = await fetchSession();
      } catch (error) {
        if (!(error instanceof Refusal)) setTimeout(() => void this.start(), 1000);
        return;
      }
      if (session.value.open || session.value.user !== undefined) openLine();
      if (address.value.replayFromMs !== undefined) replay.open(address.value.replayFromMs);
    },
    entered(next) {
      session.value = next;
      openLine();
    },
    leave() {
      void logOut().finally(() => location.reload());
    },
    selectAlert(alert) {
      const track = alert?.tracks.find((id) => shown.value?.tracks.has(id)) ?? alert?.tracks[0];
      change({ ...(alert && { alert: alert.id }), ...(track && { track }), tab: "track" });
    },
    selectTrack(track) {
      const { open } = listAlerts(shown.value?.alerts.values() ?? [], reality.value);
      const alert = track && open.find(({ tracks }) => tracks.includes(track));
      change({ ...(track && { track, tab: "track" as const }), ...(alert && { alert: alert.id }) });
    },
    openTab(tab) {
      address.value = { ...address.value, tab };
    },
    acknowledge(alert) {
      if (!isUnacknowledged(alert) || replay.isOn.value || onTheirWay.value.has(alert.id)) return;
      onTheirWay.value = new Set([...onTheirWay.value, alert.id]);
      void give({ kind: "acknowledge", alert: alert.id, revision: alert.revision }).then((isDone) => {
        if (!isDone) onTheirWay.value = new Set([...onTheirWay.value].filter((id) => id !== alert.id));
      });
    },
    give,
  };
}

/** Drops what the server has answered: the alert is no longer unacknowledged, or gone. */
function stillOnTheirWay(waiting: ReadonlySet<AlertId>, picture: Picture | undefined): ReadonlySet<AlertId> {
  if (waiting.size === 0) return waiting;
  const still = [...waiting].filter((id) => {
    const alert = picture?.alerts.get(id);
    return alert !== undefined && isUnacknowledged(alert);
  });
  return still.length === waiting.size ? waiting : new Set(still);
}

function watchContact(): Readonly<{ silentMs: ReadonlySignal<number>; heard(): void }> {
  const silentMs = signal(0);
  let lastMs = performance.now();
  setInterval(() => {
    const awayMs = performance.now() - lastMs;
    silentMs.value = awayMs > STALE_AFTER_MS ? Math.floor(awayMs / 1000) * 1000 : 0;
  }, 250);
  return {
    silentMs,
    heard() {
      lastMs = performance.now();
    },
  };
}

/** A slower copy of a picture: at once when alerts or warnings changed, else four times a second. */
function calmed(source: ReadonlySignal<Picture | undefined>): ReadonlySignal<Picture | undefined> {
  const calm = signal(source.peek());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const copy = () => {
    timer = undefined;
    calm.value = source.peek();
  };
  effect(() => {
    const next = source.value;
    const before = calm.peek();
    if (next === before) return;
    if (next?.alerts !== before?.alerts || next?.warnings !== before?.warnings) {
      clearTimeout(timer);
      copy();
    } else timer ??= setTimeout(copy, CALM_MS);
  });
  return calm;
}
