import { effect, useSignal } from "@preact/signals";
import type { ComponentChild } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { currentPalette } from "../look/current-palette.ts";
import type { Chart } from "../map/chart.ts";
import type { FrameWitness } from "../map/frame-witness.ts";
import { siteView } from "../map/site-view.ts";
import { flashingTracks } from "../picture/alert-order.ts";
import type { Picture } from "../picture/picture.ts";
import type { Desk } from "./desk.ts";

type Props = Readonly<{ desk: Desk; onChart(chart: Chart): void; onPointed(latDeg: number, lonDeg: number): void }>;

/**
 * Mounts the chart once the first picture says where the site is, then feeds it every picture without passing through the view tree.
 * Until tracks are drawn, and whenever they cannot be, words stand in their place: an empty map never looks like an empty sky.
 */
export function ChartHost({ desk, onChart, onPointed }: Props): ComponentChild {
  const host = useRef<HTMLDivElement>(null);
  const failure = useSignal<string | undefined>(undefined);
  const groundFault = useSignal<string | undefined>(undefined);
  const isDrawn = useSignal(false);
  useEffect(() => {
    let chart: Chart | undefined;
    let isGone = false;
    let stop: (() => void) | undefined;
    const fail = (why: string) => {
      failure.value = why;
    };
    const begin = async (picture: Picture) => {
      const { mountChart } = await import("../map/chart.ts");
      if (isGone || !host.current) return;
      const start = { ...siteView(picture.site, host.current.clientWidth, host.current.clientHeight), ...desk.address.peek() };
      chart = mountChart(host.current, start, currentPalette(), {
        pick: (track) => desk.selectTrack(track),
        moved: (view) => {
          desk.address.value = { ...desk.address.peek(), ...view };
        },
        pointed: onPointed,
        drawn: (icons, isNewPicture) => {
          isDrawn.value = true;
          failure.value = undefined;
          window.__picket = witness(window.__picket, icons, isNewPicture, desk.shown.peek()?.tracks.size ?? 0);
        },
        groundFailed: (why) => {
          groundFault.value = why;
        },
      });
      onChart(chart);
      stop = feed(desk, chart);
    };
    const wait = effect(() => {
      const picture = desk.shown.value;
      if (!picture || chart || isGone) return;
      queueMicrotask(() => wait());
      begin(picture).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
    });
    return () => {
      isGone = true;
      stop?.();
      chart?.unmount();
    };
  }, []);
  const { text } = desk.speech.value;
  return (
    <>
      <div ref={host} class="chart" role="application" aria-label={text("map")} />
      {failure.value !== undefined && <p class="map-fault">{text("mapFailed", { why: failure.value })}</p>}
      {groundFault.value !== undefined && <p class="map-warning">{text("groundFailed", { why: groundFault.value })}</p>}
      {failure.value === undefined && !isDrawn.value && <p class="map-fault">{text("mapStarting")}</p>}
    </>
  );
}

const witness = (before: FrameWitness | undefined, drawn: number, isNewPicture: boolean, tracks: number): FrameWitness => ({
  drawn,
  tracks,
  draws: (before?.draws ?? 0) + 1,
  pictures: (before?.pictures ?? 0) + Number(isNewPicture),
});

/** Whenever picture, selection, theme or language change, the chart shows it. */
function feed(desk: Desk, chart: Chart): () => void {
  const stopScene = effect(() => {
    const picture = desk.awaited.value;
    if (!picture) return;
    const unacknowledged = flashingTracks(picture.alerts.values(), desk.onTheirWay.value);
    chart.show({ picture, selected: desk.address.value.track, unacknowledged, speech: desk.speech.value });
  });
  const stopTheme = effect(() => {
    document.documentElement.dataset["theme"] = desk.preferences.value.theme;
    chart.paint(currentPalette());
  });
  return () => {
    stopScene();
    stopTheme();
  };
}
