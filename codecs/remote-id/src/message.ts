import type {
  AuthenticationType,
  ClassificationType,
  DescriptionType,
  EuCategory,
  EuClass,
  HeightReference,
  IdType,
  OperationalStatus,
  OperatorIdType,
  OperatorLocationType,
  UaType,
} from "./names.ts";

/** Every message is this long, packed or alone. */
export const MESSAGE_OCTETS = 25;

/** Low half of a message's first octet: 0 F3411-19, 1 F3411-20, 2 F3411-22a. All are read alike, as are those yet to come. */
type Versioned = { protocolVersion: number };

/**
 * Who flies. `uasId` is text for serial numbers, registrations and types without a rule; a UUID for `utm-assigned`; all 20 octets in hex
 * for `specific-session`; `undefined` when nothing is there. `uasIdHex` is the 20 octets as they came.
 */
export type BasicId = Readonly<
  { kind: "basic-id" } & Versioned & { idType: IdType; uaType: UaType; uasId: string | undefined; uasIdHex: string }
>;

/**
 * Where it is and how it moves. Accuracies are upper bounds (95 %). `tenthsAfterHour` counts tenths of a second since the full UTC hour.
 * `outOfRange` names the fields whose value the standard does not allow; they are `undefined` and a sign of a broken or forged sender.
 */
export type Location = Readonly<
  { kind: "location" } & Versioned & {
      status: OperationalStatus;
      latDeg: number | undefined;
      lonDeg: number | undefined;
      altHaeM: number | undefined;
      altPressureM: number | undefined;
      heightM: number | undefined;
      /** What `heightM` is above. */
      heightReference: HeightReference;
      /** Direction of the track over ground, clockwise from true north, 0 to below 360. */
      trackDeg: number | undefined;
      speedMps: number | undefined;
      verticalSpeedMps: number | undefined;
      horizontalAccuracyM: number | undefined;
      verticalAccuracyM: number | undefined;
      pressureAccuracyM: number | undefined;
      speedAccuracyMps: number | undefined;
      tenthsAfterHour: number | undefined;
      timestampAccuracyS: number | undefined;
      outOfRange: readonly string[];
    }
>;

/** One page of authentication data. Only page 0 tells the last page's index, the length of all data and the time it was made. */
export type AuthenticationPage = Readonly<
  { kind: "authentication" } & Versioned & {
      authenticationType: AuthenticationType;
      page: number;
      lastPage: number | undefined;
      lengthOctets: number | undefined;
      timestampMs: number | undefined;
      /** 17 octets on page 0, 23 on the others; what lies past the length is padding. */
      dataHex: string;
    }
>;

export type SelfId = Readonly<
  { kind: "self-id" } & Versioned & { descriptionType: DescriptionType; description: string | undefined }
>;

/** The operator's position, the group's area, and the classification. `euCategory` and `euClass` are known only under `eu`. */
export type System = Readonly<
  { kind: "system" } & Versioned & {
      operatorLocationType: OperatorLocationType;
      operatorLatDeg: number | undefined;
      operatorLonDeg: number | undefined;
      operatorAltHaeM: number | undefined;
      areaCount: number;
      areaRadiusM: number;
      areaCeilingHaeM: number | undefined;
      areaFloorHaeM: number | undefined;
      classificationType: ClassificationType;
      euCategory: EuCategory | undefined;
      euClass: EuClass | undefined;
      timestampMs: number | undefined;
      outOfRange: readonly string[];
    }
>;

export type OperatorId = Readonly<
  { kind: "operator-id" } & Versioned & { operatorIdType: OperatorIdType; operatorId: string | undefined }
>;

export type RemoteIdMessage = BasicId | Location | AuthenticationPage | SelfId | System | OperatorId;

/** What to send: a message of which everything but its kind may be left out, meaning unknown, undeclared, or the newest version. */
export type Draft<Message> = Message extends { kind: infer Kind }
  ? Readonly<{ kind: Kind } & Partial<Omit<Message, "kind" | "outOfRange">>>
  : never;
export type MessageDraft = Draft<RemoteIdMessage>;

/** The version that encoders write: F3411-22a. */
export const CURRENT_VERSION = 2;
