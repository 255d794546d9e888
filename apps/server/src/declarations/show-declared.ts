import type { AssessedTrack, Frame, Identity } from "@picket/model";
import { readDeclarations } from "./declarations-file.ts";
import { createDeclaredSerials } from "./declared-serials.ts";

/** Adds what the imported table says of serial numbers to a frame that is to be shown. What decides and what is recorded stays as it is. */
export type ShowDeclared = (frame: Frame) => Frame;

const MOST_REMEMBERED = 4096;

/** Reads the data directory's table once. Without one, or with one that cannot be read, frames are shown as they are. */
export function createShowDeclared(dataDir: string, report: (fault: string) => void): ShowDeclared {
  const table = tableOf(dataDir, report);
  if (!table) return (frame) => frame;
  const { importedMs } = table;
  const serials = createDeclaredSerials(table.declarations);
  const remembered = new Map<string, Identity["declared"]>();

  const declaredOf = (serial: string): Identity["declared"] => {
    if (remembered.has(serial)) return remembered.get(serial);
    const models = serials.of(serial).map(({ rule: _, ...said }) => said);
    const declared = models.length > 0 ? { importedMs, models } : undefined;
    const [oldest] = remembered.keys();
    if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(serial, declared);
    return declared;
  };
  const withDeclared = (identity: Identity): Identity => {
    const declared = identity.claim.kind === "serial" ? declaredOf(identity.claim.value) : undefined;
    return declared ? { ...identity, declared } : identity;
  };
  const shown = (track: AssessedTrack): AssessedTrack =>
    track.identities.some(({ claim }) => claim.kind === "serial")
      ? { ...track, identities: track.identities.map(withDeclared) }
      : track;
  return (frame) => ({ ...frame, tracks: frame.tracks.map(shown) });
}

function tableOf(dataDir: string, report: (fault: string) => void) {
  try {
    return readDeclarations(dataDir);
  } catch (error) {
    report(`The table of declarations is not used: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
