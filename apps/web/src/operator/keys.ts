import type { TextKey } from "../speech/interface-table.ts";

/** What a key asks for. */
export type KeyAction =
  | "goTo"
  | "acknowledge"
  | "shelve"
  | "next"
  | "previous"
  | "search"
  | "help"
  | "silence"
  | "replay"
  | "declare"
  | "escape"
  | "tab1"
  | "tab2"
  | "tab3"
  | "tab4";

const ACTIONS: Readonly<Record<string, KeyAction>> = {
  " ": "goTo",
  a: "acknowledge",
  s: "shelve",
  j: "next",
  k: "previous",
  "/": "search",
  "?": "help",
  m: "silence",
  r: "replay",
  d: "declare",
  escape: "escape",
  "1": "tab1",
  "2": "tab2",
  "3": "tab3",
  "4": "tab4",
};

/** The key map as it is shown. */
export const KEY_MAP: readonly Readonly<{ keys: readonly string[]; text: TextKey }>[] = [
  { keys: [" "], text: "keyGoTo" },
  { keys: ["A"], text: "keyAck" },
  { keys: ["S"], text: "keyShelve" },
  { keys: ["J", "K"], text: "keyNext" },
  { keys: ["D"], text: "keyDeclare" },
  { keys: ["M"], text: "keySilence" },
  { keys: ["/"], text: "keySearch" },
  { keys: ["1", "2", "3", "4"], text: "keyTabs" },
  { keys: ["R"], text: "keyReplay" },
  { keys: ["?"], text: "keyHelp" },
  { keys: ["Esc"], text: "keyEscape" },
];

/** What was pressed, apart from where. */
export type Press = Readonly<{ key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; repeat: boolean }>;

/** The action of a key press; undefined for keys that are not ours, with a modifier, or held down (an alarm is never taken by a leaning arm). */
export function actionOf(press: Press): KeyAction | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat) return undefined;
  return ACTIONS[press.key.toLowerCase()];
}

/** What has the focus while a key is pressed. `isByKeyboard`: it was reached by the keyboard and is marked so. */
export type Focused = Readonly<{ tag: string; type: string; isEditable: boolean; isByKeyboard: boolean }>;

/**
 * True when the focused thing needs the key itself: whatever is written in needs all, a list its letters, and what was reached by the
 * keyboard the space bar that presses it. What a mouse pressed last does not take the space bar from the alerts.
 */
export function keepsKey({ tag, type, isEditable, isByKeyboard }: Focused, key: string): boolean {
  if (isEditable || tag === "TEXTAREA" || tag === "SELECT") return true;
  if (tag === "INPUT" && !PRESSED_TYPES.has(type)) return true;
  return key === " " && (tag === "INPUT" || (isByKeyboard && (tag === "BUTTON" || tag === "SUMMARY")));
}
/** Inputs in which nothing is written. */
const PRESSED_TYPES: ReadonlySet<string> = new Set(["radio", "checkbox", "range"]);
