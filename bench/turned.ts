/**
 * Turns a radar of R1 (core/sim) after ninety seconds, and prints which of the claims beside it were contradicted, before its alarm and since; or leaves it as
 * it is, and has two who were genuine tell of places that are turned about it.
 * Usage: node bench/turned.ts [--runs 30] [--from 100] [--turn 5] [--radars 1] [--pd 0.9] [--liars] [--rampS 0]
 */
import { parseArgs } from "node:util";
import { createLocalFrame, degFromRad, fromEnu, type LocalFrame, radFromDeg } from "@picket/geo";
import { type Detection, type Frame, type Scan, type Sensor, type Site, sensorId, siteId } from "@picket/model";
import { createPipeline } from "@picket/pipeline";
import { type BenchMeta, createRandom, generateBench, type Random } from "@picket/sim";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "30" },
    from: { type: "string", default: "100" },
    turn: { type: "string", default: "5" },
    radars: { type: "string", default: "1" },
    pd: { type: "string", default: "0.9" },
    liars: { type: "boolean", default: false },
    rampS: { type: "string", default: "0" },
  },
});

const START_MS = 1_790_000_000_000;
const TURNS_S = 90;
const TURNED = "radar-1";
/** Heard for the first time about when the radar turns; false from some time after; those who lie with `--liars`. */
const NEW = "RID-5";
const FALSE = "RID-6";
const FALSE_M = 800;
const LIARS: ReadonlySet<string> = new Set(["RID-4", NEW]);
/** A claim that was not heard for so long is not judged. */
const HEARD_S = 5;
const always = (): number => 0;
const never = (): number => Number.POSITIVE_INFINITY;

type Line = Readonly<
  Record<"t" | "received" | "r" | "az" | "el" | "sr" | "saz" | "sel" | "x" | "y" | "z" | "sx" | "sz" | "stamp", number> &
    Record<"kind" | "sensor" | "rid" | "tx", string>
>;
type Claim = { firstS: number; heardS: number; said: Map<number, "genuine" | "unconfirmed" | "contradicted"> };
type Run = { claims: Map<string, Claim>; registeredS: number; alarmS: number; lostS: number; confirmed: number };

const runs = Array.from({ length: Number(values.runs) }, (_, k) => play(Number(values.from) + k));
const judged = runs.filter(({ registeredS }) => registeredS <= TURNS_S);
const alarms = judged.filter(({ alarmS }) => Number.isFinite(alarmS));
const lost = judged.filter(({ lostS }) => Number.isFinite(lostS)).length;
const confirmed = judged.reduce((sum, run) => sum + run.confirmed, 0);
console.log(
  `${judged.length} of ${runs.length} registered in time; alarm in ${alarms.length} after ${median(alarms.map(({ alarmS }) => alarmS - TURNS_S))} s in the median, lost in ${lost}; ${confirmed} confirmed tracks, second by second`,
);
const isKnown = (rid: string): boolean => rid !== NEW && rid !== FALSE;
if (values.liars) {
  tell(
    "liars, from 5 s on",
    (rid) => LIARS.has(rid),
    () => TURNS_S + 5,
    never,
  );
} else {
  tell("known, before it turns", isKnown, always, () => TURNS_S);
  tell(
    "known, before the alarm",
    isKnown,
    () => TURNS_S,
    ({ alarmS }) => alarmS,
  );
  tell(
    "new, before the alarm",
    (rid) => rid === NEW,
    () => TURNS_S,
    ({ alarmS }) => alarmS,
  );
  tell("known, since the alarm", isKnown, ({ alarmS }) => alarmS, never);
  tell(
    "new, from 10 s after the alarm on",
    (rid) => rid === NEW,
    ({ alarmS }) => alarmS + 10,
    never,
  );
}
tell("false", (rid) => rid === FALSE, always, never);

