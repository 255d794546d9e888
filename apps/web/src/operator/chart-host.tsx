import { effect } from "@preact/signals";
import type { ComponentChild } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { currentPalette } from "../look/current-palette.ts";
import type { Chart } from "../map/chart.ts";

import { flashingTracks } from "../picture/alert-order.ts";
import type { Picture } from "../picture/picture.ts";
import type { Desk } from "./desk.ts";

const SITE_ZOOM = 11;

type Props = Readonly<{ desk: Desk; onChart(chart: Chart): void; onPointed(latDeg: number, lonDeg: number): void }>;

/** Mounts the chart once the first picture says where the site is, then feeds it every picture without passing through the view tree. */
export function ChartHost({ desk, onChart, onPointed }: Props): ComponentChild {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let chart: Chart | undefined;
    let isGone = false;
    let stop: (() => void) | undefined;
    const begin = async (picture: Picture) => {
      const { mountChart } = await import("../map/chart.ts");
      if (isGone || !host.current) return;
      const { latDeg = picture.site.latDeg, lonDeg = picture.site.lonDeg, zoom = SITE_ZOOM } = desk.address.peek();
      chart = mountChart(host.current, { latDeg, lonDeg, zoom }, currentPalette(), {
        pick: (track) => desk.selectTrack(track),
        moved: (view) => {
          desk.address.value = { ...desk.address.peek(), ...view };
        },
        pointed: onPointed,
        drawn: (icons) => {
          window.__picket = { drawn: icons, tracks: desk.shown.peek()?.tracks.size ?? 0 };
        },
      });
      onChart(chart);
      stop = feed(desk, chart);
    };
    const wait = effect(() => {
      const picture = desk.shown.value;
      if (!picture || chart || isGone) return;
      queueMicrotask(() => wait());
      void begin(picture);
    });
    return () => {
      isGone = true;
      stop?.();
      chart?.unmount();
    };
  }, []);
  return <div ref={host} class="chart" role="application" aria-label={desk.speech.value.text("map")} />;
}

/** Whenever picture, selection, theme or language change, the chart shows it. */
function feed(desk: Desk, chart: Chart): () => void {
  const stopScene = effect(() => {
    const picture = desk.shown.value;
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

declare global {
  interface Window {
    /** What the newest frame drew: for tests that hold the page to one icon per track. */
    __picket?: Readonly<{ drawn: number; tracks: number }>;
  }
}
