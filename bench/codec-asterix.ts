import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createAsterixDecoder } from "@picket/asterix";
import { createCaptureDecoder, decodeLinks } from "@picket/capture";
import {
  fastestCommand,
  isInstalled,
  type Options,
  type Peer,
  PICKET,
  ROOT,
  type Row,
  rateOf,
  SHARED,
  withRepeated,
} from "./codec-rates.ts";

const CAPTURE = join(SHARED, "vectors/asterix/cat_034_048.subset.pcap");
const PCAP_HEADER_OCTETS = 24;
const REPEATED = 20_000;
/** JSON is slower to write, and tshark keeps what it has seen and is slower still: fewer packets tell. A start of 0.3 s is in all three. */
const JSON_SHARE = 4;
const TSHARK_SHARE = 80;

/** The shared radar capture, over and over: to objects, to JSON lines by `picket decode`, and tshark's JSON of the same packets. */
export async function asterixRows({ rounds, scale }: Options): Promise<readonly Row[]> {
  const codec = "ASTERIX 034, 048";
  if (!existsSync(CAPTURE)) return [{ codec, what: "capture to objects", peer: { missing: "set PICKET_SHARED" } }];
  const capture = readFileSync(CAPTURE);
  const packets = capture.subarray(PCAP_HEADER_OCTETS);
  const inOne = await countAsterix(CAPTURE);
  const times = [1, JSON_SHARE, TSHARK_SHARE].map((share) => Math.ceil((REPEATED * scale) / share));
  return withRepeated(capture.subarray(0, PCAP_HEADER_OCTETS), packets, times, async (files) => {
    const [all = "", part = "", some = ""] = files;
    const rate = async (i: number, command: readonly string[]) =>
      rateOf(await fastestCommand(rounds, command), (times[i] ?? 0) * inOne, (times[i] ?? 0) * packets.length);
    const node = process.execPath;
    const objects = await rate(0, [node, join(ROOT, "bench/codecs.ts"), "asterix", "--objects", all]);
    const json = await rate(1, [node, PICKET, "decode", "asterix", part]);
    const tshark = ["tshark", "-r", some, "-d", "udp.port==1-65535,asterix", "-T", "json"];
    const peer: Peer = isInstalled("tshark", "--version")
      ? { name: "tshark -T json", rate: await rate(2, tshark) }
      : { missing: "tshark is not installed" };
    return [
      { codec, what: "capture to objects", ours: objects, peer },
      { codec, what: "capture to JSON lines", ours: json, peer },
    ];
  });
}

export async function countAsterix(file: string): Promise<number> {
  const capture = createCaptureDecoder();
  const decoder = createAsterixDecoder();
  let records = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>)
    for (const item of capture.push(chunk)) {
      if (item.kind !== "packet") continue;
      for (const link of decodeLinks(item.value.linkType, item.value.packet))
        if (link.ok && link.value.kind === "udp") records += decoder.decode(link.value.payload).records.length;
    }
  return records;
}
