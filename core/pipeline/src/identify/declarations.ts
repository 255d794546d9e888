import type { Command, Declaration, TrackId } from "@picket/model";

/** The newest word of a person on each track. Plain data. */
export type Declarations = Map<TrackId, Declaration>;

/** Takes a declaration: the newest goes before what was said earlier. */
export function hearDeclaration(declarations: Declarations, command: Extract<Command, { kind: "declare" }>): void {
  const { track, by, atMs, expiresMs, confidence, objectClass, affiliation, reason } = command;
  declarations.set(track, {
    by,
    atMs,
    expiresMs,
    confidence,
    ...(objectClass && { objectClass }),
    ...(affiliation && { affiliation }),
    ...(reason !== undefined && { reason }),
  });
}

/** Forgets what has expired and what was said of tracks that are no more. */
export function forgetDeclarations(declarations: Declarations, alive: ReadonlySet<TrackId>, nowMs: number): void {
  for (const [track, { expiresMs }] of declarations) if (expiresMs <= nowMs || !alive.has(track)) declarations.delete(track);
}
