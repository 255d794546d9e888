import { parseCapturedChunk, parseCaptureHeader, unpack } from "@picket/server";

const CAPTURE_BEGINS = '{"picketCapture":';
const NEWLINE = 0x0a;

/**
 * The octets that a feed captured by `picket capture` heard, unpacked, whole messages of text on lines of their own; anything else is
 * passed on as it is. Lines that are damaged, and messages that cannot be unpacked, are told to `refuse`.
 */
export async function* captureChunks(
  input: AsyncIterable<Uint8Array>,
  refuse: (why: string) => void,
): AsyncGenerator<Uint8Array> {
  let held = Buffer.alloc(0);
  let isCapture: boolean | undefined;
  let take: ((line: string) => Uint8Array | undefined) | undefined;
  for await (const octets of input) {
    if (isCapture === false) {
      yield octets;
      continue;
    }
    held = Buffer.concat([held, octets]);
    if (isCapture === undefined && held.length >= CAPTURE_BEGINS.length) {
      isCapture = held.toString("latin1", 0, CAPTURE_BEGINS.length) === CAPTURE_BEGINS;
    }
    if (isCapture === undefined) continue;
    if (!isCapture) {
      yield held;
      continue;
    }
    let at = 0;
    for (let end = held.indexOf(NEWLINE); end >= 0; end = held.indexOf(NEWLINE, at)) {
      const line = held.toString("utf8", at, end);
      at = end + 1;
      const chunk = take?.(line);
      take ??= chunkTaker(line, refuse);
      if (chunk) yield chunk;
    }
    held = held.subarray(at);
  }
  if (held.length === 0 || isCapture === false) return;
  if (isCapture) refuse("the last line is not whole");
  else yield held;
}

/** How each line after the header is read. */
function chunkTaker(header: string, refuse: (why: string) => void): (line: string) => Uint8Array | undefined {
  const { framing, protocol } = parseCaptureHeader(header) ?? {};
  const isMessage = framing === "datagram";
  return (line) => {
    const chunk = parseCapturedChunk(line);
    const octets = chunk && isMessage ? unpack(chunk.bytes) : undefined;
    if (!chunk || (octets && !octets.ok)) {
      refuse(octets?.ok === false ? octets.error.detail : "a line is damaged");
      return undefined;
    }
    const bytes = octets?.ok ? octets.value : chunk.bytes;
    const isOpenLine = isMessage && protocol !== "remote-id" && bytes.at(-1) !== NEWLINE;
    return isOpenLine ? Buffer.concat([bytes, Buffer.from([NEWLINE])]) : bytes;
  };
}
