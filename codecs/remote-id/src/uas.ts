import type { Authentication } from "./authentication-assembler.ts";
import type { BasicId, Location, OperatorId, RemoteIdMessage, SelfId, System } from "./message.ts";
import type { IdType } from "./names.ts";

/** Addresses kept of one UAS; of more, the one longest unheard is dropped. */
export const MAX_TRANSMITTERS_PER_UAS = 8;
/** The standard lets a UAS send two Basic IDs, of different types. */
const MAX_BASIC_IDS = 2;

/** What was heard last of a kind, and when. */
export type Heard<Message> = Readonly<{ message: Message; receivedMs: number }>;

/** One address of a UAS. Two addresses that tell different positions at once may be two bearers of one identity. */
export type Transmitter = Readonly<{ address: string; receivedMs: number; location: Heard<Location> | undefined }>;

/**
 * One UAS as its broadcasts tell of it, truthful or not. `id` counts from 1 and is never used again. `label` is the address first heard
 * until a Basic ID comes, and from then on that identity for good, though a second Basic ID takes turns with it.
 */
export type Uas = Readonly<{
  id: number;
  label: string;
  isIdentified: boolean;
  basicIds: readonly BasicId[];
  location: Heard<Location> | undefined;
  system: Heard<System> | undefined;
  selfId: Heard<SelfId> | undefined;
  operatorId: Heard<OperatorId> | undefined;
  authentication: Heard<Authentication> | undefined;
  /** The one heard last comes last. */
  transmitters: readonly Transmitter[];
  firstMs: number;
  receivedMs: number;
}>;

/** The messages of one frame. `transmitter` is the sender's address. */
export type Reception = Readonly<{ transmitter: string; receivedMs: number; messages: readonly RemoteIdMessage[] }>;

/** Which of several new identities gives the label, the best first. Types without a meaning in the standard identify nothing. */
const LABEL_ORDER: readonly IdType[] = ["serial-number", "caa-registration", "utm-assigned", "specific-session"];

export const keyOf = (basicId: BasicId): string => `${basicId.idType} ${basicId.uasId ?? ""}`;

export const isIdentity = (basicId: BasicId): boolean => basicId.uasId !== undefined && LABEL_ORDER.includes(basicId.idType);

/** The identities that a frame tells, the best first. */
export const identitiesIn = (messages: readonly RemoteIdMessage[]): readonly BasicId[] =>
  messages
    .filter((message) => message.kind === "basic-id")
    .filter(isIdentity)
    .sort((a, b) => LABEL_ORDER.indexOf(a.idType) - LABEL_ORDER.indexOf(b.idType));

/** Whether a UAS is known under another identity of the same type. */
export const contradicts = (uas: Uas, basicId: BasicId): boolean =>
  uas.basicIds.some((own) => isIdentity(own) && own.idType === basicId.idType && own.uasId !== basicId.uasId);

export function createUas(id: number, { transmitter, receivedMs }: Reception): Uas {
  return {
    id,
    label: transmitter,
    isIdentified: false,
    basicIds: [],
    location: undefined,
    system: undefined,
    selfId: undefined,
    operatorId: undefined,
    authentication: undefined,
    transmitters: [],
    firstMs: receivedMs,
    receivedMs,
  };
}

/** Gives a UAS its label, once. */
export function identify(uas: Uas, best: BasicId | undefined): Uas {
  return uas.isIdentified || best?.uasId === undefined ? uas : { ...uas, label: best.uasId, isIdentified: true };
}

/** Keeps a Basic ID under its type. What contradicts the identity at hand is not kept, of a third type only an identity in the place of one that identifies nothing. */
export function addBasicId(uas: Uas, basicId: BasicId): Uas {
  if (contradicts(uas, basicId) && isIdentity(basicId)) return uas;
  const same = uas.basicIds.findIndex((own) => own.idType === basicId.idType);
  if (same < 0 && uas.basicIds.length < MAX_BASIC_IDS) return { ...uas, basicIds: [...uas.basicIds, basicId] };
  const place = same >= 0 || !isIdentity(basicId) ? same : uas.basicIds.findIndex((own) => !isIdentity(own));
  if (place < 0 || (isIdentity(uas.basicIds[place] ?? basicId) && !isIdentity(basicId))) return uas;
  return { ...uas, basicIds: uas.basicIds.with(place, basicId) };
}

/** Moves the frame's sender to the end of a UAS's transmitters, with the position it told. */
export function hearTransmitter(uas: Uas, { transmitter, receivedMs, messages }: Reception): Uas {
  const before = uas.transmitters.find(({ address }) => address === transmitter);
  const message = messages.findLast((candidate) => candidate.kind === "location");
  const heard: Transmitter = { address: transmitter, receivedMs, location: message ? { message, receivedMs } : before?.location };
  const transmitters = [...uas.transmitters.filter(({ address }) => address !== transmitter), heard].slice(
    -MAX_TRANSMITTERS_PER_UAS,
  );
  return { ...uas, transmitters, receivedMs: Math.max(uas.receivedMs, receivedMs) };
}

/** One UAS of two: what was known only by address joins the one whose identity that address has now told. */
export function absorb(identified: Uas, anonymous: Uas): Uas {
  const others = anonymous.transmitters.filter(({ address }) => identified.transmitters.every((own) => own.address !== address));
  return {
    ...identified,
    location: later(identified.location, anonymous.location),
    system: later(identified.system, anonymous.system),
    selfId: later(identified.selfId, anonymous.selfId),
    operatorId: later(identified.operatorId, anonymous.operatorId),
    authentication: later(identified.authentication, anonymous.authentication),
    transmitters: [...identified.transmitters, ...others].slice(-MAX_TRANSMITTERS_PER_UAS),
    firstMs: Math.min(identified.firstMs, anonymous.firstMs),
    receivedMs: Math.max(identified.receivedMs, anonymous.receivedMs),
  };
}

function later<Message>(a: Heard<Message> | undefined, b: Heard<Message> | undefined): Heard<Message> | undefined {
  if (!a || !b) return a ?? b;
  return b.receivedMs > a.receivedMs ? b : a;
}
