import {
  encodeActionFrame,
  encodeBeaconFrame,
  encodeExtendedAdvertisement,
  encodeLegacyAdvertisement,
  LINK_TYPE,
} from "@picket/capture";
import { degFromRad, fromEnu, wrapTurnRad } from "@picket/geo";
import type { SimulatedRemoteId } from "@picket/model";
import {
  encodeActionBody,
  encodeAdvertisingData,
  encodeBeaconElement,
  encodeMessage,
  encodePack,
  type MessageDraft,
  tenthsAfterHour,
  type UaType,
} from "@picket/remote-id";
import type { FlownObject } from "../flights.ts";
import { kinematicsInto } from "../motion/trajectory.ts";
import type { Random } from "../random.ts";
import type { Air } from "./air.ts";

/** One transmission: what was sent, by whom, from where, and how strongly, before any receiver heard it. */
export type Transmission = Readonly<{
  remoteId: SimulatedRemoteId;
  messages: readonly MessageDraft[];
  stateEnu: Float64Array;
  sentDbm: number;
  frequencyMhz: number;
  linkType: number;
  packet(rssiDbm: number): Uint8Array;
}>;

export type Broadcaster = {
  /** Between two transmissions. */
  readonly periodMs: number;
  /** What is sent at `tS` of the scenario, which is `atMs`; `undefined` while the object is not there. */
  transmit(tS: number, atMs: number): Transmission | undefined;
};

const FREQUENCY_MHZ = { wifi: 2437, ble: 2402 };
const SENT_DBM = { wifi: 18, ble: 8 };
const PERIOD_MS = { pack: 1000, legacy: 250 };
/** How far a satellite fix lies off, metres per axis, wandering within a minute; and above the ground, where geometry is worse. */
const FIX_SIGMA_M = 2.5;
const FIX_UP_SIGMA_M = 4;
const FIX_MEMORY_S = 60;
/** A fix is this old, seconds, when it is broadcast. */
const FIX_AGE_S = { least: 0.1, most: 0.5 };
/** Undulation of the geoid about the Pacific coast of California, and what the weather adds to pressure altitude, metres. */
export const PRESSURE_ABOVE_HAE_M = 35 + 14;

/** A drone's Remote ID: packs of all it says on Wi-Fi and long-range BLE, one message after another on legacy BLE. */
export function createBroadcaster(
  flown: FlownObject,
  remoteId: SimulatedRemoteId,
  air: Air,
  groundHaeM: number,
  random: Random,
): Broadcaster {
  const fixError = [0, 0, 0];
  const state = new Float64Array(6);
  const takeoff = startOf(flown);
  const unchanging = describe(flown, remoteId);
  let turn = 0;
  let lastS: number | undefined;

  return {
    periodMs: remoteId.carrier === "ble-legacy" ? PERIOD_MS.legacy : PERIOD_MS.pack,
    transmit(tS, atMs) {
      const ageS = random.between(FIX_AGE_S.least, FIX_AGE_S.most);
      if (!kinematicsInto(flown.trajectory, tS, state)) return undefined;
      const sentFrom = state.slice();
      kinematicsInto(flown.trajectory, Math.max(flown.trajectory.startS, tS - ageS), state);
      wander(lastS === undefined ? undefined : tS - lastS);
      lastS = tS;
      const location = locate(atMs - 1000 * ageS);
      const counter = turn++ & 0xff;
      return transmission(remoteId, counter, location, unchanging, sentFrom);
    },
  };

  /** Lets the fix error wander as a first-order Gauss–Markov process. */
  function wander(dtS: number | undefined): void {
    const memory = dtS === undefined || dtS < 0 ? 0 : Math.exp(-dtS / FIX_MEMORY_S);
    for (let axis = 0; axis < 3; axis++) {
      const sigmaM = axis === 2 ? FIX_UP_SIGMA_M : FIX_SIGMA_M;
      fixError[axis] = memory * (fixError[axis] as number) + Math.sqrt(1 - memory * memory) * sigmaM * random.normal();
    }
  }

  function locate(fixMs: number): MessageDraft {
    const { eastM = 0, northM = 0 } = remoteId.offset ?? {};
    const [e = 0, n = 0, u = 0, ve = 0, vn = 0, vu = 0] = state;
    const { latDeg, lonDeg, altHaeM } = fromEnu(air.frame, [
      e + eastM + (fixError[0] as number),
      n + northM + (fixError[1] as number),
      u + (fixError[2] as number),
    ]);
    return {
      kind: "location",
      status: altHaeM - groundHaeM > 2 ? "airborne" : "ground",
      latDeg,
      lonDeg,
      altHaeM,
      altPressureM: altHaeM + PRESSURE_ABOVE_HAE_M,
      heightM: u - (takeoff[2] ?? 0),
      heightReference: "take-off",
      trackDeg: Math.min(359, Math.round(degFromRad(wrapTurnRad(Math.atan2(ve, vn))))),
      speedMps: Math.sqrt(ve * ve + vn * vn),
      verticalSpeedMps: vu,
      horizontalAccuracyM: 10,
      verticalAccuracyM: 10,
      pressureAccuracyM: 45,
      speedAccuracyMps: 1,
      tenthsAfterHour: tenthsAfterHour(fixMs),
      timestampAccuracyS: 0.1,
    };
  }
}

