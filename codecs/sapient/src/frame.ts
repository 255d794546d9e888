import { formatHex, parseHex } from "@picket/bytes";
import { fault, type SapientError } from "./errors.ts";

/** A frame is refused above this, as the middleware does. */
export const MAX_FRAME_OCTETS = 1_048_576;
const HEAD_OCTETS = 4;

/** A whole message's octets, or the reason why the stream cannot be followed any more. */
export type FrameItem = Readonly<{ kind: "frame"; octets: Uint8Array }> | Readonly<{ kind: "lost"; error: SapientError }>;

/** What of a stream has come and is no whole message yet. A plain JSON value. */
export type FrameState = Readonly<{ pendingHex: string; isLost: boolean }>;

/** Cuts a stream into messages, however it was cut on its way. After `lost` it answers nothing more: the connection must be closed. */
export type FrameDecoder = { push(octets: Uint8Array): FrameItem[]; snapshot(): FrameState };

/**
 * Frames are four octets of length, least first, and the message.
 *
 * @source BSI Flex 335 v2.0, message framing over TCP.
 */
export function createFrameDecoder(from?: FrameState): FrameDecoder {
  let held = new Uint8Array(4096);
  let used = 0;
  let isLost = from?.isLost ?? false;

  const hold = (octets: Uint8Array) => {
    if (used + octets.length > held.length) {
      const wider = new Uint8Array(2 * (used + octets.length));
      wider.set(held.subarray(0, used));
      held = wider;
    }
    held.set(octets, used);
    used += octets.length;
  };
  if (from) hold(pendingOf(from));
  return {
    snapshot: () => ({ pendingHex: formatHex(held, 0, isLost ? 0 : used), isLost }),
    push(octets) {
      if (isLost) return [];
      hold(octets);
      const items: FrameItem[] = [];
      const view = new DataView(held.buffer);
      let at = 0;
      while (used - at >= HEAD_OCTETS) {
        const length = view.getUint32(at, true);
        if (length > MAX_FRAME_OCTETS) {
          isLost = true;
          items.push({
            kind: "lost",
            error: fault("frame-too-long", "frame", `has ${length} octets, ${MAX_FRAME_OCTETS} are read`),
          });
          return items;
        }
        const end = at + HEAD_OCTETS + length;
        if (end > used) break;
        items.push({ kind: "frame", octets: held.slice(at + HEAD_OCTETS, end) });
        at = end;
      }
      held.copyWithin(0, at, used);
      used -= at;
      return items;
    },
  };
}

function pendingOf({ pendingHex }: FrameState): Uint8Array {
  const pending = parseHex(pendingHex);
  if (!pending.ok) throw new TypeError(`A SAPIENT stream's pendingHex must be hex digits: ${pending.error.detail}`);
  return pending.value;
}

export function encodeFrame(octets: Uint8Array): Uint8Array {
  if (octets.length > MAX_FRAME_OCTETS) throw new RangeError(`A frame may have ${MAX_FRAME_OCTETS} octets, got ${octets.length}`);
  const frame = new Uint8Array(HEAD_OCTETS + octets.length);
  new DataView(frame.buffer).setUint32(0, octets.length, true);
  frame.set(octets, HEAD_OCTETS);
  return frame;
}
