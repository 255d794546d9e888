import type { Fields } from "@picket/bytes";
import { place, quantity, unixMs } from "./quantity.ts";
import type { Health } from "./record.ts";

const HOT_C = 85;
const FULL_DISK = 0.95;

/** Whether these are a kit's words on itself: of DragonSync's MQTT topic, or of the WarDragon monitor's own port. */
export const isKit = (fields: Fields): boolean => fields.has("cpu_usage") || fields.has("uptime_s") || fields.has("system_stats");

/**
 * How a kit is: hot, its disk nearly full, or without a fix though it has a GNSS. The monitor's port nests what the topic tells flat.
 *
 * @source alphafox02/DragonSync docs/mqtt-schema.md, system payload; wardragon_monitor.py.
 */
export function readKit(fields: Fields): Health {
  const stats = fields.object("system_stats");
  const gnss = fields.object("gps_data") ?? fields;
  const disk = stats?.object("disk");
  const temperatureC = quantity(stats ?? fields, stats ? "temperature" : "temperature_c", { min: -100, max: 200 });
  const used = disk ? quantity(disk, "used", { min: 0 }) : quantity(fields, "disk_used_mb", { min: 0 });
  const total = disk ? quantity(disk, "total", { min: 0 }) : quantity(fields, "disk_total_mb", { min: 0 });
  const isWithoutFix = gnss.flag("gps_fix") === false && gnss.text("time_source", 32) !== "static";
  const troubles = [
    ...(temperatureC !== undefined && temperatureC >= HOT_C ? [`${temperatureC} °C hot`] : []),
    ...(used !== undefined && total !== undefined && total > 0 && used / total > FULL_DISK ? ["disk nearly full"] : []),
    ...(isWithoutFix ? ["no GNSS fix"] : []),
  ];
  const serial = fields.text("serial_number", 64);
  return {
    kind: "health",
    about: "box",
    receiver: serial === undefined ? fields.text("id", 64) : `wardragon-${serial}`,
    heardMs: unixMs(fields, stats ? "timestamp" : "updated"),
    rssiDbm: undefined,
    frequencyMhz: undefined,
    state: troubles.length > 0 ? "degraded" : "working",
    detail: troubles.length > 0 ? `Kit: ${troubles.join(", ")}` : "Kit is well",
    place: place(gnss, "latitude", "longitude"),
  };
}
