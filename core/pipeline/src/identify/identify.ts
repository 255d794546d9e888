import type { Phrase, TrackId } from "@picket/model";
import { phrase } from "../phrases.ts";
import { type Rejections, reject } from "../rejections.ts";
import type { Standing } from "../standing/standing.ts";
import type { Picture } from "../track/track.ts";
import type { Tracked } from "../track/tracked.ts";
import { type ClassEvidence, fuseClasses } from "./classes.ts";
import { type Declarations, forgetDeclarations, hearDeclaration } from "./declarations.ts";
import type { Identified } from "./identified.ts";

/** Plain data: what a snapshot of this stage holds. */
export type IdentifyState = { declarations: Declarations };
export const newIdentifyState = (): IdentifyState => ({ declarations: new Map() });

/** Says who and what every track is, from the tracker's evidence and from what people declared. */
export function identify(
  { declarations }: IdentifyState,
  picture: Picture,
  { commands }: Standing,
  nowMs: number,
  rejections: Rejections,
): Identified[] {
  const alive = new Set<TrackId>(picture.tracks.map(({ id }) => id));
  for (const command of commands) {
    if (command.kind !== "declare") continue;
    if (alive.has(command.track)) hearDeclaration(declarations, command);
    else reject(rejections, "unknown-track");
  }
  forgetDeclarations(declarations, alive, nowMs);
  return picture.tracks.map((track) => identifyOne(track, declarations));
}

function identifyOne(track: Tracked, declarations: Declarations): Identified {
  const declaration = declarations.get(track.id);
  const evidence: ClassEvidence[] = [];
  const why: Phrase[] = [];
  if (declaration) {
    const { by, objectClass, affiliation, confidence } = declaration;
    if (objectClass) {
      evidence.push({ objectClass, probability: confidence });
      why.push(phrase("reason.declaredClass", { by, objectClass, confidence }));
    }
    if (affiliation) why.push(phrase("reason.declaredAffiliation", { by, affiliation, confidence }));
  }
  return {
    ...track,
    classes: fuseClasses(track.state.classProbabilities, evidence),
    identities: [],
    affiliation: declaration?.affiliation ?? "unknown",
    ...(declaration && { declaration }),
    why,
  };
}
