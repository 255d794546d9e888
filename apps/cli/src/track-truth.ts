import { createLocalFrame, degFromRad, fromEnu, type LocalFrame, wrapTurnRad } from "@picket/geo";
import {
  type DetectionLine,
  feedId,
  type LineDetection,
  type Sensor,
  type Site,
  sensorId,
  siteId,
  type TruthTest,
} from "@picket/model";
import { createEngine } from "@picket/server";
import type { ErrorEllipse, TrackerDetection, TrackerLook } from "@picket/tracker";
import { badData } from "./scenario-file.ts";
import { CLAIM_PREFIX, type Scenario, type SensorLine } from "./track-scenario.ts";

/** What is said of one broadcast identity at a second. */
export type Verdict = Readonly<{ rid: string; verdict: TruthTest["verdict"] }>;

/** Judges the identities that are broadcast in a scenario as a site would: looks go in as they are received, verdicts come out. */
export type TruthTester = { look(look: TrackerLook): void; verdicts(second: number): readonly Verdict[] };

/** The engine's clock must be a date; scenarios begin at zero. */
const EPOCH_MS = 1_790_000_000_000;
const FEED = feedId.parse("scenario");

export function createTruthTester({ origin, sensorLines }: Scenario): TruthTester {
  const frame = createLocalFrame(origin);
  const engine = createEngine({ site: siteOf(origin, sensorLines, frame), feeds: [FEED_CONFIG], bootNumber: 1 });
  const text = new TextEncoder();
  let sequence = 0;
  return {
    look(look) {
      const chunk = text.encode(`${JSON.stringify(lineOf(look, frame))}\n`);
      const { rejected } = engine.bytes(FEED, chunk, EPOCH_MS + look.receivedMs, "scenario", ++sequence);
      if (rejected[0]) throw badData(`The look of ${look.sensor} at ${look.measuredMs / 1000} s`, JSON.stringify(rejected[0]));
    },
    verdicts(second) {
      const { tracks, alerts } = engine.tick(EPOCH_MS + 1000 * second);
      const said = new Map<string, Verdict["verdict"]>();
      for (const { identities } of tracks) for (const { claim, truth } of identities) said.set(claim.value, truth.verdict);
      // A broadcast that no track bears is spoken of by its alert alone.
      for (const { kind, reasons } of alerts)
        if (kind === "remoteIdContradicted")
          for (const { code, params } of reasons)
            if (code === "reason.identityContradicted") said.set(String(params["identity"]), "contradicted");
      return [...said].map(([rid, verdict]) => ({ rid, verdict }));
    },
  };
}

const FEED_CONFIG = { id: FEED, protocol: "detections", transport: { kind: "stdin" } } as const;

const siteOf = (origin: Scenario["origin"], lines: readonly SensorLine[], frame: LocalFrame): Site => ({
  id: siteId.parse("scenario"),
  name: "Scenario",
  latDeg: origin.latDeg,
  lonDeg: origin.lonDeg,
  groundHaeM: origin.altHaeM,
  sensors: lines.map((line) => sensorOf(line, frame)),
  zones: [],
  persons: [],
  authorisations: [],
  landmarks: [],
  policy: {},
});

/** How far a sensor without a stated range is taken to hear. */
const UNSTATED_RANGE_M = 100_000;

function sensorOf(line: SensorLine, frame: LocalFrame): Sensor {
  const { id, kind, pos = [0, 0, 0], pd, period, range, rmax, clutter_per_scan, fov } = line;
  const { latDeg, lonDeg, altHaeM } = fromEnu(frame, pos);
  return {
    id: sensorId.parse(id),
    name: id,
    kind: kind === "polar3d" ? "radar" : kind === "bearing" ? "directionFinder" : "remoteId",
    latDeg,
    lonDeg,
    height: { valueM: altHaeM, sigmaM: 0.1, reference: "hae" },
    rangeMaxM: fov?.rmax ?? rmax ?? range ?? UNSTATED_RANGE_M,
    ...(fov && {
      rangeMinM: fov.rmin,
      azimuthFromDeg: degFromRad(fov.az0),
      azimuthToDeg: degFromRad(fov.az1),
      elevationMinDeg: degFromRad(fov.el0),
      elevationMaxDeg: degFromRad(fov.el1),
    }),
    ...(pd !== undefined && { detectionProbability: pd }),
    ...(period !== undefined && { revisitMs: period * 1000 }),
    ...(clutter_per_scan !== undefined && { clutterPerLook: clutter_per_scan }),
  };
}

const lineOf = ({ sensor, measuredMs, detections }: TrackerLook, frame: LocalFrame): DetectionLine => ({
  sensor: sensorId.parse(sensor),
  measuredMs: EPOCH_MS + measuredMs,
  reality: "live",
  detections: detections.map((detection) => detectionOf(detection, frame)),
});

function detectionOf({ measurement: m, claim, origin }: TrackerDetection, frame: LocalFrame): LineDetection {
  switch (m.kind) {
    case "polar":
      return {
        kind: "polar",
        rangeM: m.rangeM,
        rangeSigmaM: m.rangeSigmaM,
        azimuthDeg: degFromRad(m.azimuthRad),
        azimuthSigmaDeg: degFromRad(m.azimuthSigmaRad),
        elevationDeg: degFromRad(m.elevationRad ?? 0),
        elevationSigmaDeg: degFromRad(m.elevationSigmaRad ?? Math.PI / 4),
      };
    case "bearing":
      return {
        kind: "bearing",
        azimuthDeg: degFromRad(m.azimuthRad),
        azimuthSigmaDeg: degFromRad(m.azimuthSigmaRad),
        emitter: "unknown",
      };
    case "position": {
      const { latDeg, lonDeg, altHaeM } = fromEnu(frame, m.posEnuM);
      return {
        kind: "position",
        latDeg,
        lonDeg,
        horizontalSigmaM: m.horizontalSigmaM,
        ...(m.ellipse && { ellipse: ellipseOf(m.ellipse) }),
        height: { valueM: altHaeM, sigmaM: m.verticalSigmaM ?? 1000, reference: "hae" },
        emitter: "aircraft",
        ...(claim?.startsWith(CLAIM_PREFIX) && { claims: [{ kind: "serial", value: claim.slice(CLAIM_PREFIX.length) }] }),
        ...(origin !== undefined && { origin }),
      };
    }
    case "sector":
      return {
        kind: "sector",
        azimuthFromDeg: degFromRad(m.azimuthFromRad),
        azimuthToDeg: degFromRad(m.azimuthToRad),
        ...(m.rangeMaxM !== undefined && { rangeMaxM: m.rangeMaxM }),
      };
    case "range":
    case "presence":
      return m;
    case "rangeDifference":
      return { ...m, otherSensor: sensorId.parse(m.otherSensor) };
    default:
      return m satisfies never;
  }
}

const ellipseOf = ({ semiMajorM, semiMinorM, bearingRad }: ErrorEllipse) => ({
  semiMajorM,
  semiMinorM,
  orientationDeg: degFromRad(wrapTurnRad(2 * bearingRad) / 2),
});
