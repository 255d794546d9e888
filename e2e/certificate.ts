import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate and its key as PEM files; `spki` names the key: SHA-256 of its public part, Base64. */
export type Certificate = Readonly<{ certificate: string; key: string; pem: string; spki: string }>;

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = Buffer.from("06082a8648ce3d040302", "hex");
const COMMON_NAME = Buffer.from("0603550403", "hex");
const SUBJECT_ALTERNATIVE_NAME = Buffer.from("0603551d11", "hex");
const VERSION_3 = Buffer.from("a003020102", "hex");

/**
 * Writes a certificate that signs itself, for IPv4 addresses, into `dir`. Certificates are made here because a new machine has no
 * tool that makes one.
 *
 * @source RFC 5280, section 4.1; ITU-T X.690 (DER).
 */
export function writeCertificate(dir: string, addresses: readonly string[]): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const algorithm = sequence(ECDSA_WITH_SHA256);
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from("Picket test")))));
  const names = addresses.map((address) => der(0x87, Buffer.from(address.split(".").map(Number))));
  const extension = sequence(SUBJECT_ALTERNATIVE_NAME, der(0x04, sequence(...names)));
  const nowMs = Date.now();
  const signed = sequence(
    VERSION_3,
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(utcTime(nowMs - DAY_MS), utcTime(nowMs + DAY_MS)),
    name,
    spki,
    der(0xa3, sequence(extension)),
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", signed, privateKey));
  const pem = `-----BEGIN CERTIFICATE-----\n${sequence(signed, algorithm, signature).toString("base64")}\n-----END CERTIFICATE-----\n`;
  const files = { certificate: join(dir, "certificate.pem"), key: join(dir, "key.pem") };
  writeFileSync(files.certificate, pem);
  writeFileSync(files.key, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  return { ...files, pem, spki: createHash("sha256").update(spki).digest("base64") };
}

/** Tag, length and content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const n = content.length;
  const length = n < 0x80 ? [n] : n < 0x100 ? [0x81, n] : [0x82, n >> 8, n & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);

/** YYMMDDHHMMSSZ. */
const utcTime = (ms: number): Buffer => der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replace(/\D/g, "")}Z`));
