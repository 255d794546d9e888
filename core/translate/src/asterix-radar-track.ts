import type { Items } from "@picket/asterix";
import { destination, radFromDeg, wrapTurnRad } from "@picket/geo";
import type { Detection, Height, Sensor } from "@picket/model";
import { flyableHeight } from "./asterix-height.ts";
import { identitiesOf } from "./asterix-plot.ts";
import { present } from "./present.ts";
import type { Refuse } from "./refuse.ts";
import type { TrueNorth } from "./true-north.ts";

const METRES_PER_NAUTICAL_MILE = 1852;
const METRES_PER_FOOT = 0.3048;
const METRES_PER_FLIGHT_LEVEL = 30.48;
const HEIGHT_SIGMA_M = 50;
const PRESSURE_SIGMA_M = 20;
const UNSAID_SPEED_SIGMA_MPS = 5;

/**
 * What a radar's own tracker holds (I048/042 and 200), as filtered: for a feed whose tracks are used and not its plots. `undefined` for a
 * track that ends or is a ghost, and for a report of none.
 */
export function radarTrackOf(items: Items<48>, sensor: Sensor, north: TrueNorth, refuse: Refuse): Detection | undefined {
  const { i042, i161, i170, i200, i210 } = items;
  if (!i161 || !i042) {
    refuse("not-used", "I048/042", "no track: this feed is configured to use tracks");
    return undefined;
  }
  if (i170?.tre === 1 || i170?.gho === 1) return undefined;
  if (!north.ok) {
    refuse("north-reference", "sensor", north.why);
    return undefined;
  }
  const { rangeSigmaM, azimuthSigmaDeg } = sensor;
  const awayM = Math.sqrt(i042.xNm * i042.xNm + i042.yNm * i042.yNm) * METRES_PER_NAUTICAL_MILE;
  const statedM = i210 && rootMeanSquare(i210.sigxNm, i210.sigyNm) * METRES_PER_NAUTICAL_MILE;
  const ownM = rangeSigmaM && azimuthSigmaDeg ? rootMeanSquare(rangeSigmaM, awayM * radFromDeg(azimuthSigmaDeg)) : undefined;
  const horizontalSigmaM = statedM || ownM;
  if (!horizontalSigmaM) {
    refuse("no-sigma", "I048/210", "the track states no quality, and no sigmas are configured for the sensor");
    return undefined;
  }
  const headingRad = i200 && radFromDeg(i200.hdgDeg) + north.offsetRad;
  const speedMps = (i200?.gspNmPerS ?? 0) * METRES_PER_NAUTICAL_MILE;
  const claims = identitiesOf(items);
  return {
    measurement: {
      kind: "position",
      ...destination(sensor, wrapTurnRad(Math.atan2(i042.xNm, i042.yNm) + north.offsetRad), awayM),
      horizontalSigmaM,
      ...present({
        height: heightOf(items),
        velocity:
          headingRad === undefined
            ? undefined
            : {
                eastMps: speedMps * Math.sin(headingRad),
                northMps: speedMps * Math.cos(headingRad),
                sigmaMps: (i210?.sigvNmPerS ?? 0) * METRES_PER_NAUTICAL_MILE || UNSAID_SPEED_SIGMA_MPS,
              },
      }),
    },
    emitter: "aircraft",
    ...present({ claims: claims.length > 0 ? claims : undefined }),
    filtered: true,
  };
}

const heightOf = ({ i090, i110 }: Items<48>): Height | undefined =>
  flyableHeight(i110 && i110.height3dFt * METRES_PER_FOOT, HEIGHT_SIGMA_M, "msl") ??
  flyableHeight(i090 && i090.fl * METRES_PER_FLIGHT_LEVEL, PRESSURE_SIGMA_M, "pressure");

const rootMeanSquare = (a: number, b: number): number => Math.sqrt((a * a + b * b) / 2);
