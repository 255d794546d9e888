import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Alert, Frame, Warning } from "@picket/model";
import { playRecording } from "@picket/server";
import { EXIT } from "./exit-codes.ts";

export type ReplayOptions = Readonly<{ from?: string; to?: string; summary?: boolean; check?: boolean }>;

/** Plays a recording again: frames as JSON Lines, a summary of what changed, or a check that it comes out the same. */
export async function replayCommand(dir: string, { from, to, summary, check }: ReplayOptions): Promise<number> {
  const journalDir = existsSync(join(dir, "journal")) ? join(dir, "journal") : dir;
  if (!existsSync(join(journalDir, "journal.db"))) {
    console.error(`${dir} holds no recording`);
    return EXIT.badData;
  }
  const fromMs = timeOf(from);
  const toMs = timeOf(to);
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) {
    console.error(`A time must be ISO 8601 or Unix milliseconds, got ${JSON.stringify(Number.isNaN(fromMs) ? from : to)}`);
    return EXIT.usage;
  }
  const span = { ...(fromMs !== undefined && { fromMs }), ...(toMs !== undefined && { toMs }) };
  const ends = { same: 0, different: [] as number[] };
  const onSegmentEnd = ({ segment, isSame }: Readonly<{ segment: number; isSame: boolean }>) => {
    if (isSame) ends.same++;
    else ends.different.push(segment);
  };
  const onFault = ({ segment, sequence, error }: Readonly<{ segment: number; sequence: number; error: unknown }>) =>
    console.error(`Segment ${segment}, entry ${sequence}: the engine failed, as it did live: ${String(error)}`);
  const seen = new Map<string, string>();
  let frames = 0;
  const anew = new Set<number>();
  for await (const { frame, segment, isAnew } of playRecording({ dir: journalDir, ...span, onSegmentEnd, onFault })) {
    frames++;
    if (isAnew) anew.add(segment);
    if (summary) for (const line of changes(frame, seen)) await print(line);
    else if (!check) await print(JSON.stringify(frame));
  }
  if (anew.size > 0)
    console.error(
      `${anew.size} segments were recorded by another version of Picket: they are computed anew and may differ from what was decided then. ` +
        "That version computes them byte for byte.",
    );
  if (!check) return EXIT.done;
  console.error(
    `${frames} frames computed again; ${ends.same} segments end in the bytes that open the next` +
      (ends.different.length > 0 ? `, ${ends.different.length} do not: ${ends.different.join(", ")}` : ""),
  );
  if (ends.different.length > 0) return EXIT.no;
  return anew.size > 0 ? EXIT.badData : EXIT.done;
}

/** Unix milliseconds; NaN for a text that is no time. */
const timeOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : /^\d+$/.test(text) ? Number(text) : Date.parse(text);

/** One line per alert or warning that is new or changed since the frame before. */
function changes({ nowMs, alerts, warnings }: Frame, seen: Map<string, string>): readonly string[] {
  const lines: string[] = [];
  const report = (id: string, stamp: string, words: string) => {
    if (seen.get(id) === stamp) return;
    seen.set(id, stamp);
    lines.push(`${new Date(nowMs).toISOString()} ${id} ${words}`);
  };
  for (const alert of alerts) report(alert.id, `${alert.revision} ${alert.state}`, ofAlert(alert));
  for (const warning of warnings) report(warning.id, `${warning.revision} ${warning.state}`, ofWarning(warning));
  return lines;
}

const ofAlert = ({ kind, level, state, title, tracks }: Alert): string =>
  `${kind} ${level} ${state} ${JSON.stringify(title.params)} ${tracks.join(",")}`;
const ofWarning = ({ person, level, state, distanceM, bearingDeg }: Warning): string =>
  `${person} ${level} ${state} ${Math.round(distanceM)} m at ${Math.round(bearingDeg)}°`;

async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
}
