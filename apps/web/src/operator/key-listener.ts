import { alertToTake, listAlerts } from "../picture/alert-order.ts";
import { neighbour } from "../picture/search.ts";
import type { Tab } from "./address.ts";
import type { Desk } from "./desk.ts";
import { actionOf, type Focused, type KeyAction, keepsKey } from "./keys.ts";
import { placeOf } from "./place-of.ts";
import type { Sounding } from "./sounding.ts";

const TABS: Readonly<Partial<Record<KeyAction, Tab>>> = { tab1: "track", tab2: "people", tab3: "health", tab4: "zones" };

/** Listens to the whole page; what has the focus keeps the keys it needs, an open dialog all. Answers how to stop. */
export function listenToKeys(desk: Desk, sounding: Sounding, goTo: (latDeg: number, lonDeg: number) => void): () => void {
  const press = (event: KeyboardEvent) => {
    sounding.unlock();
    const action = actionOf(event);
    if (!action || desk.dialog.peek() !== undefined || keepsKey(focusedBy(event), event.key)) return;
    event.preventDefault();
    obey(action, desk, sounding, goTo);
  };
  const touch = () => sounding.unlock();
  document.addEventListener("keydown", press);
  document.addEventListener("pointerdown", touch);
  return () => {
    document.removeEventListener("keydown", press);
    document.removeEventListener("pointerdown", touch);
  };
}

function focusedBy({ target }: KeyboardEvent): Focused {
  const element = target instanceof HTMLElement ? target : document.body;
  return {
    tag: element.tagName,
    type: element instanceof HTMLInputElement ? element.type : "",
    isEditable: element.isContentEditable,
    isByKeyboard: element.matches(":focus-visible"),
  };
}

function obey(action: KeyAction, desk: Desk, sounding: Sounding, goTo: (latDeg: number, lonDeg: number) => void): void {
  const picture = desk.shown.peek();
  const { open } = listAlerts(picture?.alerts.values() ?? [], desk.reality.peek());
  const selected = open.find(({ id }) => id === desk.address.peek().alert);
  const top = alertToTake(open, undefined, desk.onTheirWay.peek()) ?? open[0];
  const visit = (alert: typeof top) => {
    if (!alert || !picture) return;
    desk.selectAlert(alert);
    const at = placeOf(alert, picture);
    if (at) goTo(at.latDeg, at.lonDeg);
  };
  switch (action) {
    case "goTo":
      return visit(top);
    case "acknowledge": {
      const wanted = alertToTake(open, selected?.id, desk.onTheirWay.peek());
      if (wanted) desk.acknowledge(wanted);
      return;
    }
    case "shelve": {
      const wanted = selected ?? top;
      if (wanted && !desk.replay.isOn.peek()) desk.dialog.value = { kind: "shelve", alert: wanted };
      return;
    }
    case "next":
    case "previous": {
      const id = neighbour(
        open.map((alert) => alert.id),
        selected?.id,
        action === "next" ? 1 : -1,
      );
      return visit(open.find((alert) => alert.id === id));
    }
    case "declare": {
      const { track } = desk.address.peek();
      if (track && picture?.tracks.has(track) && !desk.replay.isOn.peek()) desk.dialog.value = { kind: "declare", track };
      return;
    }
    case "search":
      desk.dialog.value = { kind: "search" };
      return;
    case "help":
      desk.dialog.value = { kind: "keys" };
      return;
    case "silence":
      return sounding.silence();
    case "replay":
      return desk.replay.isOn.peek() ? desk.replay.close() : desk.replay.open();
    case "escape":
      return desk.selectTrack(undefined);
    case "tab1":
    case "tab2":
    case "tab3":
    case "tab4":
      return desk.openTab(TABS[action] ?? "track");
    default:
      return action satisfies never;
  }
}
