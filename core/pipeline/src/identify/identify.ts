import type { Authorisation, BroadcastClaim, Identity, Input, Phrase, Reality, Trace, TrackId, TruthTest } from "@picket/model";
import { phrase } from "../phrases.ts";
import { type Rejections, reject } from "../rejections.ts";
import type { Standing } from "../standing/standing.ts";
import type { Picture } from "../track/track.ts";
import type { Tracked } from "../track/tracked.ts";
import { type Bound, bindClaims } from "./bound.ts";
import { type ClaimLedger, forgetSilent, hearClaim, hearClaimedDetections, newLedger, recordOf } from "./claim-ledger.ts";
import type { ClaimRecord } from "./claim-record.ts";
import { type ClassEvidence, classOfUaType, fuseClasses, withEvenOdds } from "./classes.ts";
import { findCompanions } from "./companions.ts";
import { corroborate } from "./corroborate.ts";
import { type Declarations, forgetDeclarations, hearDeclaration } from "./declarations.ts";
import { doubtfulAircraft } from "./doubtful-aircraft.ts";
import { type Doubts, noteDoubts } from "./doubts.ts";
import type { Eyesight } from "./eyesight.ts";
import type { Identified } from "./identified.ts";
import { permissionOf } from "./permission.ts";
import { type Corrected, forgetSteps } from "./registered.ts";
import { tellApart } from "./tell-apart.ts";
import type { Trails } from "./trails.ts";
import { isPlaceDenied, testTruth } from "./truth.ts";
import { unborne } from "./unborne.ts";

/** Plain data: what a snapshot of this stage holds. */
export type IdentifyState = {
  declarations: Declarations;
  doubts: Doubts;
  ledger: ClaimLedger;
  trails: Trails;
  eyesight: Eyesight;
  corrected: Corrected;
};
export const newIdentifyState = (): IdentifyState => ({
  declarations: new Map(),
  doubts: new Map(),
  ledger: newLedger(),
  trails: new Map(),
  eyesight: new Map(),
  corrected: new Map(),
});

/** How each claim stood when it was last put to the test. */
export const verdictsOf =
  ({ ledger }: IdentifyState) =>
  (reality: Reality, claim: string): TruthTest["verdict"] | undefined =>
    recordOf(ledger, reality, claim)?.verdict;

/** A broadcast that was found to be contradicted, for the alert that says so. */
export type Contradicted = Readonly<{
  reality: Reality;
  identity: string;
  reasons: readonly Phrase[];
  tracks: readonly TrackId[];
}>;

/** Every track with its identity, every broadcast that does not stand up, and those that no track bears. */
export type IdentifiedPicture = Readonly<{
  tracks: readonly Identified[];
  contradicted: readonly Contradicted[];
  unborne: readonly Trace[];
}>;

/** A broadcast is taken at its word once it told so many places, the newest of them lately, while at least this surely something is there. */
const OWN_WORD_PLACES = 3;
const OWN_WORD_MS = 10_000;
const OWN_WORD_EXISTENCE = 0.9;
/** What a broadcast kind of aircraft is worth as evidence of the class. */
const BROADCAST_CLASS_PROBABILITY = 0.9;
const MAX_IDENTITIES = 8;

