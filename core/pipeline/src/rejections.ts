/** Inputs that could not be used, counted by stable code: nothing is swallowed. */
export type Rejections = Map<string, number>;

export const reject = (rejections: Rejections, code: RejectionCode, count = 1): void => {
  rejections.set(code, (rejections.get(code) ?? 0) + count);
};

/**
 * - `unknown-sensor`: a scan or report of a sensor that is not configured, or a range difference to one.
 * - `not-finite`, `absurd`, `too-late`: as the tracker says. `unusable-reference`: of whose places no bias can be worked out.
 * - `claim-limit`: a broadcast beyond the number of transmitters kept at once.
 * - `unknown-person`, `unknown-alert`, `unknown-warning`, `unknown-track`: a command that names what is not there.
 * - `stale-revision`: an acknowledgement of an alert that has since grown worse than what was on the screen.
 * - `shelf-too-long`: a shelving beyond eight hours. `zone-refused`: a shape that cannot be measured.
 * - `nothing-to-accept`: a command that accepts how a sensor stands, of one that has not turned, or of which
 *   nobody was heard lately that tells how it stands.
 * - `all-clear-refused`: a named person's all-clear while the rules do not allow one.
 */
export type RejectionCode =
  | "unknown-sensor"
  | "not-finite"
  | "absurd"
  | "too-late"
  | "unusable-reference"
  | "claim-limit"
  | "unknown-person"
  | "unknown-alert"
  | "unknown-warning"
  | "unknown-track"
  | "stale-revision"
  | "shelf-too-long"
  | "zone-refused"
  | "nothing-to-accept"
  | "all-clear-refused";
