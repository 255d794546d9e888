import type { Sensor } from "@picket/model";
import { type AdsbSnapshot, createAdsbTranslator } from "./adsb.ts";
import { type AsterixSnapshot, createAsterixTranslator } from "./asterix.ts";
import { canonical } from "./canonical.ts";
import { type CotSnapshot, createCotTranslator } from "./cot.ts";
import { createDetectionsTranslator, type DetectionsSnapshot } from "./detections.ts";
import { createReceiversTranslator, type ReceiversSnapshot } from "./receivers.ts";
import { createRemoteIdTranslator, type RemoteIdSnapshot } from "./remote-id.ts";
import { createSapientTranslator, type SapientSnapshot } from "./sapient.ts";
import { createSbsTranslator, type SbsSnapshot } from "./sbs.ts";
import { PROTOCOLS, type Protocol, type Translator, type TranslatorOptions } from "./translator.ts";

/** Makes the translator of one feed. Throws `TypeError` when the options do not fit the protocol or the snapshot is not its own. */
export function createTranslator(options: TranslatorOptions, snapshot?: unknown): Translator {
  const { bytes, snapshot: state } = createOwn(options, snapshot);
  return { bytes, snapshot: () => canonical(state()) };
}

function createOwn(options: TranslatorOptions, snapshot: unknown): Translator {
  const own = ownSnapshot(options.protocol, snapshot);
  switch (options.protocol) {
    case "detections":
      return createDetectionsTranslator(options, own as DetectionsSnapshot | undefined);
    case "remote-id":
      return createRemoteIdTranslator(withSensor(options), own as RemoteIdSnapshot | undefined);
    case "adsb":
      return createAdsbTranslator(withSensor(options), own as AdsbSnapshot | undefined);
    case "sbs":
      return createSbsTranslator(withSensor(options), own as SbsSnapshot | undefined);
    case "asterix":
      return createAsterixTranslator(options, own as AsterixSnapshot | undefined);
    case "sapient":
      return createSapientTranslator(options, own as SapientSnapshot | undefined);
    case "cot":
      return createCotTranslator(withSensor(options), own as CotSnapshot | undefined);
    case "dronescout":
    case "dragonsync":
    case "mesh-mapper":
      return createReceiversTranslator(options.protocol, withSensor(options), own as ReceiversSnapshot | undefined);
    default:
      throw new TypeError(`Protocol must be one of ${PROTOCOLS.join(", ")}, got ${options.protocol satisfies never}`);
  }
}

function withSensor(options: TranslatorOptions): TranslatorOptions & { sensor: Sensor } {
  const { feed, protocol, sensor } = options;
  if (!sensor) throw new TypeError(`Feed ${feed} speaks ${protocol} and needs the sensor it stands for`);
  return { ...options, sensor };
}

/** The snapshot, if there is one. Throws `TypeError` when another protocol's translator made it. */
function ownSnapshot(protocol: Protocol, snapshot: unknown): unknown {
  if (snapshot === undefined) return undefined;
  const maker = (snapshot as { protocol?: unknown } | null)?.protocol;
  if (maker !== protocol) throw new TypeError(`Snapshot must be of a ${protocol} translator, got one of ${String(maker)}`);
  return snapshot;
}
