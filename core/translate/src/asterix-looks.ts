import type { Items } from "@picket/asterix";
import { radFromDeg, wrapTurnRad } from "@picket/geo";
import { type Detection, type Input, leastReal, type RawReference, type Reality, type Sensor } from "@picket/model";
import { marksBirds } from "./asterix-class.ts";
import { plotOf, realityOf } from "./asterix-plot.ts";
import { radarTrackOf } from "./asterix-radar-track.ts";
import { type HeardAt, type StampedTimes, timesOfDay } from "./asterix-time.ts";
import type { Refuse } from "./refuse.ts";
import { beamOfDetections, crossSector, passNorth, plotsAt, type Sweep } from "./sweep.ts";
import type { TranslatorOptions } from "./translator.ts";
import { trueNorth } from "./true-north.ts";

/** What every record of a datagram is translated with. */
export type Context = Readonly<{ heard: HeardAt; raw: RawReference; inputs: Input[]; refuse: Refuse }>;
export type SweepStates = readonly (readonly [string, Sweep])[];

/** Detections of one sensor at one time, and how real they are. */
type Plots = { sensor: Sensor; reality: Reality; times: StampedTimes; detections: Detection[] };

/** Plots of one datagram so near in time are one look. */
const ONE_LOOK_MS = 50;
const SECTOR_CROSSING = 2;
const NORTH_MARKER = 1;
/** A sensor's own plots count before its tracks while one came within this. */
const PLOTS_FRESH_MS = 30_000;

/** What radars looked at: plots become looks at their own part of the field, and the antenna's messages looks that saw nothing. */
export type AsterixLooks = {
  /** Adds a plot to those of the same look, or begins another. */
  plot(items: Items<48>, sensor: Sensor, context: Context): void;
  /** The antenna's own messages. */
  station(items: Items<34>, sensor: Sensor, context: Context): void;
  /** One detection that is a look by itself. */
  detection(detection: Detection, times: StampedTimes, reality: Reality, sensor: Sensor, context: Context): void;
  /** Tells the look that plots were being added to: something else comes, or the datagram ends. */
  flush(context: Pick<Context, "inputs" | "raw">): void;
  /** Is this one of the two that a sensor which sends plots and tracks is used for? */
  isUsed(isTrack: boolean, sensor: Sensor, context: Context): boolean;
  snapshot(): SweepStates;
};

export function createAsterixLooks(
  { reality: own, asterix: { use } = {} }: TranslatorOptions,
  from: SweepStates = [],
): AsterixLooks {
  const sweeps = new Map<string, Sweep>(from);
  const sweepOf = ({ id }: Sensor): Sweep => sweeps.get(id) ?? {};
  let gathered: Plots | undefined;

  return {
    plot(items, sensor, context) {
      const detection = seenBy(items, sensor, context);
      if (!detection) return;
      const times = timesOfDay(items.i140?.timeOfDayS, context.heard);
      const reality = leastReal(own, realityOf(items));
      const isSame =
        gathered?.sensor === sensor &&
        gathered.reality === reality &&
        Math.abs(times.measuredMs - gathered.times.measuredMs) <= ONE_LOOK_MS;
      if (gathered && isSame) {
        gathered.detections.push(detection);
        return;
      }
      flush(context);
      gathered = { sensor, reality, times, detections: [detection] };
    },
    station(items, sensor, { heard, inputs, raw }) {
      const times = timesOfDay(items.i030?.timeOfDayS, heard);
      if (items.i000?.messageType === NORTH_MARKER || items.i041)
        sweeps.set(sensor.id, passNorth(sweepOf(sensor), items.i041?.antennaRotationPeriodS));
      const north = trueNorth(sensor, heard.receivedMs);
      if (items.i000?.messageType !== SECTOR_CROSSING || !items.i020 || !north.ok) return;
      const azimuthRad = wrapTurnRad(radFromDeg(items.i020.sectorDeg) + north.offsetRad);
      const { sweep, looked } = crossSector(sweepOf(sensor), azimuthRad, times.measuredMs);
      sweeps.set(sensor.id, sweep);
      if (looked) inputs.push({ kind: "scan", sensor: sensor.id, ...times, reality: own, ...looked, detections: [], raw });
    },
    detection: (detection, times, reality, sensor, context) => tell({ sensor, reality, times, detections: [detection] }, context),
    flush,
    isUsed(isTrack, sensor, { heard: { receivedMs }, refuse }) {
      const sweep = sweepOf(sensor);
      if (!isTrack) sweeps.set(sensor.id, { ...sweep, plottedMs: receivedMs });
      const sendsPlots = sweep.plottedMs !== undefined && receivedMs - sweep.plottedMs < PLOTS_FRESH_MS;
      const wanted = use ?? (sendsPlots || !isTrack ? "plots" : "tracks");
      if (isTrack === (wanted === "tracks")) return true;
      refuse("not-used", "record", `the sensor's ${wanted} are used`);
      return false;
    },
    snapshot: () => [...sweeps],
  };

  /** A radar that has marked birds once marks those it sees: what it does not mark is less likely one. */
  function seenBy(items: Items<48>, sensor: Sensor, { heard, refuse }: Context): Detection | undefined {
    const north = trueNorth(sensor, heard.receivedMs);
    if (use === "tracks") return radarTrackOf(items, sensor, north, refuse);
    const sweep = sweepOf(sensor);
    if (!sweep.marksBirds && marksBirds(items.i030 ?? [])) sweeps.set(sensor.id, { ...sweep, marksBirds: true });
    return plotOf(items, sensor, north, refuse, sweep.marksBirds ?? false);
  }

  function flush(context: Pick<Context, "inputs" | "raw">): void {
    if (gathered) tell(gathered, context);
    gathered = undefined;
  }

  function tell({ sensor, reality, times, detections }: Plots, { inputs, raw }: Pick<Context, "inputs" | "raw">): void {
    const { sweep, lookedMs } = plotsAt(sweepOf(sensor), times.measuredMs, sensor.revisitMs);
    sweeps.set(sensor.id, sweep);
    const scan = { kind: "scan", sensor: sensor.id, ...times, reality, raw } as const;
    if (lookedMs !== undefined) inputs.push({ ...scan, measuredMs: lookedMs, detections: [] });
    const sector = beamOfDetections(detections, sensor);
    inputs.push({ ...scan, ...(sector && { sector }), detections });
  }
}
