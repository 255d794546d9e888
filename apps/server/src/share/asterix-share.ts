import { encodeBlock, type ItemsDraft } from "@picket/asterix";
import type { AssessedTrack } from "@picket/model";
import { timeOfDayS, trackItems } from "./asterix-track.ts";
import type { OpenLine } from "./line.ts";
import type { ReleasedPicture } from "./release.ts";
import type { ShareContext, ShareProtocol } from "./share-protocol.ts";

/** From one picture of all tracks to the next. */
const CYCLE_MS = 1000;
/** Records of a block: so that it fits into one packet of any network. */
const MOST_RECORDS = 16;
const LARGEST_NUMBER = 65_535;
const SDPS_STATUS = 1;
const END_OF_BATCH = 2;
const OPERATIONAL = 0;
const NOT_CONNECTED = 2;
const MOST_BATCH = 256;

/**
 * Sends what is released as a surveillance data processing system does: each second every track as category 062, the end of the batch and
 * the system's status as category 065. There is no way to ask for anything, and nothing that comes in is read.
 */
export function createAsterixShare({ config, monitor }: ShareContext): ShareProtocol {
  const { sac = 0, sic = 0 } = config.asterix ?? {};
  const source = { sac, sic };
  const numbers = createNumbers();
  /** Tracks as they were last told, by their ids. */
  let told = new Map<string, AssessedTrack>();
  let line: OpenLine | undefined;
  let sentMs = Number.NEGATIVE_INFINITY;
  let batch = 0;

  const statusBlock = (nowMs: number, nogo: number) =>
    encodeBlock(65, [
      {
        i010: source,
        i000: { messageType: SDPS_STATUS },
        i015: { serviceIdentification: 1 },
        i030: { timeOfMessageS: timeOfDayS(nowMs) },
        i040: { nogo },
      },
    ]);
  const batchBlock = (nowMs: number) =>
    encodeBlock(65, [
      {
        i010: source,
        i000: { messageType: END_OF_BATCH },
        i015: { serviceIdentification: 1 },
        i030: { timeOfMessageS: timeOfDayS(nowMs) },
        i020: { batchNumber: batch },
      },
    ]);

  const send = (block: Uint8Array, nowMs: number): boolean => {
    if (!line?.send(block)) {
      monitor.dropped("no-room");
      return false;
    }
    monitor.sent(nowMs);
    return true;
  };

  const recordsOf = (picture: ReleasedPicture): readonly ItemsDraft<62>[] => {
    const { tracks } = picture;
    const here = new Set<string>(tracks.map(({ id }) => id));
    const gone = [...told.values()].filter(({ id }) => !here.has(id));
    return [
      ...gone.map((track) => trackItems(track, { number: numbers.of(track.id), isFirst: false, isLast: true }, source, picture)),
      ...tracks.map((track) =>
        trackItems(track, { number: numbers.of(track.id), isFirst: !told.has(track.id), isLast: false }, source, picture),
      ),
    ];
  };

  return {
    opened(open) {
      line = open;
      sentMs = Number.NEGATIVE_INFINITY;
    },
    closed() {
      line = undefined;
    },
    heard: () => undefined,
    take(picture) {
      const { nowMs, tracks } = picture;
      if (!line || nowMs - sentMs < CYCLE_MS) return;
      sentMs = nowMs;
      const here = new Map<string, AssessedTrack>(tracks.map((track) => [track.id, track]));
      numbers.keep((id) => here.has(id) || told.has(id));
      const records = recordsOf(picture);
      batch = (batch + 1) % MOST_BATCH;
      const blocks = [
        ...Array.from({ length: Math.ceil(records.length / MOST_RECORDS) }, (_, i) =>
          encodeBlock(62, records.slice(i * MOST_RECORDS, (i + 1) * MOST_RECORDS)),
        ),
        batchBlock(nowMs),
        statusBlock(nowMs, OPERATIONAL),
      ];
      if (!blocks.every((block) => send(block, nowMs))) return;
      for (const { id } of tracks) monitor.told(id, nowMs);
      told = here;
    },
    leaving(nowMs) {
      send(statusBlock(nowMs, NOT_CONNECTED), nowMs);
    },
  };
}

/** Track numbers: a track keeps its own, and one that is free again is given last. There are more than tracks can be. */
function createNumbers(): Readonly<{ of(id: string): number; keep(isKept: (id: string) => boolean): void }> {
  const byId = new Map<string, number>();
  const used = new Set<number>();
  let last = 0;
  return {
    of(id) {
      const known = byId.get(id);
      if (known !== undefined) return known;
      do last = (last % LARGEST_NUMBER) + 1;
      while (used.has(last));
      used.add(last);
      byId.set(id, last);
      return last;
    },
    keep(isKept) {
      for (const [id, number] of byId) {
        if (isKept(id)) continue;
        used.delete(number);
        byId.delete(id);
      }
    },
  };
}
