import type { Height, Level, Zone, ZoneId } from "@picket/model";
import type { MapLibreMap } from "maplibre-gl";
import type { ComponentChild } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { currentPalette } from "../look/current-palette.ts";
import type { ShapeKind } from "../map/drawn-shape.ts";
import type { ZoneEditor } from "../map/zone-editor.ts";
import { draftOf, halfWidthOf, radiusOf, type ZoneDraft, zoneFromDraft } from "../picture/zone-draft.ts";
import type { Speech } from "../speech/speech.ts";

type Props = Readonly<{
  kind: ShapeKind;
  zone: Zone | undefined;
  map: MapLibreMap;
  speech: Speech;
  onSave(zone: Zone): void;
  onRemove(zone: ZoneId): void;
  onClose(): void;
}>;

const LEVELS: readonly Level[] = ["watch", "caution", "warning", "critical"];
const REFERENCES: readonly Height["reference"][] = ["agl", "msl", "hae"];

/** The form beside the map while a zone is drawn on it. */
export function ZoneForm({ kind, zone, map, speech, onSave, onRemove, onClose }: Props): ComponentChild {
  const [draft, setDraft] = useState<ZoneDraft>(draftOf(zone));
  const [hasShape, setHasShape] = useState(zone !== undefined);
  const [isRemoving, setRemoving] = useState(false);
  const editor = useEditor(map, kind, zone, setHasShape);
  const put = (part: Partial<ZoneDraft>) => setDraft({ ...draft, ...part });
  const save = () => {
    const shape = editor.current?.shape(halfWidthOf(draft));
    const made = shape && zoneFromDraft(draft, zone?.id ?? (`zone-${crypto.randomUUID()}` as ZoneId), shape, zone);
    if (made) onSave(made);
  };
  const placeCircle = () => {
    const { lat: latDeg, lng: lonDeg } = map.getCenter();
    editor.current?.place({ kind: "circle", centre: { latDeg, lonDeg }, radiusM: radiusOf(draft) });
  };
  const levels = LEVELS.map((level) => ({ value: level, text: speech.word(level) }));
  return (
    <form
      class="stack zone-form"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p class="hint">{speech.text(kind === "circle" ? "zoneCircleHint" : "zoneDrawHint")}</p>
      <Field name={speech.text("zoneName")} value={draft.name} onChange={(name) => put({ name })} required />
      <Pick
        name={speech.text("zonePurpose")}
        value={draft.purpose}
        options={(["protected", "watched"] as const).map((value) => ({ value, text: speech.word(value) }))}
        onChange={(purpose) => put({ purpose })}
      />
      <Pick
        name={speech.text("zoneEntryLevel")}
        value={draft.entryLevel}
        options={levels}
        onChange={(entryLevel) => put({ entryLevel })}
      />
      <Pick
        name={speech.text("zoneApproachLevel")}
        value={draft.approachLevel}
        options={[{ value: "" as const, text: speech.text("levelNone") }, ...levels]}
        onChange={(approachLevel) => put({ approachLevel })}
      />
      {draft.approachLevel !== "" && (
        <Field name={speech.text("zoneApproachS")} value={draft.approachS} onChange={(approachS) => put({ approachS })} />
      )}
      {kind === "circle" && (
        <>
          <Field name={speech.text("zoneRadius")} value={draft.radiusM} onChange={(radiusM) => put({ radiusM })} />
          <button type="button" class="small" onClick={placeCircle}>
            {speech.text("zonePlace")}
          </button>
        </>
      )}
      {kind === "corridor" && (
        <Field name={speech.text("zoneHalfWidth")} value={draft.halfWidthM} onChange={(halfWidthM) => put({ halfWidthM })} />
      )}
      <Field name={speech.text("zoneFloor")} value={draft.floorM} onChange={(floorM) => put({ floorM })} />
      <Field name={speech.text("zoneCeiling")} value={draft.ceilingM} onChange={(ceilingM) => put({ ceilingM })} />
      <Pick
        name={speech.text("zoneReference")}
        value={draft.reference}
        options={REFERENCES.map((value) => ({ value, text: speech.word(value) }))}
        onChange={(reference) => put({ reference })}
      />
      {(!hasShape || draft.name.trim() === "") && <p class="soft">{speech.text("zoneIncomplete")}</p>}
      <footer>
        {zone && (
          <button type="button" class="small" onClick={() => (isRemoving ? onRemove(zone.id) : setRemoving(true))}>
            {speech.text(isRemoving ? "removeSure" : "remove")}
          </button>
        )}
        <span class="gap" />
        <button type="button" onClick={onClose}>
          {speech.text("cancel")}
        </button>
        <button type="submit" class="primary" disabled={!hasShape || draft.name.trim() === ""}>
          {speech.text("save")}
        </button>
      </footer>
    </form>
  );
}

/** The drawing tools are loaded when first needed. */
function useEditor(map: MapLibreMap, kind: ShapeKind, zone: Zone | undefined, changed: (hasShape: boolean) => void) {
  const editor = useRef<ZoneEditor | undefined>(undefined);
  useEffect(() => {
    let isGone = false;
    const palette = currentPalette();
    void import("../map/zone-editor.ts").then(({ mountZoneEditor }) => {
      if (!isGone)
        editor.current = mountZoneEditor(map, kind, zone?.shape, { ink: palette.label, ground: palette.ground }, changed);
    });
    return () => {
      isGone = true;
      editor.current?.unmount();
    };
  }, []);
  return editor;
}

type FieldProps = Readonly<{ name: string; value: string; required?: boolean; onChange(value: string): void }>;

function Field({ name, value, required, onChange }: FieldProps): ComponentChild {
  return (
    <label>
      <span>{name}</span>
      <input
        required={required ?? false}
        maxLength={64}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}

type PickProps<T extends string> = Readonly<{
  name: string;
  value: T;
  options: readonly Readonly<{ value: T; text: string }>[];
  onChange(value: T): void;
}>;

function Pick<T extends string>({ name, value, options, onChange }: PickProps<T>): ComponentChild {
  return (
    <label>
      <span>{name}</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = options.find((option) => option.value === currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