/** Says who and what every track is: from the tracker's evidence, from broadcasts put to the test, and from what people declared. */
export function identify(
  { declarations, doubts, ledger, trails, eyesight, corrected }: IdentifyState,
  picture: Picture,
  inputs: readonly Input[],
  standing: Standing,
  nowMs: number,
  rejections: Rejections,
): IdentifiedPicture {
  const alive = new Set<TrackId>(picture.tracks.map(({ id }) => id));
  for (const command of standing.commands) {
    if (command.kind !== "declare") continue;
    if (!alive.has(command.track)) reject(rejections, "unknown-track");
    else {
      hearDeclaration(declarations, command);
      doubts.delete(command.track);
    }
  }
  forgetDeclarations(declarations, alive, nowMs);
  noteDoubts(doubts, declarations, picture.tracks);
  forgetSteps({ corrected, ledger, trails }, picture);
  hearBroadcasts({ ledger, eyesight, trails }, picture, inputs, rejections, nowMs);
  tellApart(ledger, trails, picture.tracks, nowMs);
  findCompanions(ledger, picture.tracks, nowMs);
  forgetSilent(ledger, nowMs);
  const truths = new Map<ClaimRecord, TruthTest>();
  for (const record of ledger.records.values()) truths.set(record, testTruth(record, nowMs));
  const bound = bindClaims(ledger, picture, nowMs);
  const tracks = picture.tracks.map((track) =>
    identifyOne(track, bound.get(track.id) ?? [], truths, { declarations, doubts }, standing, picture, nowMs),
  );
  const borne = new Set([...bound.values()].flatMap((all) => all.map(({ record }) => record)));
  return {
    tracks,
    contradicted: contradictedNow(truths, bound),
    unborne: unborne(ledger.records.values(), borne, picture.site, nowMs),
  };
}

/** Claims and claimed places in the order they came, and each look of another sensor put against what was claimed until then. */
function hearBroadcasts(
  { ledger, ...seen }: Pick<IdentifyState, "ledger" | "eyesight" | "trails">,
  picture: Picture,
  inputs: readonly Input[],
  rejections: Rejections,
  nowMs: number,
): void {
  for (const input of inputs) {
    if (input.kind === "claim") hearKnown(ledger, picture, input, rejections);
    if (input.kind !== "scan" || !picture.poses.has(input.sensor)) continue;
    hearClaimedDetections(ledger, input, picture, rejections);
    corroborate(ledger, seen, input, picture, nowMs);
  }
}

function hearKnown(ledger: ClaimLedger, { poses }: Picture, claim: BroadcastClaim, rejections: Rejections): void {
  if (poses.has(claim.sensor)) hearClaim(ledger, claim, rejections);
  else reject(rejections, "unknown-sensor");
}

function identifyOne(
  track: Tracked,
  bound: readonly Bound[],
  truths: ReadonlyMap<ClaimRecord, TruthTest>,
  { declarations, doubts }: Pick<IdentifyState, "declarations" | "doubts">,
  { site }: Standing,
  picture: Picture,
  nowMs: number,
): Identified {
  const declaration = declarations.get(track.id);
  const isDoubted = declaration !== undefined && doubts.has(track.id);
  const evidence: ClassEvidence[] = [];
  const why: Phrase[] = [];
  const identities: Identity[] = [];
  let permitted: Authorisation | undefined;
  let byOwnWord: string | undefined;
  let saysGrounded = false;
  for (const one of named(bound)) {
    const { record, probability } = one;
    const truth = truths.get(record);
    if (!truth) continue;
    for (const claim of record.claims) identities.push(toIdentity(claim, one, truth));
    const identity = record.claims[0]?.value ?? "";
    if (truth.verdict === "contradicted") why.push(phrase("reason.identityContradicted", { identity }));
    const said = record.uaType === undefined ? undefined : classOfUaType(record.uaType);
    // What is broadcast may make it more of a drone, never less of one.
    if (said && truth.verdict !== "contradicted")
      evidence.push({ objectClass: said, probability: BROADCAST_CLASS_PROBABILITY * Math.max(0.5, probability) });
    if (!isPlaceDenied(truth) && isFreshWord(track, one, nowMs)) byOwnWord ??= identity;
    saysGrounded ||= isGrounded(track, one, nowMs);
    for (const authorisation of site.authorisations) {
      const { kind, value } = authorisation.identity;
      if (!record.claims.some((claim) => claim.kind === kind && claim.value === value)) continue;
      const permission = permissionOf(authorisation, one, track, picture.site, nowMs);
      why.push(permission.why);
      if (permission.isPermitted) permitted ??= authorisation;
    }
  }
  if (isDoubted) why.push(phrase("reason.declarationDoubted", { by: declaration.by }));
  else if (declaration) {
    const { by, objectClass, affiliation, confidence } = declaration;
    if (objectClass) {
      evidence.push({ objectClass, probability: confidence });
      why.push(phrase("reason.declaredClass", { by, objectClass, confidence }));
    }
    if (affiliation) why.push(phrase("reason.declaredAffiliation", { by, affiliation, confidence }));
  }
  const classes = fuseClasses(track.state.classProbabilities, evidence);
  const aircraft = isDoubted || declaration?.objectClass === undefined ? doubtfulAircraft(track, bound, classes) : undefined;
  return {
    ...track,
    classes: aircraft === undefined ? classes : withEvenOdds(classes),
    identities: identities.toSorted((a, b) => b.probability - a.probability).slice(0, MAX_IDENTITIES),
    affiliation: (!isDoubted && declaration?.affiliation) || "unknown",
    ...(permitted && { authorisation: permitted.id }),
    ...(declaration && { declaration }),
    ...(isDoubted && { isDoubted }),
    ...(byOwnWord !== undefined && { byOwnWord }),
    ...(saysGrounded && { saysGrounded: true as const }),
    ...(aircraft !== undefined && { saysAircraft: aircraft }),
    why,
  };
}

