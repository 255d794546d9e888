import { useSignal } from "@preact/signals";
import type { ComponentChild } from "preact";
import { useEffect, useErrorBoundary, useMemo } from "preact/hooks";
import type { Chart } from "../map/chart.ts";
import { isWatching } from "../map/watching.ts";
import { AlertList } from "../panels/alert-list.tsx";
import { LoginForm } from "../panels/login-form.tsx";
import { RealityRibbon } from "../panels/reality-ribbon.tsx";
import { ReplayBar } from "../panels/replay-bar.tsx";
import { TopBar } from "../panels/top-bar.tsx";
import { countUnacknowledged, listAlerts, nextFlood } from "../picture/alert-order.ts";
import type { Picture } from "../picture/picture.ts";
import type { Speech } from "../speech/speech.ts";
import { Banners } from "./banners.tsx";
import { ChartHost } from "./chart-host.tsx";
import type { Desk } from "./desk.ts";
import { Dialogs } from "./dialogs.tsx";
import { listenToKeys } from "./key-listener.ts";
import { placeOf } from "./place-of.ts";
import { SPEEDS } from "./replay.ts";
import { SidePanel } from "./side-panel.tsx";
import { createSounding, type Sounding } from "./sounding.ts";

/** The operator's page: alerts to the left, the map between, one thing at a time to the right. */
export function Page({ desk }: { desk: Desk }): ComponentChild {
  const session = desk.session.value;
  const speech = desk.speech.value;
  const [error] = useErrorBoundary((fault: unknown) => console.error(fault));
  useEffect(() => {
    document.documentElement.lang = speech.language;
  }, [speech.language]);
  document.documentElement.dataset["theme"] = desk.preferences.value.theme;
  if (error !== undefined) return <Failed why={String(error)} speech={speech} />;
  if (session && !session.open && session.user === undefined)
    return (
      <LoginForm
        siteName={session.site.name}
        speech={speech}
        onEntered={desk.entered}
        onLanguage={(language) => {
          desk.preferences.value = { ...desk.preferences.value, language };
        }}
      />
    );
  const isStarting = desk.live.value === undefined && desk.shown.value === undefined;
  if (isStarting) return <p class="starting">{speech.text("connecting")}</p>;
  return <Room desk={desk} />;
}

/** A picture that no longer moves must never look like one that does. */
function Failed({ why, speech }: { why: string; speech: Speech }): ComponentChild {
  return (
    <main class="starting">
      <div class="page-failed" role="alert">
        <h1>{speech.text("pageFailed")}</h1>
        <p>{why}</p>
        <button type="button" class="primary" onClick={() => location.reload()}>
          {speech.text("reload")}
        </button>
      </div>
    </main>
  );
}

function Room({ desk }: { desk: Desk }): ComponentChild {
  const chart = useSignal<Chart | undefined>(undefined);
  const pointed = useSignal<readonly [number, number] | undefined>(undefined);
  const sounding = useMemo(() => createSounding(desk.live, desk.silentMs, desk.speech), []);
  const goTo = (latDeg: number, lonDeg: number) => chart.peek()?.goTo(latDeg, lonDeg);
  useEffect(() => listenToKeys(desk, sounding, goTo), []);
  const picture = desk.calm.value;
  const speech = desk.speech.value;
  const isReplay = desk.replay.isOn.value;
  return (
    <div class="room" data-link={desk.silentMs.value > 0 ? "lost" : "held"} data-replay={isReplay}>
      <RealityRibbon isReplay={isReplay} page={desk.reality.value} speech={speech} />
      <Head desk={desk} sounding={sounding} picture={picture ?? desk.awaited.value} />
      <Banners desk={desk} sounding={sounding} />
      <main class="floor">
        {/* By their keys the map is never taken for the list that waits for its picture: it is made once. */}
        {picture ? (
          <Alerts key="alerts" desk={desk} picture={picture} goTo={goTo} />
        ) : (
          <section key="wait" class="panel alerts" />
        )}
        <section key="map" class="map-room">
          <ChartHost
            desk={desk}
            onChart={(mounted) => {
              chart.value = mounted;
            }}
            onPointed={(latDeg, lonDeg) => {
              pointed.value = [latDeg, lonDeg];
            }}
          />
          <p class="map-note">
            {pointed.value && <span class="figures">{speech.place(...pointed.value)}</span>}
            <span>{speech.text("mapNote")}</span>
          </p>
          {isReplay && <p class="replay-stamp">{speech.text("replay").toUpperCase()}</p>}
        </section>
        <SidePanel desk={desk} picture={picture} chart={chart} goTo={goTo} />
      </main>
      {isReplay && <Replaying desk={desk} />}
      <Dialogs desk={desk} goTo={goTo} />
    </div>
  );
}

