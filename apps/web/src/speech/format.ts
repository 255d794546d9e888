import { formatMgrs } from "@picket/geo";
import type { Language } from "@picket/model";

/** Time of day at the reader's place: `14:03:22`. `offsetMin` is minutes east of UTC. */
export const formatClock = (atMs: number, offsetMin: number): string =>
  new Date(atMs + offsetMin * 60_000).toISOString().slice(11, 19);

/** The same moment in UTC, as logs have it: `2026-11-21 22:03:22Z`. */
export const formatZulu = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")}Z`;

/** A day in UTC: `2026-11-21`. */
export const formatDay = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** `32.53433° N 117.12385° W`, five decimals: about a metre. */
export function formatPlace(latDeg: number, lonDeg: number, language: Language): string {
  const [east, west] = language === "es" ? ["E", "O"] : ["E", "W"];
  return `${Math.abs(latDeg).toFixed(5)}° ${latDeg < 0 ? "S" : "N"} ${Math.abs(lonDeg).toFixed(5)}° ${lonDeg < 0 ? west : east}`;
}

/** A length of time to choose: whole minutes, from an hour on whole hours: `15 min`, `4 h`. */
export const formatSpan = (spanMs: number): string =>
  spanMs < 3_600_000 ? `${Math.round(spanMs / 60_000)} min` : `${Math.round(spanMs / 3_600_000)} h`;

/** The square of ten metres as it is said over the radio: `11S MS 9328 0293`. Empty beyond the grid, near the poles. */
export function formatGrid(latDeg: number, lonDeg: number): string {
  const parts = /^(\d{1,2}[A-Z])([A-Z]{2})(\d{4})(\d{4})$/.exec(formatMgrs({ latDeg, lonDeg }, 4) ?? "");
  return parts ? parts.slice(1).join(" ") : "";
}
