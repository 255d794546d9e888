/** An accuracy stated as the radius that holds 95 % has, for two equal axes, so many standard deviations: √(−2 ln 0.05). */
export const SIGMAS_IN_95_RADIUS = 2.4477;
/** An accuracy stated as the half-width that holds 95 % has so many. */
export const SIGMAS_IN_95_WIDTH = 1.96;
