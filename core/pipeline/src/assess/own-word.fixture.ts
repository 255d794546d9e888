import { type Alert, type Frame, type Input, type Scan, type Sensor, sensorId, type Warning } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { circle, type Flyer, placeAt, post, radar, START_MS, smallSite, straight } from "../world.fixture.ts";

export const receiver: Sensor = { ...radar, id: sensorId.parse("rid-1"), name: "Receiver 1", kind: "remoteId", rangeMaxM: 5000 };
export const SERIAL = "1581F45T7SPOKEN1";

/** Once a second a drone tells its own place; what else is looked at the site knows from `others`. */
export function hear(
  flyer: Flyer,
  sensors: readonly Sensor[],
  seconds: number,
  others: (tS: number) => readonly Input[] = () => [],
  said: Said = {},
) {
  const site = smallSite({
    sensors: [...sensors],
    zones: [circle("yard", 0, 0, 300, { entryLevel: "critical", ceiling: { valueM: 300, sigmaM: 0, reference: "agl" } })],
    persons: [post("gate", 0, 350)],
  });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const frames: Frame[] = [];
  for (let tS = 0; tS < seconds; tS++) {
    const at = flyer(tS);
    const inputs: Input[] = [...others(tS)];
    if (at) inputs.push(broadcast(at, tS, said));
    frames.push(pipeline.tick(inputs, START_MS + tS * 1000 + 100));
  }
  const latest = new Map<string, Alert>();
  for (const { alerts } of frames) for (const alert of alerts) latest.set(alert.id, alert);
  const warnings = new Map<string, Warning>();
  for (const frame of frames)
    for (const warning of frame.warnings) if (!warnings.has(warning.id)) warnings.set(warning.id, warning);
  return { frames, alerts: [...latest.values()], warnings: [...warnings.values()] };
}

/** What a broadcast says beside its place. */
type Said = Readonly<{ transmitter?: string; serial?: string; lateS?: number; sigmaM?: number }>;

export function broadcast(
  [eastM, northM, upM]: readonly [number, number, number],
  tS: number,
  { transmitter = "aa:bb", serial = SERIAL, lateS = 0, sigmaM = 5 }: Said = {},
): Scan {
  const measuredMs = START_MS + (tS - lateS) * 1000;
  return {
    kind: "scan",
    sensor: receiver.id,
    measuredMs,
    measuredSigmaMs: 50,
    receivedMs: START_MS + tS * 1000 + 50,
    reality: "live",
    detections: [
      {
        measurement: {
          kind: "position",
          ...placeAt(eastM, northM),
          horizontalSigmaM: sigmaM,
          height: { valueM: upM, sigmaM: 10, reference: "hae" },
        },
        emitter: "aircraft",
        claims: [{ kind: "serial", value: serial }],
        origin: `${transmitter}/${tS}`,
      },
    ],
  };
}

export const inbound = straight([0, 900, 60], [0, -12, 0]);
