import type { CotElement, CotEvent } from "./event.ts";
import { housekeepingEvent } from "./housekeeping.ts";

/** How long an offer holds, and how long a client waits for the answer, in milliseconds. */
export const NEGOTIATION_TIMEOUT_MS = 60_000;
const VERSION = "1";
const OFFER = "t-x-takp-v";
const REQUEST = "t-x-takp-q";
const RESPONSE = "t-x-takp-r";

/**
 * Where one side of one connection stands. `xml`: write XML. `offered` (server): write XML, a request may come until `untilMs`.
 * `requested` (client): write nothing until the answer or `untilMs`; what comes in is still XML. `protobuf`: write streaming frames.
 * `failed` (client): no answer came, close the connection and begin anew without asking. Plain data, survives JSON.
 */
export type Negotiation = Readonly<{
  role: "client" | "server";
  phase: "xml" | "offered" | "requested" | "protobuf" | "failed";
  uid: string;
  untilMs: number;
}>;

/** A side's next state, and what it must send for it, as XML, before anything in the new phase. */
export type NegotiationStep = Readonly<{ negotiation: Negotiation; send?: CotEvent }>;

/**
 * Begins on a connection just opened: a server offers version 1 under `uid`, which must be one of its own for this connection; a client
 * waits for the offer.
 *
 * @source TAK protocol, streaming connections: negotiation.
 */
export function startNegotiation(role: Negotiation["role"], uid: string, nowMs: number): NegotiationStep {
  if (role === "client") return { negotiation: { role, phase: "xml", uid, untilMs: 0 } };
  const untilMs = nowMs + NEGOTIATION_TIMEOUT_MS;
  return {
    negotiation: { role, phase: "offered", uid, untilMs },
    send: control(OFFER, uid, nowMs, ["TakProtocolSupport", { version: VERSION }]),
  };
}

/**
 * Takes an event that came in. Answers the same state for all that is no part of the negotiation or comes out of turn; a request that
 * comes late or for another version is answered with no.
 */
export function negotiate(negotiation: Negotiation, event: CotEvent, nowMs: number): NegotiationStep {
  if (negotiation.role === "server") {
    const isRequest = event.type === REQUEST && negotiation.phase !== "protobuf";
    return isRequest ? answerRequest(negotiation, event, nowMs) : { negotiation };
  }
  if (event.type === OFFER && negotiation.phase === "xml" && offersVersion(event)) {
    const requested: Negotiation = {
      ...negotiation,
      phase: "requested",
      uid: event.uid,
      untilMs: nowMs + NEGOTIATION_TIMEOUT_MS,
    };
    return { negotiation: requested, send: control(REQUEST, event.uid, nowMs, ["TakRequest", { version: VERSION }]) };
  }
  if (event.type !== RESPONSE || negotiation.phase !== "requested") return { negotiation };
  const isAccepted = controls(event, "TakResponse").some(({ attributes }) => attributes["status"]?.toLowerCase() === "true");
  return { negotiation: { ...negotiation, phase: isAccepted ? "protobuf" : "xml", untilMs: 0 } };
}

/** Takes the passing of time: an offer nobody took up ends, a request nobody answered fails. */
export function expireNegotiation(negotiation: Negotiation, nowMs: number): Negotiation {
  if (nowMs < negotiation.untilMs) return negotiation;
  if (negotiation.phase === "offered") return { ...negotiation, phase: "xml", untilMs: 0 };
  return negotiation.phase === "requested" ? { ...negotiation, phase: "failed", untilMs: 0 } : negotiation;
}

function answerRequest(negotiation: Negotiation, event: CotEvent, nowMs: number): NegotiationStep {
  const wanted = controls(event, "TakRequest").some(({ attributes }) => attributes["version"] === VERSION);
  const isAccepted = wanted && negotiation.phase === "offered" && nowMs < negotiation.untilMs;
  const next: Negotiation = isAccepted ? { ...negotiation, phase: "protobuf", untilMs: 0 } : negotiation;
  return { negotiation: next, send: control(RESPONSE, event.uid, nowMs, ["TakResponse", { status: String(isAccepted) }]) };
}

const offersVersion = (event: CotEvent): boolean =>
  controls(event, "TakProtocolSupport").some(({ attributes }) => attributes["version"] === VERSION);

/** The elements of a name inside the TakControl of an event. */
const controls = (event: CotEvent, name: string): readonly CotElement[] =>
  event.detail
    .filter((element) => element.name === "TakControl")
    .flatMap(
      ({ children }) => children.filter((child) => typeof child !== "string" && child.name === name) as readonly CotElement[],
    );

function control(
  type: string,
  uid: string,
  nowMs: number,
  [name, attributes]: readonly [string, Readonly<Record<string, string>>],
): CotEvent {
  const inner: CotElement = { name, attributes, children: [] };
  const detail = [{ name: "TakControl", attributes: {}, children: [inner] }];
  return housekeepingEvent({ type, uid, nowMs, staleMs: nowMs + NEGOTIATION_TIMEOUT_MS, detail });
}
