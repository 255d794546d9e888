import type { Random } from "@picket/sim";
import { courseOf, type Flyer, placeOf, rounded } from "./feeder-sky.ts";

/**
 * How a feeder is. `off`: nobody answers; `frozen`: the connection stands and nothing comes; `stale-page`: a web server goes on with the
 * page of a receiver that died; `clock-stands`: its page changes, and its own time does not; `garbage`: what comes cannot be read.
 */
export type Condition = "well" | "off" | "frozen" | "stale-page" | "clock-stands" | "garbage";

export type Chunk = Readonly<{ bytes: Uint8Array; from: string }>;

/** A receiver with all that stands between it and the site. `heard` is whom its newest words told of. */
export type Feeder = {
  readonly id: string;
  readonly protocol: "adsb" | "sbs" | "dragonsync";
  readonly transport: string;
  /** What may become of it. */
  readonly faults: readonly Condition[];
  /** What comes at `nowMs`; `sinceMs` is when its present condition began. */
  say(condition: Condition, sky: readonly Flyer[], nowMs: number, sinceMs: number): readonly Chunk[];
};

const TEXT = new TextEncoder();
const METRES_PER_FOOT = 0.3048;
const MPS_PER_KNOT = 1852 / 3600;
const HEALTH_EVERY_MS = 5000;

const connection = (name: string, sinceMs: number): string => `${name} since ${new Date(sinceMs).toISOString()}`;

/** Octets as of a wrong baud rate or a broken card. */
const noise = (random: Random): Uint8Array => Uint8Array.from({ length: 80 }, () => 128 + random.below(128));

/** readsb's page, asked for each second. What a page that did not change says is not passed on: that is the transport's work. */
export function pageFeeder(random: Random): Feeder {
  let messages = 0;
  let page = "";
  return {
    id: "page",
    protocol: "adsb",
    transport: "httpPoll",
    faults: ["off", "frozen", "stale-page", "clock-stands", "garbage"],
    say(condition, sky, nowMs, sinceMs) {
      const from = "http://feeder.local/data/aircraft.json";
      if (condition === "garbage") return [{ bytes: noise(random), from }];
      if (condition === "clock-stands") {
        const bytes = TEXT.encode(page.replace(/"messages":\d+/, `"messages":${++messages}`));
        return page === "" ? [] : [{ bytes, from: connection(from, sinceMs) }];
      }
      if (condition !== "well") return [];
      messages += 2 * sky.length;
      const aircraft = sky.map((flyer) => {
        const { speedMps, trackDeg } = courseOf(flyer);
        const ageS = rounded(random.between(0.05, 0.9), 1000);
        return {
          hex: flyer.hex,
          type: "adsb_icao",
          alt_geom: 25 * Math.round(flyer.altM / METRES_PER_FOOT / 25),
          gs: rounded(speedMps / MPS_PER_KNOT, 10),
          track: rounded(trackDeg, 100),
          ...placeOf(flyer, nowMs - 1000 * ageS),
          nac_p: 9,
          nic: 8,
          seen_pos: ageS,
          seen: ageS,
        };
      });
      page = JSON.stringify({ now: nowMs / 1000, messages, aircraft });
      return [{ bytes: TEXT.encode(page), from }];
    },
  };
}

/** A BaseStation port: a line for each position. What is cut when the connection ends stays cut. */
export function lineFeeder(random: Random): Feeder {
  return {
    id: "lines",
    protocol: "sbs",
    transport: "tcpClient",
    faults: ["off", "frozen", "garbage"],
    say(condition, sky, nowMs, sinceMs) {
      const from = connection("192.0.2.7:30003", sinceMs);
      if (condition === "garbage") return [{ bytes: Uint8Array.from([...noise(random), 0x0a]), from }];
      if (condition !== "well") return [];
      const [day, time] = [
        new Date(nowMs).toISOString().slice(0, 10).replaceAll("-", "/"),
        new Date(nowMs).toISOString().slice(11, 23),
      ];
      const lines = sky.flatMap((flyer) => {
        const { lat, lon } = placeOf(flyer, nowMs);
        const { speedMps, trackDeg } = courseOf(flyer);
        const hex = flyer.hex.toUpperCase();
        const altFt = 25 * Math.round(flyer.altM / METRES_PER_FOOT / 25);
        const head = (kind: number) => `MSG,${kind},1,1,${hex},1,${day},${time},${day},${time}`;
        return [
          `${head(4)},,,${Math.round(speedMps / MPS_PER_KNOT)},${Math.round(trackDeg)},,,0,,,,,0\r\n`,
          `${head(3)},,${altFt},,,${lat.toFixed(5)},${lon.toFixed(5)},,,0,0,0,0\r\n`,
        ];
      });
      const text = lines.join("");
      // Now and then a segment ends in the middle of a line; the next brings the rest, unless the connection ends.
      const cut = random.below(text.length + 1);
      return [text.slice(0, cut), text.slice(cut)].map((part) => ({ bytes: TEXT.encode(part), from }));
    },
  };
}

/** A kit at a broker: drones, each under an address it never used before, and its own state. */
export function kitFeeder(random: Random): Feeder {
  let healthMs = 0;
  return {
    id: "kit",
    protocol: "dragonsync",
    transport: "mqtt",
    faults: ["off", "frozen", "garbage"],
    say(condition, sky, nowMs) {
      const at = (topic: string, value: unknown): Chunk => ({
        bytes: TEXT.encode(JSON.stringify(value)),
        from: `mqtt://192.0.2.9:1883/wardragon/${topic}`,
      });
      if (condition === "garbage") return [{ bytes: noise(random), from: at("drones", 0).from }];
      if (condition !== "well") return [];
      const chunks = sky.map((flyer) => {
        const { speedMps, trackDeg } = courseOf(flyer);
        const address = `02:00:${flyer.hex.replaceAll(/(..)(?=.)/g, "$1:")}:${(random.below(90) + 10).toString()}`;
        const common = {
          id: `drone-TESTA${flyer.hex.padStart(10, "0")}`,
          id_type: "Serial Number (ANSI/CTA-2063-A)",
          mac: address,
        };
        const place = {
          ...placeOf(flyer, nowMs),
          alt: rounded(flyer.altM, 2),
          speed: rounded(speedMps, 4),
          direction: Math.round(trackDeg),
        };
        return at("drones", { ...common, ...place, rssi: -60 - random.below(30), seen_by: "kit", track_type: "drone" });
      });
      if (nowMs - healthMs < HEALTH_EVERY_MS) return chunks;
      healthMs = nowMs;
      return [...chunks, at("system/kit/attrs", { id: "kit", cpu_usage: 12, temperature_c: 51, gps_fix: true, uptime_s: 1 })];
    },
  };
}
