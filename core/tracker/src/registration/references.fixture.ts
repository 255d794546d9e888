import { normals } from "../testing/normals.ts";
import type { EnuM, TrackerLook, TrackerSensor } from "../types.ts";
import type { ClaimVerdict, Registrar } from "./registrar.ts";

export const RADAR: TrackerSensor = { id: "radar", posEnuM: [0, 0, 10], detectionProbability: 0.9, revisitMs: 1000 };
export const RADIAN = Math.PI / 180;
export const ACTUAL = { rangeM: 40, azimuthRad: 1.5 * RADIAN, elevationRad: 0.3 * RADIAN, clockS: 0.5 };
export const NONE = { rangeM: 0, azimuthRad: 0, elevationRad: 0, clockS: 0 };

export type Path = (tS: number) => EnuM;
export type Reference = Readonly<{
  claim: string;
  truth: Path /** What it says of itself. */;
  said?: Path;
  verdict?: ClaimVerdict;
}>;

/** Drones that fly circles of their own, as references: 12 m/s, some three kilometres away. */
export const circling = (k: number): Path => {
  const [east, north] = [-1500 + 1000 * k, 2200 + 300 * (k % 3)];
  const turn = k % 2 === 0 ? 0.06 : -0.05;
  return (tS) => [east + 200 * Math.sin(turn * tS + k), north + 200 * Math.cos(turn * tS + k), 120 + 10 * k];
};

/** Flies references before a radar of the given bias for some seconds; positions come a second late, with a constant error each. */
export function run(
  registrar: Registrar,
  references: readonly Reference[],
  {
    fromS = 0,
    toS,
    bias = ACTUAL,
    seed = 1,
    errorSeed = seed,
  }: Readonly<{ fromS?: number; toS: number; bias?: typeof ACTUAL; seed?: number; errorSeed?: number }>,
): void {
  const normal = normals(seed);
  const error = errorSeed === seed ? normal : normals(errorSeed);
  const errors = references.map((): EnuM => [5 * error(), 5 * error(), 8 * error()]);
  const verdicts = new Map(references.map(({ claim, verdict = "genuine" }) => [claim, verdict]));
  for (let s = fromS; s < toS; s++) {
    const plots = references.flatMap(({ truth }): TrackerLook["detections"] => {
      const [e, n, u] = truth(s - bias.clockS);
      const ground = Math.hypot(e, n);
      if (normal() > 1.2) return [];
      return [
        {
          measurement: {
            kind: "polar",
            rangeM: Math.hypot(ground, u - 10) + bias.rangeM + 5 * normal(),
            rangeSigmaM: 5,
            azimuthRad: Math.atan2(e, n) + bias.azimuthRad + 0.005 * normal(),
            azimuthSigmaRad: 0.005,
            elevationRad: Math.atan2(u - 10, ground) + bias.elevationRad + 0.008 * normal(),
            elevationSigmaRad: 0.008,
          },
        },
      ];
    });
    const verdictOf = (claim: string): ClaimVerdict | undefined => verdicts.get(claim);
    registrar.hear({ sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s + 100, detections: plots }, verdictOf);
    references.forEach(({ claim, truth, said = truth }, k) => {
      const at = s - 1 + 0.1 * (k % 5);
      const place = said(at).map((m, axis) => m + (errors[k]?.[axis] ?? 0) + normal()) as unknown as EnuM;
      const measurement = { kind: "position", posEnuM: place, horizontalSigmaM: 6, verticalSigmaM: 9 } as const;
      registrar.hear(
        { sensor: "rid", measuredMs: 1000 * at, receivedMs: 1000 * s, detections: [{ measurement, claim }] },
        verdictOf,
      );
    });
    registrar.advance(1000 * s);
  }
}

export const six = Array.from({ length: 6 }, (_, k): Reference => ({ claim: `serial:${k}`, truth: circling(k) }));