/** What became of the claims of some, between two times of each run. */
function tell(who: string, isOne: (rid: string) => boolean, fromOf: (run: Run) => number, toOf: (run: Run) => number): void {
  const took: number[] = [];
  let [claims, seconds, contradictedS, genuineS] = [0, 0, 0, 0];
  for (const run of judged)
    for (const [rid, { firstS, said }] of run.claims) {
      const during = [...said].filter(([second]) => second >= fromOf(run) && second < toOf(run));
      if (!isOne(rid) || during.length < 3) continue;
      const contradicted = during.filter(([, verdict]) => verdict === "contradicted");
      claims++;
      seconds += during.length;
      contradictedS += contradicted.length;
      genuineS += during.filter(([, verdict]) => verdict === "genuine").length;
      if (contradicted[0]) took.push(contradicted[0][0] - Math.max(firstS, TURNS_S));
    }
  const within = (s: number): number => took.filter((one) => one <= s).length;
  const share = (part: number): string => `${((100 * part) / Math.max(1, seconds)).toFixed(1)} %`;
  console.log(
    `${who}: ${took.length} of ${claims} contradicted, ${within(10)} within 10 s, ${within(20)} within 20 s; of the seconds ${share(contradictedS)}, genuine ${share(genuineS)}`,
  );
}

function play(seed: number): Run {
  const { meta, detections } = generateBench("R1", { seed: `turned-${seed}`, detectionProbability: Number(values.pd) });
  const frame = createLocalFrame({ latDeg: meta.origin.lat, lonDeg: meta.origin.lon, altHaeM: meta.origin.h });
  const site = siteOf(meta, frame);
  const heard = new Set<string>(site.sensors.map(({ id }) => id));
  const spoil = spoiler(meta, createRandom(`turned/${seed}`));
  const scans: { scan: Scan; receivedS: number; detections: Detection[] }[] = [];
  for (const text of detections) {
    const line = JSON.parse(text) as Line;
    if (!heard.has(line.sensor)) continue;
    if (line.kind === "scan") {
      const seen: Detection[] = [];
      const times = { measuredMs: START_MS + line.t * 1000, measuredSigmaMs: 20, receivedMs: START_MS + line.received * 1000 };
      const scan: Scan = { kind: "scan", sensor: sensorId.parse(line.sensor), ...times, reality: "live", detections: seen };
      scans.push({ scan, receivedS: line.received, detections: seen });
      continue;
    }
    const look = scans.at(-1);
    const spoiled = look && spoil(line, (look.scan.measuredMs - START_MS) / 1000);
    if (spoiled) look.detections.push(toDetection(spoiled, frame));
  }
  scans.sort((a, b) => a.receivedS - b.receivedS);
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const run: Run = { claims: new Map(), registeredS: never(), alarmS: never(), lostS: never(), confirmed: 0 };
  for (let second = 1, next = 0; second <= meta.duration; second++) {
    const inputs: Scan[] = [];
    for (let one = scans[next]; one && one.receivedS <= second; one = scans[++next]) inputs.push(one.scan);
    hear(run, inputs, second);
    note(run, pipeline.tick(inputs, START_MS + second * 1000), second);
  }
  return run;
}

/** Tells, of a line of a scenario, what it says where the radar turns and some are late, silent or lie; `undefined` of what is not said. */
function spoiler({ sensors }: BenchMeta, random: Random): (line: Line, atS: number) => Line | undefined {
  const turnRad = radFromDeg(Number(values.turn)) * (random.between(0, 1) < 0.5 ? 1 : -1);
  const newFromS = TURNS_S + random.between(-10, 40);
  const falseFromS = TURNS_S + random.between(25, 45);
  const falseRad = random.between(0, 2 * Math.PI);
  const [eastM = 0, northM = 0] = sensors.find(({ id }) => id === TURNED)?.pos ?? [];
  return (line, atS) => {
    if (line.kind === "polar3d")
      return !values.liars && line.sensor === TURNED && atS >= TURNS_S ? { ...line, az: line.az + turnRad } : line;
    if (line.rid === FALSE) {
      if (atS < falseFromS) return undefined;
      return { ...line, x: line.x + FALSE_M * Math.sin(falseRad), y: line.y + FALSE_M * Math.cos(falseRad) };
    }
    if (!values.liars) return line.rid === NEW && atS < newFromS ? undefined : line;
    if (atS < TURNS_S) return line;
    if (!LIARS.has(line.rid)) return undefined;
    const rampS = Number(values.rampS);
    const byRad = rampS > 0 ? turnRad * Math.min(1, (atS - TURNS_S) / rampS) : turnRad;
    const [e, n] = [line.x - eastM, line.y - northM];
    const [sin, cos] = [Math.sin(byRad), Math.cos(byRad)];
    return { ...line, x: eastM + e * cos + n * sin, y: northM - e * sin + n * cos };
  };
}

