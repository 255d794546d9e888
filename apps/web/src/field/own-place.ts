import type { ObserverPlace } from "./sighting.ts";

/** Where this phone is, and when it measured that. */
export type OwnPlace = ObserverPlace & { measuredMs: number };

/** How often the place is told anew, and how far one may walk before it is told at once. */
const TELL_EVERY_MS = 15_000;
const STEP_M = 15;
const METRES_PER_DEGREE = 111_320;
/** A phone knows no better than this. */
const BEST_SIGMA_M = 3;
const PERMISSION_DENIED = 1;

export type PlaceListener = Readonly<{
  placed(here: OwnPlace): void;
  /** Nobody may ask this phone any more. */
  denied(): void;
  /** Hands the place to the site: has it arrived? */
  send(here: OwnPlace): Promise<boolean>;
}>;

/**
 * Tells the site where the phone is until the answer is called. A phone at rest says nothing of itself, so it is asked by a timer; when
 * it does not know, the last place is told again with its true time.
 */
export function followPlace(geolocation: Geolocation, { placed, denied, send }: PlaceListener): () => void {
  let last: OwnPlace | undefined;
  let told: OwnPlace | undefined;

  const tell = (here: OwnPlace) =>
    void send(here).then((hasArrived) => {
      if (hasArrived) told = here;
    });
  const take = ({ coords, timestamp }: GeolocationPosition): OwnPlace => {
    const { latitude: latDeg, longitude: lonDeg, accuracy } = coords;
    last = { latDeg, lonDeg, sigmaM: Math.max(BEST_SIGMA_M, accuracy), measuredMs: timestamp };
    placed(last);
    return last;
  };

  const watching = geolocation.watchPosition(
    (position) => {
      const here = take(position);
      if (!told || here.measuredMs - told.measuredMs > TELL_EVERY_MS || metresBetween(told, here) > STEP_M) tell(here);
    },
    ({ code }) => {
      if (code !== PERMISSION_DENIED) return;
      stop();
      denied();
    },
    { enableHighAccuracy: true, maximumAge: 5000 },
  );
  const asking = setInterval(
    () =>
      geolocation.getCurrentPosition(
        (position) => tell(take(position)),
        () => last && tell(last),
        { enableHighAccuracy: true, maximumAge: 5000, timeout: 10_000 },
      ),
    TELL_EVERY_MS,
  );
  function stop(): void {
    geolocation.clearWatch(watching);
    clearInterval(asking);
  }
  return stop;
}

function metresBetween(a: ObserverPlace, b: ObserverPlace): number {
  const northM = (b.latDeg - a.latDeg) * METRES_PER_DEGREE;
  const eastM = (b.lonDeg - a.lonDeg) * METRES_PER_DEGREE * Math.cos((a.latDeg * Math.PI) / 180);
  return Math.hypot(northM, eastM);
}
