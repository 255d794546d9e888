/** One line of what `picket doctor` found. */
export type Finding = Readonly<{ level: "ok" | "note" | "fault"; text: string }>;
export const ok = (text: string): Finding => ({ level: "ok", text });
export const note = (text: string): Finding => ({ level: "note", text });
export const fault = (text: string): Finding => ({ level: "fault", text });

const LABEL = { ok: "  ok  ", note: " note ", fault: "FAULT " } as const;

export function printFindings(findings: readonly Finding[]): void {
  for (const { level, text } of findings) console.log(`${LABEL[level]} ${text}`);
}