function Head({ desk, sounding, picture }: { desk: Desk; sounding: Sounding; picture: Picture | undefined }): ComponentChild {
  const speech = desk.speech.value;
  const session = desk.session.value;
  if (!picture) return null;
  const sensors = picture.site.sensors.filter(({ kind }) => kind !== "people");
  const silencedForS = sounding.silencedForS.value;
  return (
    <TopBar
      siteName={picture.site.name}
      user={session?.user}
      nowMs={picture.nowMs}
      speech={speech}
      preferences={desk.preferences.value}
      waiting={countUnacknowledged(picture.alerts.values(), desk.reality.value)}
      tracks={picture.tracks.size}
      possible={[...picture.tracks.values()].filter(({ confirmed }) => !confirmed).length}
      sensorsHeard={sensors.filter(({ id }) => isWatching(picture.sensors.get(id))).length}
      sensorsAll={sensors.length}
      isRecording={desk.replay.isOn.value || picture.record.state === "recording"}
      sound={!sounding.isReady.value ? "off" : silencedForS > 0 ? "silenced" : "on"}
      silencedForS={silencedForS}
      onPreferences={(preferences) => {
        desk.preferences.value = preferences;
      }}
      onSound={() => (sounding.isReady.value ? sounding.test() : sounding.unlock())}
      onHealth={() => desk.openTab("health")}
      onReplay={() => (desk.replay.isOn.value ? desk.replay.close() : desk.replay.open())}
      onKeys={() => {
        desk.dialog.value = { kind: "keys" };
      }}
      onLogOut={session && !session.open ? desk.leave : undefined}
    />
  );
}

type AlertsProps = Readonly<{ desk: Desk; picture: Picture; goTo(latDeg: number, lonDeg: number): void }>;

function Alerts({ desk, picture, goTo }: AlertsProps): ComponentChild {
  const flood = useSignal(false);
  const nowFlood = nextFlood(flood.peek(), picture.alerts.values(), picture.nowMs);
  flood.value = nowFlood.isFlood;
  const watchers = picture.site.sensors.filter(({ covers, kind }) => covers !== false && kind !== "people");
  const lost = watchers.filter(({ id }) => !isWatching(picture.sensors.get(id)));
  return (
    <AlertList
      lists={listAlerts(picture.alerts.values(), desk.reality.value)}
      picture={picture}
      speech={desk.speech.value}
      selected={desk.address.value.alert}
      onTheirWay={desk.onTheirWay.value}
      flood={nowFlood}
      notWatched={lost.map(({ name }) => name)}
      hasSensors={watchers.length > 0}
      page={desk.reality.value}
      mayAct={!desk.replay.isOn.value}
      onSelect={(alert) => {
        desk.selectAlert(alert);
        const at = placeOf(alert, picture);
        if (at) goTo(at.latDeg, at.lonDeg);
      }}
      onAcknowledge={desk.acknowledge}
      onUnshelve={(alert) => void desk.give({ kind: "unshelve", alert: alert.id })}
    />
  );
}

function Replaying({ desk }: { desk: Desk }): ComponentChild {
  const { replay } = desk;
  return (
    <ReplayBar
      ranges={replay.ranges.value}
      atMs={replay.atMs.value}
      speed={replay.speed.value}
      speeds={SPEEDS}
      isPaused={replay.isPaused.value}
      isLoading={replay.picture.value === undefined && replay.ranges.value.length > 0}
      why={replay.why.value}
      isAnew={replay.picture.value?.playback.anew === true}
      marksMs={[...(desk.live.value?.alerts.values() ?? [])].map(({ raisedMs }) => raisedMs)}
      speech={desk.speech.value}
      onSeek={replay.seek}
      onSpeed={replay.setSpeed}
      onPaused={replay.setPaused}
      onLive={replay.close}
    />
  );
}
