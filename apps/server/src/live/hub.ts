import type { FieldMessage, Frame, PersonId, Warning } from "@picket/model";
import { fieldMessage } from "./field-message.ts";
import { createLivePicture, type Surroundings } from "./picture.ts";

/** As much of a WebSocket as the hub needs. */
export type LiveSocket = { readonly bufferedAmount: number; send(text: string): void; close(code: number, why: string): void };

/** A client whose socket holds more than this is skipped until it has drained; then it gets the whole picture. */
const FULL_BUFFER_BYTES = 256 * 1024;
/** Tracks move on the screen at this rate; alerts and warnings do not wait for it. */
const FLUSH_MS = 100;
/** No serial of a picture. */
const NEVER = -1;
const FIELD_MS = 1000;
const HEARTBEAT_MS = 1000;
/** What a line is closed with that its phone need not open again. */
const NO_LONGER_ENTITLED = 4401;

type Operator = { socket: LiveSocket; serial: number };
type Phone = { socket: LiveSocket; person: PersonId; sentMs: number; stamp: string };

/**
 * Sends the picture to every open socket. One delta is made for all that are up to date; a slow client is skipped (newest
 * wins) and later gets the whole picture, in which no open alert is missing. Memory per client is bounded by its socket's buffer.
 */
export type LiveHub = {
  publish(frame: Frame): void;
  /** Everybody gets the whole picture next: something changed that deltas do not carry. */
  startOver(): void;
  addOperator(socket: LiveSocket): () => void;
  /** A phone whose person is not of this site is shut out again. */
  addPhone(socket: LiveSocket, person: PersonId): () => void;
  hasPhone(person: PersonId): boolean;
  /** The open warnings, and the all-clears that people may not have read yet. */
  warnings(): readonly Warning[];
  readonly counts: Readonly<{ operators: number; phones: number; skipped: number }>;
};

export function createLiveHub(surroundings: () => Surroundings): LiveHub {
  const picture = createLivePicture();
  const operators = new Set<Operator>();
  const phones = new Set<Phone>();
  const counts = { operators: 0, phones: 0, skipped: 0 };
  let flushedMs = Number.NEGATIVE_INFINITY;
  let heartbeatMs = 0;

  const isFull = ({ bufferedAmount }: LiveSocket): boolean => {
    if (bufferedAmount <= FULL_BUFFER_BYTES) return false;
    counts.skipped++;
    return true;
  };

  const flush = (nowMs: number) => {
    flushedMs = nowMs;
    const before = picture.serial;
    const delta = JSON.stringify(picture.delta(surroundings()));
    let whole: string | undefined;
    for (const operator of operators) {
      if (isFull(operator.socket)) continue;
      if (operator.serial === before) operator.socket.send(delta);
      else {
        whole ??= JSON.stringify(picture.snapshot(surroundings()));
        operator.socket.send(whole);
      }
      operator.serial = picture.serial;
    }
  };

  const forget = (phone: Phone) => {
    phones.delete(phone);
    counts.phones = phones.size;
  };
  /** Nobody is warned who is not in the site's configuration any more: a line that went on beating would say that they are. */
  const dismiss = (phone: Phone) => {
    forget(phone);
    phone.socket.close(NO_LONGER_ENTITLED, "not a person of this site");
  };

  const tellPhones = (frame: Frame) => {
    if (phones.size === 0) return;
    const warnings = picture.warnings();
    const around = surroundings();
    for (const phone of phones) {
      const own = warnings.filter((warning) => warning.person === phone.person);
      const stamp = own.map((warning) => `${warning.id} ${warning.revision} ${warning.state}`).join();
      if (stamp === phone.stamp && frame.nowMs - phone.sentMs < FIELD_MS) continue;
      if (isFull(phone.socket)) continue;
      const message: FieldMessage | undefined = fieldMessage(frame, phone.person, own, around);
      if (!message) {
        dismiss(phone);
        continue;
      }
      phone.socket.send(JSON.stringify(message));
      phone.sentMs = frame.nowMs;
      phone.stamp = stamp;
    }
  };

  return {
    counts,
    warnings: picture.warnings,
    publish(frame) {
      const urgent = picture.take(frame);
      tellPhones(frame);
      if (urgent || frame.nowMs - flushedMs >= FLUSH_MS) flush(frame.nowMs);
      if (frame.nowMs - heartbeatMs < HEARTBEAT_MS) return;
      heartbeatMs = frame.nowMs;
      const beat = JSON.stringify({ type: "heartbeat", nowMs: frame.nowMs });
      for (const { socket } of [...operators, ...phones]) if (socket.bufferedAmount <= FULL_BUFFER_BYTES) socket.send(beat);
    },
    startOver() {
      for (const operator of operators) operator.serial = NEVER;
    },
    addOperator(socket) {
      const operator = { socket, serial: picture.serial };
      socket.send(JSON.stringify(picture.snapshot(surroundings())));
      operators.add(operator);
      counts.operators = operators.size;
      return () => {
        operators.delete(operator);
        counts.operators = operators.size;
      };
    },
    addPhone(socket, person) {
      const phone: Phone = { socket, person, sentMs: Number.NEGATIVE_INFINITY, stamp: "" };
      phones.add(phone);
      counts.phones = phones.size;
      if (picture.frame) tellPhones(picture.frame);
      return () => forget(phone);
    },
    hasPhone: (person) => [...phones].some((phone) => phone.person === person),
  };
}
