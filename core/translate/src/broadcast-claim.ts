import type { BroadcastClaim, IdentityClaim } from "@picket/model";
import { type BasicId, publicOperatorId, type System, type Uas } from "@picket/remote-id";
import { present } from "./present.ts";

type Said = Pick<BroadcastClaim, "identities" | "uaType" | "status" | "description" | "operatorId" | "operator">;

const IDENTITY_KINDS: Readonly<Record<string, IdentityClaim["kind"]>> = {
  "serial-number": "serial",
  "caa-registration": "registration",
  "utm-assigned": "utm",
  "specific-session": "session",
};
const ID_ORDER: readonly string[] = Object.keys(IDENTITY_KINDS);
const STATUSES: Readonly<Record<string, BroadcastClaim["status"]>> = {
  ground: "ground",
  airborne: "airborne",
  emergency: "emergency",
  "remote-id-failure": "remoteIdFailure",
};
const OPERATOR_SOURCES: Readonly<Record<string, NonNullable<BroadcastClaim["operator"]>["source"]>> = {
  "take-off": "takeoff",
  "live-gnss": "live",
  fixed: "fixed",
};
/** No message says how well the operator's altitude is known. */
const OPERATOR_HEIGHT_SIGMA_M = 100;

/**
 * What a transmitter says of itself, its UAS's two Basic IDs together. The operator's place appears here and nowhere else, and an operator
 * number without its secret part. A source of the operator's place that the standard reserves is taken as the weakest, the take-off point.
 */
export function claimOf({ basicIds, selfId, system, operatorId, transmitters }: Uas): Said {
  const uaType = basicIds.find((id) => id.uaType !== "none")?.uaType;
  const status = transmitters.at(-1)?.location?.message.status;
  const number = operatorId?.message.operatorId;
  return {
    identities: basicIds.toSorted((a, b) => ID_ORDER.indexOf(a.idType) - ID_ORDER.indexOf(b.idType)).flatMap(identityOf),
    ...present({
      uaType,
      status: status && STATUSES[status],
      description: selfId?.message.description,
      operatorId: number && publicOperatorId(number),
      operator: system && operatorOf(system.message),
    }),
  };
}

function identityOf({ idType, uasId }: BasicId): IdentityClaim[] {
  const kind = IDENTITY_KINDS[idType];
  return kind !== undefined && uasId !== undefined ? [{ kind, value: uasId }] : [];
}

function operatorOf({
  operatorLatDeg,
  operatorLonDeg,
  operatorAltHaeM,
  operatorLocationType,
}: System): BroadcastClaim["operator"] {
  if (operatorLatDeg === undefined || operatorLonDeg === undefined) return undefined;
  const height =
    operatorAltHaeM === undefined
      ? undefined
      : { valueM: operatorAltHaeM, sigmaM: OPERATOR_HEIGHT_SIGMA_M, reference: "hae" as const };
  return {
    place: { latDeg: operatorLatDeg, lonDeg: operatorLonDeg },
    ...present({ height }),
    source: OPERATOR_SOURCES[operatorLocationType] ?? "takeoff",
  };
}