function hear({ claims }: Run, scans: readonly Scan[], second: number): void {
  for (const { detections } of scans)
    for (const { claims: said = [] } of detections)
      for (const { value } of said) {
        const claim = claims.get(value) ?? { firstS: second, heardS: second, said: new Map() };
        claims.set(value, { ...claim, heardS: second });
      }
}

function note(run: Run, { tracks, alerts, sensors }: Frame, second: number): void {
  const fresh = new Map([...run.claims].filter(([, { heardS }]) => second - heardS <= HEARD_S));
  for (const { said } of fresh.values()) said.set(second, "unconfirmed");
  for (const { identities } of tracks)
    for (const { claim, truth } of identities) fresh.get(claim.value)?.said.set(second, truth.verdict);
  for (const { kind, state, reasons } of alerts)
    if (kind === "remoteIdContradicted" && state.startsWith("active"))
      for (const { code, params } of reasons)
        if (code === "reason.identityContradicted") fresh.get(String(params["identity"]))?.said.set(second, "contradicted");
  const state = sensors.find(({ id }) => id === TURNED)?.registration?.state;
  if (state === "registered") run.registeredS = Math.min(run.registeredS, second);
  if (second < TURNS_S) return;
  if (state === "turned") run.alarmS = Math.min(run.alarmS, second);
  if (state === "lost") run.lostS = Math.min(run.lostS, second);
  run.confirmed += tracks.filter((track) => track.confirmed).length;
}

function siteOf({ origin, sensors }: BenchMeta, frame: LocalFrame): Site {
  const radars = sensors.filter(({ kind }) => kind === "polar3d").slice(0, Number(values.radars));
  return {
    id: siteId.parse("turned"),
    name: "Turned",
    latDeg: origin.lat,
    lonDeg: origin.lon,
    groundHaeM: origin.h,
    sensors: sensors.flatMap((line): Sensor[] => {
      if (line.kind === "bearing" || (line.kind === "polar3d" && !radars.includes(line))) return [];
      const { latDeg, lonDeg, altHaeM } = fromEnu(frame, line.pos ?? [0, 0, 0]);
      const height = { valueM: altHaeM, sigmaM: 0.1, reference: "hae" } as const;
      const head = { id: sensorId.parse(line.id), name: line.id, latDeg, lonDeg, height };
      if (line.kind === "position") return [{ ...head, kind: "remoteId", rangeMaxM: line.range ?? 5000 }];
      const { rmin, rmax, az0, az1, el0, el1 } = line.fov;
      return [
        {
          ...{ ...head, kind: "radar", rangeMinM: rmin, rangeMaxM: rmax },
          ...{ azimuthFromDeg: degFromRad(az0), azimuthToDeg: degFromRad(az1) },
          ...{ elevationMinDeg: degFromRad(el0), elevationMaxDeg: degFromRad(el1) },
          ...{ detectionProbability: line.pd, revisitMs: 1000 * line.period, clutterPerLook: line.clutter_per_scan },
        },
      ];
    }),
    zones: [],
    persons: [],
    authorisations: [],
    landmarks: [],
    policy: {},
  };
}

function toDetection(line: Line, frame: LocalFrame): Detection {
  if (line.kind === "polar3d") {
    const { r: rangeM, sr: rangeSigmaM, az: azimuthRad, saz: azimuthSigmaRad, el: elevationRad, sel: elevationSigmaRad } = line;
    return { measurement: { kind: "polar", rangeM, rangeSigmaM, azimuthRad, azimuthSigmaRad, elevationRad, elevationSigmaRad } };
  }
  const { latDeg, lonDeg, altHaeM } = fromEnu(frame, [line.x, line.y, line.z]);
  const height = { valueM: altHaeM, sigmaM: line.sz, reference: "hae" } as const;
  return {
    measurement: { kind: "position", latDeg, lonDeg, horizontalSigmaM: line.sx, height },
    emitter: "aircraft",
    claims: [{ kind: "serial", value: line.rid }],
    origin: `remote-id:${line.tx}/${line.stamp}`,
  };
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[of.length >> 1] ?? Number.NaN;
}
