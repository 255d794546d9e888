import { DetectionLine, LineDetection, type Validated, validate } from "@picket/model";
import type { Refuse } from "./refuse.ts";

/**
 * One line of text as a detection line. A detection that departs from the schema is refused alone and the rest of its line goes on;
 * `undefined` when the whole line had to be refused.
 */
export function readLine(text: string, refuse: Refuse): DetectionLine | undefined {
  const value = parseJson(text);
  if (value === undefined) {
    refuse("not-json", "line", `not JSON: ${shortened(text)}`);
    return undefined;
  }
  const whole = validate(DetectionLine, value);
  if (whole.ok) return whole.value;
  if (!hasDetections(value)) return refuseFaults(whole, "", refuse);

  const envelope = validate(DetectionLine, { ...value, detections: [] });
  if (!envelope.ok) return refuseFaults(envelope, "", refuse);
  if (value.detections.length > MAX_DETECTIONS) {
    refuse("schema", "/detections", `at most ${MAX_DETECTIONS} in one line, got ${value.detections.length}`);
    return undefined;
  }
  const detections: LineDetection[] = [];
  for (const [index, detection] of value.detections.entries()) {
    const checked = validate(LineDetection, detection);
    if (checked.ok) detections.push(checked.value);
    else refuseFaults(checked, `/detections/${index}`, refuse);
  }
  if (detections.length > 0) return { ...envelope.value, detections };
  const { detections: _none, ...state } = envelope.value;
  return state.state === undefined ? undefined : state;
}

const MAX_DETECTIONS = 5000;

/** One refusal for one unit, however many faults it has: the first names the place. */
function refuseFaults(checked: Extract<Validated<unknown>, { ok: false }>, path: string, refuse: Refuse): undefined {
  const [first] = checked.faults;
  refuse("schema", path !== "" && first.path === "/" ? path : path + first.path, `${first.expected}, got ${first.got}`);
}

function hasDetections(value: unknown): value is { detections: readonly unknown[] } {
  return typeof value === "object" && value !== null && "detections" in value && Array.isArray(value.detections);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
