import type { Height, Level, Zone, ZoneId, ZoneShape } from "@picket/model";

/** A zone as a form holds it: what is not filled in is empty text. */
export type ZoneDraft = Readonly<{
  name: string;
  purpose: Zone["purpose"];
  entryLevel: Level;
  approachLevel: Level | "";
  approachS: string;
  floorM: string;
  ceilingM: string;
  reference: Height["reference"];
  halfWidthM: string;
  radiusM: string;
}>;

const DEFAULT_APPROACH_S = "30";
const DEFAULT_HALF_WIDTH_M = "250";
const DEFAULT_RADIUS_M = "500";

/** The form for a zone that is there, or for a new one. */
export const draftOf = (zone: Zone | undefined): ZoneDraft => ({
  name: zone?.name ?? "",
  purpose: zone?.purpose ?? "protected",
  entryLevel: zone?.entryLevel ?? "warning",
  approachLevel: zone ? (zone.approachLevel ?? "") : "caution",
  approachS: zone?.approachS === undefined ? DEFAULT_APPROACH_S : String(zone.approachS),
  floorM: zone?.floor === undefined ? "" : String(zone.floor.valueM),
  ceilingM: zone?.ceiling === undefined ? "" : String(zone.ceiling.valueM),
  reference: (zone?.floor ?? zone?.ceiling)?.reference ?? "agl",
  halfWidthM: zone?.shape.kind === "corridor" ? String(zone.shape.halfWidthM) : DEFAULT_HALF_WIDTH_M,
  radiusM: zone?.shape.kind === "circle" ? String(Math.round(zone.shape.radiusM)) : DEFAULT_RADIUS_M,
});

/** Half the width of a corridor being drawn, metres. */
export const halfWidthOf = ({ halfWidthM }: ZoneDraft): number => Math.min(100_000, Math.max(1, numberIn(halfWidthM) ?? 250));

/** Radius of a circle that is placed without a mouse, metres. */
export const radiusOf = ({ radiusM }: ZoneDraft): number =>
  Math.min(500_000, Math.max(1, numberIn(radiusM) ?? Number(DEFAULT_RADIUS_M)));

/** The zone that the form and the drawing make; undefined without a name. What the form does not show (schedule, source, …) is kept. */
export function zoneFromDraft(draft: ZoneDraft, id: ZoneId, shape: ZoneShape, before: Zone | undefined): Zone | undefined {
  const name = draft.name.trim();
  if (name === "") return undefined;
  const approachS = numberIn(draft.approachS);
  const floor = heightIn(draft.floorM, draft.reference, before?.floor);
  const ceiling = heightIn(draft.ceilingM, draft.reference, before?.ceiling);
  return {
    id,
    name,
    purpose: draft.purpose,
    shape,
    ...(floor && { floor }),
    ...(ceiling && { ceiling }),
    ...(before?.schedule && { schedule: before.schedule }),
    entryLevel: draft.entryLevel,
    ...(draft.approachLevel !== "" && { approachLevel: draft.approachLevel }),
    ...(draft.approachLevel !== "" && approachS !== undefined && { approachS: Math.min(600, Math.max(1, approachS)) }),
    ...(before?.accuracyM !== undefined && { accuracyM: before.accuracyM }),
    ...(before?.source !== undefined && { source: before.source }),
  };
}

function numberIn(text: string): number | undefined {
  const value = text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
  return Number.isFinite(value) ? value : undefined;
}

function heightIn(text: string, reference: Height["reference"], before: Height | undefined): Height | undefined {
  const valueM = numberIn(text);
  return valueM === undefined ? undefined : { valueM, sigmaM: before?.sigmaM ?? 0, reference };
}
