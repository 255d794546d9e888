import { createHash } from "node:crypto";
import { formatUlid, formatUuid } from "@picket/sapient";

const digest = (text: string): Uint8Array => createHash("sha256").update(text).digest();

/** What Picket is called among nodes when no id is configured: the same for the same share of the same site. */
export const ownNodeId = (site: string, share: string): string => formatUuid(digest(`node ${site} ${share}`).subarray(0, 16));

/** The ULID of one thing of a site that began at `beganMs`: always the same, and, as track ids are, never given to another. */
export const thingId = (site: string, thing: string, beganMs: number): string =>
  formatUlid(Math.floor(beganMs), digest(`${site} ${thing}`).subarray(0, 10));
