import { wrapTurnRad } from "./angle.ts";
import { enuBetweenInto, type LocalFrame } from "./local-frame.ts";
import type { EnuM, Triple } from "./wgs84.ts";

/** A direction and slant range in a sensor's own ENU: azimuth clockwise from true north, elevation up from its horizontal plane. */
export type Polar = Readonly<{ rangeM: number; azimuthRad: number; elevationRad: number }>;

/** Polar to the same frame's ENU metres. */
export function enuFromPolar({ rangeM, azimuthRad, elevationRad }: Polar): EnuM {
  const out: [number, number, number] = [0, 0, 0];
  enuFromPolarInto(rangeM, azimuthRad, elevationRad, out);
  return out;
}

/** ENU metres to polar; azimuth is in [0, 2π) and is 0 straight up or down and at the origin. */
export function polarFromEnu([eastM, northM, upM]: EnuM): Polar {
  const groundM = Math.sqrt(eastM * eastM + northM * northM);
  return {
    rangeM: Math.sqrt(groundM * groundM + upM * upM),
    azimuthRad: wrapTurnRad(Math.atan2(eastM, northM)),
    elevationRad: Math.atan2(upM, groundM),
  };
}

/** Where a sensor's polar measurement lies in the site's ENU: resolved in the sensor's own ENU, then taken through ECEF. */
export function siteEnuFromPolar(sensor: LocalFrame, { rangeM, azimuthRad, elevationRad }: Polar, site: LocalFrame): EnuM {
  const own: [number, number, number] = [0, 0, 0];
  enuFromPolarInto(rangeM, azimuthRad, elevationRad, own);
  enuBetweenInto(sensor, site, own, own);
  return own;
}

/** Writes [east, north, up] in metres. Allocates nothing. */
export function enuFromPolarInto(rangeM: number, azimuthRad: number, elevationRad: number, outEnuM: Triple): void {
  const groundM = rangeM * Math.cos(elevationRad);
  outEnuM[0] = groundM * Math.sin(azimuthRad);
  outEnuM[1] = groundM * Math.cos(azimuthRad);
  outEnuM[2] = rangeM * Math.sin(elevationRad);
}