/** Where it took off: the first place of its path. */
const startOf = ({ trajectory }: FlownObject): Float64Array => trajectory.pos.slice(0, 3);

/** What a transmitter repeats as long as it flies. */
function describe(
  { object }: FlownObject,
  { serial, registration, description, operatorId, operator }: SimulatedRemoteId,
): MessageDraft[] {
  const uaType: UaType = object.class === "fixedWing" ? "aeroplane" : "helicopter-or-multirotor";
  const messages: MessageDraft[] = [];
  if (serial !== undefined) messages.push({ kind: "basic-id", idType: "serial-number", uaType, uasId: serial });
  if (registration !== undefined) messages.push({ kind: "basic-id", idType: "caa-registration", uaType, uasId: registration });
  if (description !== undefined) messages.push({ kind: "self-id", description });
  if (operator) {
    const { latDeg: operatorLatDeg, lonDeg: operatorLonDeg } = operator;
    messages.push({ kind: "system", operatorLocationType: "live-gnss", operatorLatDeg, operatorLonDeg });
  }
  if (operatorId !== undefined) messages.push({ kind: "operator-id", operatorId });
  return messages;
}

function transmission(
  remoteId: SimulatedRemoteId,
  counter: number,
  location: MessageDraft,
  unchanging: readonly MessageDraft[],
  stateEnu: Float64Array,
): Transmission {
  const { carrier, address } = remoteId;
  const isWifi = carrier === "wifi-beacon" || carrier === "wifi-nan";
  const medium = isWifi ? "wifi" : "ble";
  const messages = carrier === "ble-legacy" ? [inTurn(counter, location, unchanging)] : [location, ...unchanging];
  const common = {
    remoteId,
    messages,
    stateEnu,
    sentDbm: SENT_DBM[medium],
    frequencyMhz: FREQUENCY_MHZ[medium],
    linkType: isWifi ? LINK_TYPE.radiotap : LINK_TYPE.bleLinkLayerWithHeader,
  };
  switch (carrier) {
    case "wifi-beacon": {
      const elements = encodeBeaconElement(counter, encodePack(messages));
      const sending = { sourceAddress: address, ssid: "", sequence: counter, elements };
      return { ...common, packet: (rssiDbm) => encodeBeaconFrame({ ...sending, rssiDbm }) };
    }
    case "wifi-nan": {
      const body = encodeActionBody(counter, encodePack(messages));
      return { ...common, packet: (rssiDbm) => encodeActionFrame({ sourceAddress: address, sequence: counter, body, rssiDbm }) };
    }
    case "ble-extended": {
      const data = encodeAdvertisingData(counter, encodePack(messages));
      return { ...common, packet: (rssiDbm) => encodeExtendedAdvertisement({ advertiserAddress: address, data, rssiDbm }) };
    }
    case "ble-legacy": {
      const [message = location] = messages;
      const data = encodeAdvertisingData(counter, encodeMessage(message));
      return { ...common, packet: (rssiDbm) => encodeLegacyAdvertisement({ advertiserAddress: address, data, rssiDbm }) };
    }
    default:
      return carrier satisfies never;
  }
}

/** Every other legacy advertisement tells the place, the ones between tell all else in turn. */
const inTurn = (counter: number, location: MessageDraft, unchanging: readonly MessageDraft[]): MessageDraft =>
  (counter % 2 === 1 ? unchanging[(counter >> 1) % Math.max(1, unchanging.length)] : undefined) ?? location;
