import type { SimulatedSensor } from "@picket/model";
import type { MessageDraft } from "@picket/remote-id";
import type { Transmission } from "./broadcaster.ts";
import type { ReceiverVoice } from "./receiver-voice.ts";

type Kind = MessageDraft["kind"];
/** The newest message of each kind, and the second identity that a drone may tell. */
type Heard = { [K in Kind]?: Extract<MessageDraft, { kind: K }> } & { registration?: string | undefined };

const TEXT = new TextEncoder();
const TOPIC = "wardragon";
const TRANSPORTS = {
  "wifi-beacon": "WiFi-Beacon",
  "wifi-nan": "WiFi-NAN",
  "ble-legacy": "BT4",
  "ble-extended": "BT5-LR-Extended",
};
const KIT_IS_WELL = { cpu_usage: 14.2, temperature_c: 51, gps_fix: true };

/**
 * A kit that gathers what a drone broadcasts and publishes it by MQTT as one flat object, and its own state apart. `0.0` is its word for
 * unknown. A registration goes into a key of its own, beside the serial number.
 *
 * @source alphafox02/DragonSync docs/mqtt-schema.md: topics `wardragon/drones` and `wardragon/system/<kit>/attrs`.
 */
export function createKitVoice({ sensor, feed }: SimulatedSensor): ReceiverVoice {
  const known = new Map<string, Heard>();
  const publish = (topic: string, value: unknown) => ({
    feed,
    from: `${TOPIC}/${topic}`,
    bytes: TEXT.encode(JSON.stringify(value)),
  });
  return {
    heard(transmission, rssiDbm, atMs) {
      const { address } = transmission.remoteId;
      const drone = known.get(address) ?? {};
      known.set(address, drone);
      for (const message of transmission.messages) remember(drone, message);
      const isPlaced = transmission.messages.some(({ kind }) => kind === "location");
      return isPlaced
        ? [publish("drones", { ...flat(drone, transmission), rssi: rssiDbm, observed_at: atMs / 1000, seen_by: sensor.id })]
        : [];
    },
    works: () => [
      publish(`system/${sensor.id}/attrs`, { id: sensor.id, latitude: sensor.latDeg, longitude: sensor.lonDeg, ...KIT_IS_WELL }),
    ],
  };
}

function remember(drone: Heard, message: MessageDraft): void {
  if (message.kind === "basic-id" && message.idType === "caa-registration") drone.registration = message.uasId;
  else Object.assign(drone, { [message.kind]: message });
}

function flat(drone: Heard, { remoteId, frequencyMhz }: Transmission) {
  const { "basic-id": id, location = { kind: "location" }, system, registration } = drone;
  return {
    id: `drone-${id?.uasId ?? remoteId.address}`,
    id_type: id ? "Serial Number (ANSI/CTA-2063-A)" : "None",
    ua_type_name: id?.uaType === "aeroplane" ? "Aeroplane" : "Helicopter (or Multirotor)",
    ...(registration !== undefined && { caa_id: registration }),
    description: drone["self-id"]?.description ?? "",
    mac: remoteId.address,
    lat: rounded(location.latDeg, 1e7),
    lon: rounded(location.lonDeg, 1e7),
    alt: rounded(location.altHaeM, 2),
    pressure_altitude: rounded(location.altPressureM, 2),
    height: rounded(location.heightM, 2),
    height_type: "Above Takeoff",
    speed: rounded(location.speedMps, 4),
    vspeed: rounded(location.verticalSpeedMps, 2),
    direction: location.trackDeg ?? 361,
    op_status: location.status === "airborne" ? "Airborne" : "Ground",
    horizontal_accuracy: "<10 m",
    vertical_accuracy: "<10 m",
    speed_accuracy: "<1 m/s",
    rid_timestamp: ((location.tenthsAfterHour ?? 0) / 10).toFixed(1),
    pilot_lat: rounded(system?.operatorLatDeg, 1e7),
    pilot_lon: rounded(system?.operatorLonDeg, 1e7),
    home_lat: 0,
    home_lon: 0,
    operator_id: drone["operator-id"]?.operatorId ?? "",
    transport: TRANSPORTS[remoteId.carrier],
    freq_mhz: frequencyMhz,
    track_type: "drone",
  };
}

/** To a step of `1 / perUnit`. */
const rounded = (value = 0, perUnit = 1): number => Math.round(value * perUnit) / perUnit;
