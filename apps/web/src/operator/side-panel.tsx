import type { Signal } from "@preact/signals";
import type { ComponentChild } from "preact";
import type { Chart } from "../map/chart.ts";
import { AlertCard, Members } from "../panels/alert-card.tsx";
import { HealthPanel } from "../panels/health-panel.tsx";
import { PeoplePanel } from "../panels/people-panel.tsx";
import { TrackCard } from "../panels/track-card.tsx";
import { ZonesPanel } from "../panels/zones-panel.tsx";
import type { Picture } from "../picture/picture.ts";
import { rollCall } from "../picture/roll-call.ts";
import type { TextKey } from "../speech/interface-table.ts";
import type { Tab } from "./address.ts";
import type { Desk } from "./desk.ts";

type Props = Readonly<{
  desk: Desk;
  picture: Picture | undefined;
  chart: Signal<Chart | undefined>;
  goTo(latDeg: number, lonDeg: number): void;
}>;

const TABS: readonly Readonly<{ tab: Tab; text: TextKey }>[] = [
  { tab: "track", text: "tabTrack" },
  { tab: "people", text: "tabPeople" },
  { tab: "health", text: "tabHealth" },
  { tab: "zones", text: "tabZones" },
];

/** One of four views beside the map. */
export function SidePanel(props: Props): ComponentChild {
  const { desk, picture } = props;
  const speech = desk.speech.value;
  const current = desk.address.value.tab ?? "track";
  return (
    <aside class="panel side">
      <nav class="tabs">
        {TABS.map(({ tab, text }, index) => (
          <button type="button" key={tab} aria-current={tab === current} onClick={() => desk.openTab(tab)}>
            {speech.text(text)} <kbd>{index + 1}</kbd>
          </button>
        ))}
      </nav>
      <div class="scroll">{picture && <View {...props} picture={picture} tab={current} />}</div>
    </aside>
  );
}

function View({ desk, picture, chart, goTo, tab }: Props & { picture: Picture; tab: Tab }): ComponentChild {
  const speech = desk.speech.value;
  const isLive = !desk.replay.isOn.value;
  switch (tab) {
    case "track":
      return <Selection desk={desk} picture={picture} />;
    case "people":
      return (
        <PeoplePanel
          entries={rollCall(picture, desk.reality.value)}
          page={desk.reality.value}
          nowMs={picture.nowMs}
          speech={speech}
          onGoTo={({ position }) => position && goTo(position.latDeg, position.lonDeg)}
          onEnrol={
            isLive
              ? (person) => {
                  desk.dialog.value = { kind: "enrol", person: person.id };
                }
              : undefined
          }
          onAllClear={isLive ? (warning) => void desk.give({ kind: "confirmAllClear", warning: warning.id }) : undefined}
        />
      );
    case "health":
      return (
        <HealthPanel
          picture={picture}
          speech={speech}
          onAccept={isLive ? (sensor) => void desk.give({ kind: "acceptRegistration", sensor }) : undefined}
        />
      );
    case "zones":
      return (
        <ZonesPanel
          zones={picture.zones}
          chart={chart.value}
          speech={speech}
          mayEdit={isLive}
          onGoTo={goTo}
          onOrder={desk.give}
        />
      );
    default:
      return tab satisfies never;
  }
}

function Selection({ desk, picture }: { desk: Desk; picture: Picture }): ComponentChild {
  const speech = desk.speech.value;
  const { track: trackId, alert: alertId } = desk.address.value;
  const alert = alertId && picture.alerts.get(alertId);
  const track = trackId && picture.tracks.get(trackId);
  const common = { picture, speech, page: desk.reality.value, onTrack: desk.selectTrack };
  const declare = () => {
    if (track) desk.dialog.value = { kind: "declare", track: track.id };
  };
  if (track)
    return (
      <>
        <TrackCard
          track={track}
          alert={alert || undefined}
          picture={picture}
          speech={speech}
          page={desk.reality.value}
          onDeclare={desk.replay.isOn.value ? undefined : declare}
        />
        {alert && <Members {...common} alert={alert} />}
      </>
    );
  return (
    <>
      {alert && <AlertCard {...common} alert={alert} />}
      {trackId && <p class="soft pad">{speech.text("trackGone")}</p>}
      {!alert && !trackId && <p class="soft pad">{speech.text("nothingSelected")}</p>}
    </>
  );
}
