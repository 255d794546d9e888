import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeDurably } from "./durable-file.ts";

const PRIVATE_KEY = "site-key.pem";
const PUBLIC_KEY = "site-key.pub.pem";

/**
 * The site's Ed25519 key, made on the first start. The private half (mode 0600) never leaves the directory and is in no backup of
 * the journal; the public half lies beside it for those who verify. A private key that others can read is refused.
 */
export function readOrMakeSiteKey(dir: string): KeyObject {
  const path = join(dir, PRIVATE_KEY);
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync("ed25519");
    writeDurably(path, privateKey.export({ format: "pem", type: "pkcs8" }) as string);
  }
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
    throw new Error(`The site's private key ${path} is open to other users; set its mode to 0600`);
  const key = createPrivateKey(readFileSync(path));
  if (key.asymmetricKeyType !== "ed25519")
    throw new Error(`The site's private key ${path} must be Ed25519, is ${key.asymmetricKeyType}`);
  const publicPath = join(dir, PUBLIC_KEY);
  if (!existsSync(publicPath)) writeDurably(publicPath, createPublicKey(key).export({ format: "pem", type: "spki" }) as string);
  return key;
}