/** Who says who he is, or, where nobody does, the radio address that speaks. */
function named(bound: readonly Bound[]): readonly Bound[] {
  const names = bound.filter(({ record }) => record.claims.some(({ kind }) => kind !== "transmitter"));
  return names.length > 0 ? names : bound;
}

/** Who says that he stands on the ground is no faster and no higher by his own word; whose height is unknown is not believed. */
const GROUNDED_MPS = 1.5;
const GROUNDED_M = 15;

function isGrounded({ state, agl }: Tracked, { record }: Bound, nowMs: number): boolean {
  if (state.confirmed || record.onGroundMs === undefined || nowMs - record.onGroundMs > OWN_WORD_MS) return false;
  if (!agl || agl.heightM > GROUNDED_M) return false;
  const [east, north] = state.velEnuMps;
  return east * east + north * north <= GROUNDED_MPS * GROUNDED_MPS;
}

/** Fresh by when it was heard: a receiver that is late, or whose clock is behind, may be the only one. */
const isFreshWord = ({ state }: Tracked, { record, lastMs }: Bound, nowMs: number): boolean =>
  !state.confirmed &&
  state.existence >= OWN_WORD_EXISTENCE &&
  record.places.some(
    ({ hits, receivedMs, measuredMs }) =>
      hits >= OWN_WORD_PLACES && nowMs - receivedMs <= OWN_WORD_MS && measuredMs - lastMs <= OWN_WORD_MS,
  );

function toIdentity(claim: Identity["claim"], { record, probability, lastMs }: Bound, truth: TruthTest): Identity {
  const { uaType, description, operatorId, operator, operatorMs } = record;
  return {
    claim,
    probability,
    lastMs,
    truth,
    ...(uaType !== undefined && { uaType }),
    ...(description !== undefined && { description }),
    ...(operatorId !== undefined && { operatorId }),
    ...(operator &&
      operatorMs !== undefined && { operator: { place: operator.place, source: operator.source, measuredMs: operatorMs } }),
  };
}

function contradictedNow(
  truths: ReadonlyMap<ClaimRecord, TruthTest>,
  bound: ReadonlyMap<TrackId, readonly Bound[]>,
): Contradicted[] {
  const contradicted: Contradicted[] = [];
  for (const [record, { verdict, reasons }] of truths) {
    if (verdict !== "contradicted") continue;
    const tracks = [...bound].filter(([, all]) => all.some((one) => one.record === record)).map(([id]) => id);
    contradicted.push({ reality: record.reality, identity: record.claims[0]?.value ?? "", reasons, tracks });
  }
  return contradicted;
}
