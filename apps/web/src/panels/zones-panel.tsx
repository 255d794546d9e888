import type { Height, Zone, ZoneId, ZoneShape } from "@picket/model";
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import type { Order } from "../live/api.ts";
import type { Chart } from "../map/chart.ts";
import type { ShapeKind } from "../map/drawn-shape.ts";
import type { TextKey } from "../speech/interface-table.ts";
import type { Speech } from "../speech/speech.ts";
import { LevelMark } from "./level-mark.tsx";
import { ZoneForm } from "./zone-form.tsx";

type Props = Readonly<{
  zones: readonly Zone[];
  chart: Chart | undefined;
  speech: Speech;
  mayEdit: boolean;
  onGoTo(latDeg: number, lonDeg: number): void;
  onOrder(order: Order): Promise<boolean>;
}>;
/** What is being drawn: a new zone of some kind, or one that is there. */
type Draft = Readonly<{ kind: ShapeKind; zone: Zone | undefined }>;

const KINDS: readonly Readonly<{ kind: ShapeKind; text: TextKey }>[] = [
  { kind: "polygon", text: "zonePolygon" },
  { kind: "circle", text: "zoneCircle" },
  { kind: "corridor", text: "zoneCorridor" },
];

/** The zones, and drawing them. */
export function ZonesPanel({ zones, chart, speech, mayEdit, onGoTo, onOrder }: Props): ComponentChild {
  const [draft, setDraft] = useState<Draft | undefined>(undefined);
  if (draft && chart)
    return (
      <ZoneForm
        key={draft.zone?.id ?? draft.kind}
        kind={draft.kind}
        zone={draft.zone}
        map={chart.map}
        speech={speech}
        onClose={() => setDraft(undefined)}
        onSave={(zone) => {
          void onOrder({ kind: "zonePut", zone }).then((isDone) => isDone && setDraft(undefined));
        }}
        onRemove={(zone: ZoneId) => {
          void onOrder({ kind: "zoneRemove", zone }).then((isDone) => isDone && setDraft(undefined));
        }}
      />
    );
  return (
    <div class="stack">
      {mayEdit && (
        <p class="new-zone">
          <span>{speech.text("zoneNew")}</span>
          {KINDS.map(({ kind, text }) => (
            <button type="button" class="small" key={kind} disabled={!chart} onClick={() => setDraft({ kind, zone: undefined })}>
              {speech.text(text)}
            </button>
          ))}
        </p>
      )}
      {zones.length === 0 && <p class="soft">{speech.text("noZones")}</p>}
      <ul class="states">
        {zones.map((zone) => (
          <li key={zone.id}>
            <p class="state-line">
              <LevelMark level={zone.entryLevel} />
              <button type="button" class="link" onClick={() => onGoTo(...middleOf(zone.shape))}>
                {zone.name}
              </button>
              {mayEdit && (
                <button type="button" class="small" disabled={!chart} onClick={() => setDraft({ kind: zone.shape.kind, zone })}>
                  {speech.text("edit")}
                </button>
              )}
            </p>
            <p class="soft">
              {speech.word(zone.purpose)} · {speech.word(zone.entryLevel)} · {heightsOf(zone, speech)}
              {zone.accuracyM !== undefined && ` · ${speech.text("zoneLine", { accuracyM: zone.accuracyM })}`}
            </p>
            {zone.source && <p class="soft">{zone.source}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function heightsOf({ floor, ceiling }: Zone, speech: Speech): string {
  const show = (height: Height) => `${speech.rise(height.valueM)} ${speech.word(height.reference)}`;
  if (floor && ceiling) return speech.text("zoneHeights", { floor: show(floor), ceiling: show(ceiling) });
  if (floor) return speech.text("zoneFrom", { floor: show(floor) });
  return ceiling ? speech.text("zoneUpTo", { ceiling: show(ceiling) }) : speech.text("zoneAny");
}

function middleOf(shape: ZoneShape): [latDeg: number, lonDeg: number] {
  if (shape.kind === "circle") return [shape.centre.latDeg, shape.centre.lonDeg];
  const points = shape.kind === "corridor" ? shape.line : (shape.rings[0] ?? []);
  const [lonDeg = 0, latDeg = 0] = shape.kind === "corridor" ? (points[Math.floor(points.length / 2)] ?? []) : meanOf(points);
  return [latDeg, lonDeg];
}

const meanOf = (points: readonly (readonly [number, number])[]): readonly [number, number] => [
  points.reduce((sum, [lonDeg]) => sum + lonDeg, 0) / Math.max(1, points.length),
  points.reduce((sum, [, latDeg]) => sum + latDeg, 0) / Math.max(1, points.length),
];
