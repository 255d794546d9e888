import { createHash, timingSafeEqual } from "node:crypto";

/** Takes the same time whatever differs, the length too. */
export const isSameSecret = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
