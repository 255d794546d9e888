/** The reflected polynomial of ECMA-182, its high and low halves. */
const POLYNOMIAL_HIGH = 0xc96c5795;
const POLYNOMIAL_LOW = 0xd7870f42;
const OCTET_VALUES = 256;

const HIGH = new Uint32Array(OCTET_VALUES);
const LOW = new Uint32Array(OCTET_VALUES);
for (let octet = 0; octet < OCTET_VALUES; octet++) {
  let high = 0;
  let low = octet;
  for (let bit = 0; bit < 8; bit++) {
    const isOdd = (low & 1) === 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (!isOdd) continue;
    low ^= POLYNOMIAL_LOW;
    high ^= POLYNOMIAL_HIGH;
  }
  HIGH[octet] = high;
  LOW[octet] = low;
}

/** CRC-64 as .xz files have it. In two halves: one BigInt per octet would be a hundred times slower. @source ECMA-182, annex B. */
export function crc64(octets: Uint8Array): bigint {
  let high = 0xffff_ffff;
  let low = 0xffff_ffff;
  for (const octet of octets) {
    const index = (low ^ octet) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (LOW[index] as number);
    high = (high >>> 8) ^ (HIGH[index] as number);
  }
  return (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0);
}
