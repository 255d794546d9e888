import type { Socket } from "node:net";
import type { Translated } from "@picket/translate";
import type { Peer } from "./feed.ts";

/** A peer that does not take this much of what it is answered is not reading. */
const MOST_WAITING_BYTES = 1 << 20;

/** The other end of a socket. One that reads nothing is let go of. */
export const peerOf = (socket: Socket): Peer => ({
  send(octets) {
    if (socket.writableLength > MOST_WAITING_BYTES) socket.destroy(new Error("the peer does not read its answers"));
    else if (socket.writable) socket.write(octets);
  },
  hangUp: () => socket.end(),
});

/** Sends a peer what the protocol has it answered. */
export function answerPeer(peer: Peer, { replies = [], hangUp = false }: Pick<Translated, "replies" | "hangUp">): void {
  for (const octets of replies) peer.send(octets);
  if (hangUp) peer.hangUp();
}
