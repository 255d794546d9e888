import type { ComponentChild, ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

type Props = Readonly<{ title: string; closeText: string; onClose(): void; children: ComponentChildren; wide?: boolean }>;

/** A window over the page that keeps the keyboard until it is closed, then gives it back; Escape closes it. Alarms go on beneath. */
export function Dialog({ title, closeText, onClose, children, wide }: Props): ComponentChild {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    if (!box.current?.open) box.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog ref={box} class={wide ? "dialog wide" : "dialog"} aria-label={title} onClose={onClose}>
      <header>
        <h2>{title}</h2>
        <button type="button" class="small" onClick={onClose} aria-label={closeText}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
