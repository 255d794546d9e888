/** What a stream of ZMTP was found to say: commands by name, messages by their parts. */
export type ZmtpItem =
  | Readonly<{ kind: "greeting"; mechanism: string }>
  | Readonly<{ kind: "command"; name: string; body: Uint8Array }>
  | Readonly<{ kind: "message"; parts: readonly Uint8Array[] }>;

/** Takes octets as they come and answers what they complete. Throws when they are not ZMTP, or a message is larger than it may be. */
export type ZmtpReader = { push(octets: Uint8Array): readonly ZmtpItem[] };

const GREETING_OCTETS = 64;
const MECHANISM_AT = 12;
const MECHANISM_OCTETS = 20;
const MORE = 1;
const LONG = 2;
const COMMAND = 4;
const SUBSCRIBE = 1;
const MOST_PARTS = 16;

/**
 * Who we are, without security: ZMTP 3.0, mechanism NULL.
 *
 * @source RFC 23/ZMTP 3.0, "Greeting".
 */
export function formatGreeting(): Uint8Array {
  const greeting = Buffer.alloc(GREETING_OCTETS);
  greeting[0] = 0xff;
  greeting[9] = 0x7f;
  greeting[10] = 3;
  greeting.write("NULL", MECHANISM_AT);
  return greeting;
}

/** @source RFC 23/ZMTP 3.0, "The NULL Security Mechanism" and "Commands". */
export function formatReady(socketType: string): Uint8Array {
  const property = (name: string, value: string) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(value.length);
    return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), size, Buffer.from(value)]);
  };
  return formatCommand("READY", Buffer.concat([property("Socket-Type", socketType), property("Identity", "")]));
}

/** Asks a publisher for every message whose first part begins with `prefix`. @source RFC 29/PUBSUB. */
export const formatSubscription = (prefix: string): Uint8Array => {
  const body = Buffer.concat([Buffer.from([SUBSCRIBE]), Buffer.from(prefix)]);
  return formatFrame(0, body);
};

export const formatCommand = (name: string, body: Uint8Array): Uint8Array =>
  formatFrame(COMMAND, Buffer.concat([Buffer.from([name.length]), Buffer.from(name), body]));

function formatFrame(flags: number, body: Uint8Array): Uint8Array {
  if (body.length < 256) return Buffer.concat([Buffer.from([flags, body.length]), body]);
  const head = Buffer.alloc(9);
  head[0] = flags | LONG;
  head.writeBigUInt64BE(BigInt(body.length), 1);
  return Buffer.concat([head, body]);
}

/** Reads what a peer sends. `maxOctets` bounds a whole message, and with it all that is held. @source RFC 23/ZMTP 3.0, "Framing". */
export function createZmtpReader(maxOctets: number): ZmtpReader {
  let held = Buffer.alloc(0);
  let isGreeted = false;
  let parts: Uint8Array[] = [];
  let partOctets = 0;

  const greeting = (): ZmtpItem | undefined => {
    // Whoever is no ZMTP peer is told by its first octet, and may never send 64.
    if (held.length > 0 && held[0] !== 0xff) throw new Error("it does not speak ZeroMQ on that port");
    if (held.length < GREETING_OCTETS) return undefined;
    if (held[9] !== 0x7f || (held[10] as number) < 3) throw new Error("it speaks ZeroMQ older than 4.0, which is not read here");
    const mechanism = held.toString("latin1", MECHANISM_AT, MECHANISM_AT + MECHANISM_OCTETS).replace(/\0+$/, "");
    held = held.subarray(GREETING_OCTETS);
    isGreeted = true;
    return { kind: "greeting", mechanism };
  };
  /** The next frame, taken off what is held. */
  const frame = (): Readonly<{ flags: number; body: Buffer }> | undefined => {
    const flags = held[0];
    if (flags === undefined) return undefined;
    const isLong = (flags & LONG) !== 0;
    const headOctets = isLong ? 9 : 2;
    if (held.length < headOctets) return undefined;
    const size = isLong ? Number(held.readBigUInt64BE(1)) : (held[1] as number);
    if (flags > 7 || partOctets + size > maxOctets) throw new Error(`it sends a message of more than ${maxOctets} octets`);
    if (held.length < headOctets + size) return undefined;
    const body = held.subarray(headOctets, headOctets + size);
    held = held.subarray(headOctets + size);
    return { flags, body };
  };
  const take = ({ flags, body }: Readonly<{ flags: number; body: Buffer }>): ZmtpItem | undefined => {
    if ((flags & COMMAND) !== 0) {
      const nameOctets = body[0] ?? 0;
      return { kind: "command", name: body.toString("latin1", 1, 1 + nameOctets), body: body.subarray(1 + nameOctets) };
    }
    parts.push(body);
    partOctets += body.length;
    if (parts.length > MOST_PARTS) throw new Error(`it sends a message of more than ${MOST_PARTS} parts`);
    if ((flags & MORE) !== 0) return undefined;
    const message: ZmtpItem = { kind: "message", parts };
    parts = [];
    partOctets = 0;
    return message;
  };

  return {
    push(octets) {
      held = Buffer.concat([held, octets]);
      const items: ZmtpItem[] = [];
      if (!isGreeted) {
        const item = greeting();
        if (!item) return items;
        items.push(item);
      }
      for (let next = frame(); next; next = frame()) {
        const item = take(next);
        if (item) items.push(item);
      }
      return items;
    },
  };
}
