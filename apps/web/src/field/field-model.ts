import type { CommandId, Language, Reality, Warning } from "@picket/model";
import { computed, signal } from "@preact/signals";
import { createAlarm } from "./alarm.ts";
import { magneticHeadingDeg, type OrientationReading, trueHeadingDeg } from "./compass.ts";
import { openFieldLink } from "./field-link.ts";
import {
  ALARMING_SILENCE_MS,
  dueReceipts,
  type FieldState,
  foremost,
  hear,
  isSilent,
  NOTHING_HEARD,
  silenceMs,
  soundDue,
} from "./field-state.ts";
import { keepLanguage, keepReality, keptLanguage, keptReality } from "./kept.ts";
import { openLetterStore } from "./letter-store.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { followPlace, type OwnPlace } from "./own-place.ts";
import { deliver, type Enrolled, newId } from "./session.ts";
import { type SightingDraft, sightingCommand } from "./sighting.ts";
import { createWakeLock } from "./wake-lock.ts";

export type Notice =
  | Readonly<{ kind: "sent" | "queued" | "helpQueued" | "safeTooLate" }>
  | Readonly<{ kind: "refused"; why: string }>;

/** A warning on a page that nobody sees sounds again so often. */
const REPEAT_UNSEEN_MS = 15_000;

/** All that the field page shows and does. Views read its signals and call its functions; it alone talks to the site. */
export type FieldModel = ReturnType<typeof createFieldModel>;

