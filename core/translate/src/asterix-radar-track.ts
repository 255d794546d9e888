import type { Items } from "@picket/asterix";
import { destination, radFromDeg, wrapTurnRad } from "@picket/geo";
import type { Detection, Height, Sensor } from "@picket/model";
import { flyableHeight } from "./asterix-height.ts";
import { identitiesOf } from "./asterix-plot.ts";
import { type HorizontalErrors, horizontalErrors } from "./horizontal-errors.ts";
import { present } from "./present.ts";
import type { Refuse } from "./refuse.ts";
import type { TrueNorth } from "./true-north.ts";

const METRES_PER_NAUTICAL_MILE = 1852;
const METRES_PER_FOOT = 0.3048;
const METRES_PER_FLIGHT_LEVEL = 30.48;
const HEIGHT_SIGMA_M = 50;
const PRESSURE_SIGMA_M = 20;
const UNSAID_SPEED_SIGMA_MPS = 5;
/** I048/210: sigma X and Y. */
const ERROR_UNIT_M = METRES_PER_NAUTICAL_MILE / 128;

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
  const awayM = Math.sqrt(i042.xNm * i042.xNm + i042.yNm * i042.yNm) * METRES_PER_NAUTICAL_MILE;
  const azimuthRad = wrapTurnRad(Math.atan2(i042.xNm, i042.yNm) + north.offsetRad);
  const errors = statedErrors(items, north.offsetRad, refuse) ?? sensorErrors(sensor, awayM, azimuthRad, refuse);
  if (!errors) {
    refuse("no-sigma", "I048/210", "the track states no quality, and no sigmas are configured for the sensor");
    return undefined;
  }
  const headingRad = i200 && radFromDeg(i200.hdgDeg) + north.offsetRad;
  const speedMps = (i200?.gspNmPerS ?? 0) * METRES_PER_NAUTICAL_MILE;
  const claims = identitiesOf(items);
  return {
    measurement: {
      kind: "position",
      ...destination(sensor, azimuthRad, awayM),
      ...errors,
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

/** Along the axes of the radar's own plane. */
const statedErrors = ({ i210 }: Items<48>, yAxisRad: number, refuse: Refuse): HorizontalErrors | undefined =>
  i210 &&
  horizontalErrors(
    {
      xM: i210.sigxNm * METRES_PER_NAUTICAL_MILE,
      yM: i210.sigyNm * METRES_PER_NAUTICAL_MILE,
      yAxisRad,
      unitM: ERROR_UNIT_M,
    },
    refuse,
  );

/** Along and across the line of sight. */
const sensorErrors = (
  { rangeSigmaM, azimuthSigmaDeg }: Sensor,
  awayM: number,
  yAxisRad: number,
  refuse: Refuse,
): HorizontalErrors | undefined =>
  rangeSigmaM && azimuthSigmaDeg
    ? horizontalErrors({ xM: awayM * radFromDeg(azimuthSigmaDeg), yM: rangeSigmaM, yAxisRad }, refuse)
    : undefined;

const heightOf = ({ i090, i110 }: Items<48>): Height | undefined =>
  flyableHeight(i110 && i110.height3dFt * METRES_PER_FOOT, HEIGHT_SIGMA_M, "msl") ??
  flyableHeight(i090 && i090.fl * METRES_PER_FLIGHT_LEVEL, PRESSURE_SIGMA_M, "pressure");
