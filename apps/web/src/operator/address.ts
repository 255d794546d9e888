import type { AlertId, TrackId } from "@picket/model";

export type Tab = "track" | "people" | "health" | "zones";
/** What an operator may share with another by sending the address: where one looks, what is selected, and a moment of the past. */
export type Address = Readonly<{
  latDeg?: number;
  lonDeg?: number;
  zoom?: number;
  track?: TrackId;
  alert?: AlertId;
  tab?: Tab;
  replayFromMs?: number;
}>;

const TABS: readonly Tab[] = ["track", "people", "health", "zones"];
const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Reads the part of a URL after `#`. What is not understood is left out. */
export function parseAddress(hash: string): Address {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const [latDeg, lonDeg, zoom] = (params.get("at") ?? "").split(",").map(Number);
  const isView = latDeg !== undefined && Math.abs(latDeg) <= 90 && Math.abs(lonDeg ?? 999) <= 180 && (zoom ?? -1) >= 0;
  const track = idFrom(params.get("track"));
  const alert = idFrom(params.get("alert"));
  const tab = TABS.find((one) => one === params.get("tab"));
  const replayFromMs = Number(params.get("replay") ?? "");
  return {
    ...(isView && { latDeg, lonDeg: lonDeg ?? 0, zoom: Math.min(18, zoom ?? 0) }),
    ...(track && { track: track as TrackId }),
    ...(alert && { alert: alert as AlertId }),
    ...(tab && { tab }),
    ...(replayFromMs > 0 && { replayFromMs }),
  };
}

/** The address as it follows `#`: `at=32.53433,-117.12385,12.4&track=t1-7`. */
export function formatAddress({ latDeg, lonDeg, zoom, track, alert, tab, replayFromMs }: Address): string {
  const parts = [
    latDeg !== undefined &&
      lonDeg !== undefined &&
      zoom !== undefined &&
      `at=${latDeg.toFixed(5)},${lonDeg.toFixed(5)},${zoom.toFixed(2)}`,
    track && `track=${track}`,
    alert && `alert=${alert}`,
    tab && tab !== "track" && `tab=${tab}`,
    replayFromMs !== undefined && `replay=${Math.round(replayFromMs)}`,
  ];
  return parts.filter(Boolean).join("&");
}

const idFrom = (text: string | null): string | undefined => (text !== null && ID.test(text) ? text : undefined);