export function createFieldModel(enrolled: Enrolled) {
  const { person } = enrolled;
  const state = signal<FieldState>(NOTHING_HEARD);
  const nowMs = signal(Date.now());
  const language = signal<Language>(keptLanguage() ?? person.language);
  const reality = signal<Reality>(keptReality() ?? "live");
  const screen = signal<"home" | "sighting">("home");
  const place = signal<OwnPlace | undefined>(undefined);
  const positionState = signal<"asking" | "on" | "off">("off");
  const headingDeg = signal<number | undefined>(undefined);
  const waiting = signal(0);
  const notice = signal<Notice | undefined>(undefined);
  const isSoundOn = signal(false);
  const dismissed = signal<ReadonlySet<string>>(new Set());
  const isRevoked = signal(false);
  const alarm = createAlarm();
  const receipts = new Set<string>();
  const sightings = new Set<string>();
  /** What is shown of each thing said, once it is stored. */
  const sayings = new Map<string, Notice | undefined>();
  let isLostSaid = false;
  const wakeLock = createWakeLock();
  let warnedMs = 0;
  const warn = () => {
    warnedMs = Date.now();
    alarm.warn();
  };

  const isOffline = computed(() => isSilent(state.value, nowMs.value));
  const warning = computed<Warning | undefined>(() => {
    const warnings = state.value.told?.warnings ?? [];
    return foremost(warnings.filter((one) => one.state !== "allClear" || !dismissed.value.has(revisionOf(one))));
  });

  const outbox: Promise<Outbox> = openLetterStore().then((store) =>
    createOutbox(store, deliver, {
      kept: (id) => {
        notice.value = sayings.get(id);
        sayings.delete(id);
      },
      changed: (count) => {
        waiting.value = count;
        if (count === 0 && (notice.value?.kind === "queued" || notice.value?.kind === "helpQueued")) notice.value = undefined;
      },
      delivered: (id) => {
        if (sightings.delete(id)) notice.value = { kind: "sent" };
      },
      refused: (id, why) => {
        if (sightings.delete(id)) notice.value = { kind: "refused", why };
      },
      tooLate: () => {
        notice.value = { kind: "safeTooLate" };
      },
    }),
  );
  const flush = async () => (await outbox).flush();
  const post = async (id: string, body: unknown, said: Notice | undefined) => {
    const writtenMs = Date.now();
    sayings.set(id, said);
    await (await outbox).write(id, body, writtenMs);
  };

  /**
   * A receipt is news only while it is fresh, so it is not kept: the next message asks for it again. Behind the form of a sighting no
   * warning has been seen.
   */
  const sendReceipts = () => {
    const isSeen = document.visibilityState === "visible" && screen.value === "home";
    for (const due of dueReceipts(state.value.told, isSeen ? warning.value : undefined, receipts)) {
      receipts.add(due.key);
      const id = newId();
      const body = { kind: "warningReceipt", id, warning: due.warning.id, revision: due.warning.revision, receipt: due.receipt };
      void deliver({ id, body, writtenMs: Date.now() }).then((delivery) => {
        if (delivery.kind === "again") receipts.delete(due.key);
      });
    }
  };

  const link = openFieldLink(`${location.origin.replace("http", "ws")}/api/field/live`, {
    message(message) {
      const before = state.value.told;
      state.value = hear(state.value, message, Date.now());
      if (message.type !== "field") return;
      isLostSaid = false;
      isRevoked.value = false;
      if (message.reality !== reality.value) keepReality(message.reality);
      reality.value = message.reality;
      const sound = soundDue(before, message);
      if (sound === "warning") warn();
      else if (sound === "drill") alarm.drill();
      // At a live site a drill takes nobody from a report that may be of something real.
      if (sound === "warning" || (sound && message.reality !== "live")) screen.value = "home";
      sendReceipts();
    },
    open(isOpen) {
      state.value = { ...state.value, isOpen };
      if (isOpen) void flush();
    },
    refused() {
      isRevoked.value = true;
    },
  });

  const ticking = setInterval(() => {
    nowMs.value = Date.now();
    const isWarned = warning.value !== undefined && warning.value.state !== "allClear";
    wakeLock.want(isWarned);
    if (
      isWarned &&
      warning.value?.reality === "live" &&
      document.visibilityState !== "visible" &&
      nowMs.value - warnedMs > REPEAT_UNSEEN_MS
    )
      warn();
    isSoundOn.value = alarm.isUnlocked;
    if ((silenceMs(state.value, nowMs.value) ?? 0) > ALARMING_SILENCE_MS && !isLostSaid) {
      isLostSaid = true;
      alarm.lost();
    }
  }, 250);

  void flush();
  const retrying = setInterval(() => void flush(), 5000);

  const tellPosition = async ({ latDeg, lonDeg, sigmaM, measuredMs }: OwnPlace): Promise<boolean> => {
    const id = newId() as CommandId;
    const body = { kind: "personPosition", id, person: person.id, latDeg, lonDeg, sigmaM, measuredMs };
    return (await deliver({ id, body, writtenMs: measuredMs })).kind === "delivered";
  };
  let stopSharing: (() => void) | undefined;

  const sharePosition = () => {
    if (stopSharing) return;
    positionState.value = "asking";
    stopSharing = followPlace(navigator.geolocation, {
      placed(here) {
        place.value = here;
        positionState.value = "on";
        localStorage.setItem("picket-field-share", "yes");
      },
      denied() {
        positionState.value = "off";
        stopSharing = undefined;
      },
      send: tellPosition,
    });
  };
  if (localStorage.getItem("picket-field-share") === "yes") sharePosition();

  /** Safari wants to be asked by a touch; others just begin. */
  const useCompass = async () => {
    const asks = DeviceOrientationEvent as unknown as { requestPermission?: () => Promise<string> };
    if (asks.requestPermission && (await asks.requestPermission()) !== "granted") return;
    const read = (event: Event) => {
      const magneticDeg = magneticHeadingDeg(event as unknown as OrientationReading);
      const at = place.value ?? state.value.told?.person.position;
      if (magneticDeg !== undefined) headingDeg.value = at ? trueHeadingDeg(magneticDeg, at, Date.now()) : magneticDeg;
    };
    addEventListener("deviceorientationabsolute", read);
    addEventListener("deviceorientation", read);
  };

  return {
    person,
    siteName: enrolled.site?.name,
    state,
    nowMs,
    language,
    reality,
    speak(next: Language) {
      language.value = next;
      keepLanguage(next);
    },
    screen,
    place,
    positionState,
    headingDeg,
    waiting,
    notice,
    isSoundOn,
    isRevoked,
    isOffline,
    warning,
    alarm,
    sharePosition,
    useCompass,
    sendReceipts,
    dismiss: (done: Warning) => {
      dismissed.value = new Set([...dismissed.value, revisionOf(done)]);
    },
    silence: alarm.silence,
    say(wellbeing: "safe" | "needHelp") {
      const id = newId();
      const said: Notice | undefined = isOffline.value ? { kind: wellbeing === "needHelp" ? "helpQueued" : "queued" } : undefined;
      void post(id, { kind: "personWellbeing", id, person: person.id, state: wellbeing }, said);
    },
    report(draft: SightingDraft) {
      const at = place.value ?? state.value.told?.person.position;
      if (!at) return false;
      const id = newId();
      sightings.add(id);
      const report = sightingCommand(draft, at, { person: person.id, name: person.name }, id, Date.now(), reality.value);
      void post(id, report, { kind: "queued" });
      return true;
    },
    close() {
      link.close();
      clearInterval(ticking);
      clearInterval(retrying);
      stopSharing?.();
    },
  };
}

/** Names one message of a warning: what was dismissed comes back when there is more to say. */
const revisionOf = ({ id, revision }: Warning): string => `${id} ${revision}`;
