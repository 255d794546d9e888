import type { Alert } from "@picket/model";
import type { ComponentChild } from "preact";
import { isUnacknowledged, listAlerts } from "../picture/alert-order.ts";
import { mayAlarm, pageReality } from "../picture/page-reality.ts";
import type { Picture } from "../picture/picture.ts";
import type { Desk } from "./desk.ts";
import type { Sounding } from "./sounding.ts";

/** What must not be overlooked: no contact, no sound, no record, a live alert while the past is shown, a refused order. */
export function Banners({ desk, sounding }: { desk: Desk; sounding: Sounding }): ComponentChild {
  const speech = desk.speech.value;
  const live = desk.live.value;
  const silentMs = desk.silentMs.value;
  const urgent = desk.replay.isOn.value && live ? mostUrgent(live) : undefined;
  return (
    <div class="banners" role="alert">
      {silentMs > 0 && <p class="banner fault">{speech.text("linkLost", { silentS: silentMs / 1000 })}</p>}
      {live?.record.state === "stopped" && (
        <p class="banner fault">
          {speech.text("recordingStopped")} {live.record.detail}
        </p>
      )}
      {urgent && (
        <button type="button" class="banner" data-level={urgent.level} onClick={desk.replay.close}>
          {speech.text("liveAlertInReplay", { title: speech.phrase(urgent.title) })} — {speech.text("backToLive")}
        </button>
      )}
      {!sounding.isReady.value && (
        <button type="button" class="banner quiet-banner" onClick={sounding.unlock}>
          {speech.text("soundOff")}
        </button>
      )}
      {desk.notice.value && (
        <button
          type="button"
          class="banner fault"
          onClick={() => {
            desk.notice.value = undefined;
          }}
        >
          {desk.notice.value} ✕
        </button>
      )}
    </div>
  );
}

/** What of the present wants somebody while the past is shown. At a live site a drill does not. */
function mostUrgent(live: Picture): Alert | undefined {
  const page = pageReality(live.reality, live);
  return listAlerts(live.alerts.values(), page).open.find((alert) => isUnacknowledged(alert) && mayAlarm(alert.reality, page));
}
