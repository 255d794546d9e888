import type { DecodeError } from "@picket/bytes";
import {
  type AuthenticationAssembler,
  type AuthenticationSnapshot,
  createAuthenticationAssembler,
} from "./authentication-assembler.ts";
import type { RemoteIdMessage } from "./message.ts";
import {
  absorb,
  addBasicId,
  contradicts,
  createUas,
  hearTransmitter,
  identify,
  identitiesIn,
  isIdentity,
  keyOf,
  type Reception,
  type Uas,
} from "./uas.ts";

/** UAS kept at once; of more, the one longest unheard is dropped. */
export const MAX_UAS = 4096;
/** A UAS unheard for longer is forgotten; what comes from its address later is a new one. */
export const FORGET_AFTER_MS = 300_000;

/** Plain data that survives JSON: the UAS, the longest unheard first. `owners` says for which of them an address last spoke. */
export type MergerSnapshot = Readonly<{
  uas: readonly Uas[];
  owners: readonly (readonly [address: string, id: number])[];
  lastId: number;
  authentication: AuthenticationSnapshot;
}>;

export type TransmitterMerger = {
  /** Adds a frame and answers the UAS it belongs to as it now is, with what was wrong with its authentication pages. */
  add(reception: Reception): Readonly<{ uas: Uas; errors: readonly DecodeError[] }>;
  snapshot(): MergerSnapshot;
};

/**
 * Merges broadcasts into UAS: by address until an identity is known, and by identity across addresses that change. One address that speaks
 * for two identities of one type is two UAS; what it sends without identity belongs to the one it last spoke for.
 */
export function createTransmitterMerger(from?: MergerSnapshot): TransmitterMerger {
  return new Merger(from);
}

class Merger implements TransmitterMerger {
  /** UAS by id, the longest unheard first. */
  readonly #uas: Map<number, Uas>;
  /** Address → id of the UAS it last spoke for; identity → id of its UAS. An entry goes when its UAS does, or no longer has it. */
  readonly #owners: Map<string, number>;
  readonly #identities: Map<string, number>;
  readonly #assembler: AuthenticationAssembler;
  #lastId: number;

  constructor(from: MergerSnapshot | undefined) {
    this.#uas = new Map(from?.uas.map((uas) => [uas.id, uas]));
    this.#owners = new Map(from?.owners);
    this.#identities = new Map(
      from?.uas.flatMap((uas) => uas.basicIds.filter(isIdentity).map((basicId) => [keyOf(basicId), uas.id] as const)),
    );
    this.#assembler = createAuthenticationAssembler(from?.authentication);
    this.#lastId = from?.lastId ?? 0;
  }

  add(reception: Reception): Readonly<{ uas: Uas; errors: readonly DecodeError[] }> {
    this.#forgetSilent(reception.receivedMs);
    const errors: DecodeError[] = [];
    let uas = this.#find(reception);
    for (const message of reception.messages) uas = this.#apply(uas, message, reception, errors);
    uas = hearTransmitter(uas, reception);
    this.#keep(uas, reception.transmitter);
    return { uas, errors };
  }

  snapshot(): MergerSnapshot {
    return {
      uas: [...this.#uas.values()],
      owners: [...this.#owners],
      lastId: this.#lastId,
      authentication: this.#assembler.snapshot(),
    };
  }

  /** The UAS a frame belongs to, as it was before but for its label. */
  #find(reception: Reception): Uas {
    const identities = identitiesIn(reception.messages);
    const fits = (uas: Uas | undefined): uas is Uas =>
      uas !== undefined && !identities.some((basicId) => contradicts(uas, basicId));
    const owner = this.#uas.get(this.#owners.get(reception.transmitter) ?? 0);
    const known = identities.map((basicId) => this.#uas.get(this.#identities.get(keyOf(basicId)) ?? 0)).find(fits);
    if (known && owner && owner.id !== known.id && !owner.isIdentified) {
      this.#drop(owner);
      return absorb(known, owner);
    }
    return identify(known ?? (fits(owner) ? owner : createUas(++this.#lastId, reception)), identities[0]);
  }

  #apply(uas: Uas, message: RemoteIdMessage, { transmitter, receivedMs }: Reception, errors: DecodeError[]): Uas {
    switch (message.kind) {
      case "basic-id":
        return addBasicId(uas, message);
      case "location":
        return { ...uas, location: { message, receivedMs } };
      case "system":
        return { ...uas, system: { message, receivedMs } };
      case "self-id":
        return { ...uas, selfId: { message, receivedMs } };
      case "operator-id":
        return { ...uas, operatorId: { message, receivedMs } };
      case "authentication": {
        const whole = this.#assembler.add(transmitter, message);
        if (!whole.ok) errors.push(whole.error);
        return whole.ok && whole.value ? { ...uas, authentication: { message: whole.value, receivedMs } } : uas;
      }
      default:
        return message satisfies never;
    }
  }

  #keep(uas: Uas, transmitter: string): void {
    for (const { address } of this.#uas.get(uas.id)?.transmitters ?? [])
      if (this.#owners.get(address) === uas.id && uas.transmitters.every((own) => own.address !== address))
        this.#owners.delete(address);
    this.#uas.delete(uas.id);
    this.#uas.set(uas.id, uas);
    this.#owners.set(transmitter, uas.id);
    for (const basicId of uas.basicIds) if (isIdentity(basicId)) this.#identities.set(keyOf(basicId), uas.id);
    const oldest = this.#uas.values().next().value;
    if (this.#uas.size > MAX_UAS && oldest) this.#drop(oldest);
  }

  /** Forgets from the longest unheard on. A frame that claims a time before others is kept as long as those before it. */
  #forgetSilent(nowMs: number): void {
    for (const uas of this.#uas.values()) {
      if (nowMs - uas.receivedMs <= FORGET_AFTER_MS) return;
      this.#drop(uas);
    }
  }

  #drop(uas: Uas): void {
    this.#uas.delete(uas.id);
    for (const { address } of uas.transmitters) if (this.#owners.get(address) === uas.id) this.#owners.delete(address);
    for (const basicId of uas.basicIds)
      if (this.#identities.get(keyOf(basicId)) === uas.id) this.#identities.delete(keyOf(basicId));
  }
}
