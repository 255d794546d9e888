import type { Sentence } from "./phrase-table.ts";

/** Words of the model as people say them. */
export const WORD_TABLE = {
  multirotor: { en: "multirotor", es: "multirrotor" },
  fixedWing: { en: "fixed wing", es: "ala fija" },
  bird: { en: "bird", es: "ave" },
  mannedAircraft: { en: "manned aircraft", es: "avión tripulado" },
  balloon: { en: "balloon", es: "globo" },
  other: { en: "other object", es: "otro objeto" },
  helicopter: { en: "helicopter", es: "helicóptero" },
  unsure: { en: "kind unsure", es: "tipo dudoso" },

  unknown: { en: "unknown", es: "desconocido" },
  neutral: { en: "neutral", es: "neutral" },
  friend: { en: "friend", es: "amigo" },
  suspect: { en: "suspect", es: "sospechoso" },

  watch: { en: "Watch", es: "Atento" },
  caution: { en: "Caution", es: "Precaución" },
  warning: { en: "Warning", es: "Peligro" },
  critical: { en: "Critical", es: "Crítico" },

  towardMe: { en: "coming closer", es: "acercándose" },
  awayFromMe: { en: "going away", es: "alejándose" },
  leftToRight: { en: "left to right", es: "de izquierda a derecha" },
  rightToLeft: { en: "right to left", es: "de derecha a izquierda" },
  hovering: { en: "hovering", es: "en vuelo estacionario" },

  live: { en: "live", es: "real" },
  exercise: { en: "exercise", es: "ejercicio" },
  simulated: { en: "simulated", es: "simulado" },
  replay: { en: "replay", es: "repetición" },
  test: { en: "test", es: "prueba" },

  approach: { en: "approaching", es: "acercándose" },
  loiter: { en: "loitering", es: "merodeando" },
  orbit: { en: "orbiting", es: "orbitando" },
  dive: { en: "diving", es: "en picado" },
  hover: { en: "hovering", es: "estacionario" },
  reconnaissance: { en: "reconnaissance", es: "reconocimiento" },
  swarm: { en: "swarm", es: "enjambre" },

  radar: { en: "radar", es: "radar" },
  directionFinder: { en: "direction finder", es: "radiogoniómetro" },
  acoustic: { en: "acoustic", es: "acústico" },
  camera: { en: "camera", es: "cámara" },
  remoteId: { en: "Remote ID", es: "Remote ID" },
  adsb: { en: "ADS-B", es: "ADS-B" },
  people: { en: "people", es: "personas" },

  watching: { en: "watching", es: "vigilando" },
  degraded: { en: "degraded", es: "degradado" },
  silent: { en: "silent", es: "en silencio" },
  neverHeard: { en: "never heard", es: "nunca oído" },

  working: { en: "working", es: "en marcha" },
  failing: { en: "FAILING", es: "FALLA" },
  starting: { en: "starting", es: "iniciando" },
  listening: { en: "listening", es: "a la escucha" },
  receiving: { en: "receiving", es: "recibiendo" },
  reconnecting: { en: "reconnecting", es: "reconectando" },
  failed: { en: "failed", es: "fallo" },
  ended: { en: "ended", es: "terminado" },
  recording: { en: "recording", es: "grabando" },
  stopped: { en: "stopped", es: "detenida" },

  genuine: { en: "genuine", es: "auténtico" },
  unconfirmed: { en: "unconfirmed", es: "sin confirmar" },
  contradicted: { en: "contradicted", es: "desmentido" },

  serial: { en: "serial", es: "serie" },
  registration: { en: "registration", es: "matrícula" },
  session: { en: "session", es: "sesión" },
  transmitter: { en: "radio address", es: "dirección de radio" },
  utm: { en: "UTM", es: "UTM" },
  icao: { en: "ICAO", es: "OACI" },
  callsign: { en: "call sign", es: "indicativo" },

  connected: { en: "connected", es: "conectado" },
  recently: { en: "heard recently", es: "oído hace poco" },
  safe: { en: "safe", es: "a salvo" },
  needHelp: { en: "NEEDS HELP", es: "NECESITA AYUDA" },

  active: { en: "in danger", es: "en peligro" },
  lostContact: { en: "LOST CONTACT", es: "CONTACTO PERDIDO" },
  allClear: { en: "all clear", es: "fin de alerta" },

  inside: { en: "inside", es: "dentro" },
  approaching: { en: "approaching", es: "acercándose" },
  outside: { en: "outside", es: "fuera" },

  protected: { en: "protected", es: "protegida" },
  watched: { en: "watched", es: "vigilada" },

  hae: { en: "above ellipsoid", es: "sobre elipsoide" },
  msl: { en: "above mean sea level", es: "sobre el nivel del mar" },
  agl: { en: "above ground", es: "sobre el suelo" },
  pressure: { en: "pressure altitude", es: "altitud de presión" },
  takeoff: { en: "above take-off", es: "sobre despegue" },

  zoneEntry: { en: "zone entry", es: "entrada en zona" },
  zoneApproach: { en: "zone approach", es: "aproximación" },
  personThreatened: { en: "person in danger", es: "persona en peligro" },
  possibleDrone: { en: "possible drone", es: "posible dron" },
  sighting: { en: "sighting", es: "avistamiento" },
  remoteIdContradicted: { en: "false Remote ID", es: "Remote ID falso" },
  sensorSilent: { en: "not watched", es: "sin vigilancia" },
  sensorTurned: { en: "sensor turned", es: "sensor girado" },
  clockBad: { en: "clock", es: "reloj" },
  recordingStopped: { en: "record", es: "grabación" },
  stateLost: { en: "restart", es: "reinicio" },
  personNeedsHelp: { en: "needs help", es: "necesita ayuda" },
} as const satisfies Readonly<Record<string, Sentence>>;

export type Word = keyof typeof WORD_TABLE;
