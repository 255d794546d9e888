import type { Reality, Sentence } from "@picket/model";

/** What begins the name of everything that is not live, so that nobody takes it for something that happens. */
export const NAME_MARKS: Readonly<Record<Exclude<Reality, "live">, Sentence>> = {
  exercise: { en: "EXERCISE", es: "EJERCICIO" },
  simulated: { en: "SIMULATED", es: "SIMULADO" },
  replay: { en: "REPLAY", es: "REPETICIÓN" },
  test: { en: "TEST", es: "PRUEBA" },
};

/** The first sentence of every text about what is not live. */
export const TEXT_MARKS: Readonly<Record<Exclude<Reality, "live">, Sentence>> = {
  exercise: { en: "EXERCISE, NOT REAL.", es: "EJERCICIO, NO REAL." },
  simulated: { en: "SIMULATED, NOT REAL.", es: "SIMULADO, NO REAL." },
  replay: { en: "A RECORDING PLAYED AGAIN, NOT NOW.", es: "UNA GRABACIÓN REPETIDA, NO ES AHORA." },
  test: { en: "TEST, NOT REAL.", es: "PRUEBA, NO REAL." },
};

/** What is said to partners beside the sentences of the pipeline. Placeholders as in those. */
export const SHARE_WORDS = {
  aircraft: { en: "Aircraft {track}", es: "Aeronave {track}" },
  drone: { en: "Drone {track}", es: "Dron {track}" },
  possible: { en: "Possible drone {track}", es: "Posible dron {track}" },
  group: { en: "About {about} drones {track}", es: "Unos {about} drones {track}" },
  operator: { en: "Operator of {track}", es: "Operador de {track}" },
  trackOf: {
    en: "{site}, track {track}: {existence} sure that it is there.",
    es: "{site}, traza {track}: {existence} de certeza de que está ahí.",
  },
  groupOf: {
    en: "One of a group that sensors cannot tell apart: about {about} objects, at least {atLeast}.",
    es: "Uno de un grupo que los sensores no distinguen: unos {about} objetos, al menos {atLeast}.",
  },
  measured: { en: "Last measured {ageS} ago by {sensors}.", es: "Medida por última vez hace {ageS} por {sensors}." },
  placeDoubt: { en: "Place ± {placeM} (one sigma).", es: "Posición ± {placeM} (una sigma)." },
  height: { en: "Height {height} (two sigma).", es: "Altura {height} (dos sigmas)." },
  heightUnknown: { en: "Height not known.", es: "Altura desconocida." },
  likely: { en: "Most likely {objectClass} ({probability}).", es: "Lo más probable: {objectClass} ({probability})." },
  classUnknown: { en: "What it is, is not known.", es: "No se sabe qué es." },
  ownerUnknown: { en: "Whose it is, is not known.", es: "No se sabe de quién es." },
  ownWord: { en: "Not confirmed: only its own broadcast tells of it.", es: "Sin confirmar: solo lo dice su propia emisión." },
  notConfirmed: { en: "Not confirmed.", es: "Sin confirmar." },
  declaredNoMore: {
    en: "That {by} declared it {affiliation} counts no more.",
    es: "Que {by} la declarase {affiliation} ya no cuenta.",
  },
  declared: {
    en: "Declared {affiliation} by {by} at {at} ({confidence} sure).",
    es: "Declarada {affiliation} por {by} a las {at} ({confidence} de certeza).",
  },
  because: { en: "Reason given: {reason}.", es: "Motivo dado: {reason}." },
  identity: { en: "Broadcasts {identity} ({state}).", es: "Emite {identity} ({state})." },
  selfId: { en: "Says of itself: “{text}”.", es: "Dice de sí: «{text}»." },
  operatorId: { en: "Operator registration {text}.", es: "Registro de operador {text}." },
  operatorPlace: {
    en: "Place of the operator as the aircraft {track} broadcasts it. Not verified.",
    es: "Posición del operador según emite la aeronave {track}. Sin verificar.",
  },
  refuted: { en: "What would refute it: {reason}", es: "Lo desmentiría: {reason}" },
  notForEngagement: { en: "Not engagement quality.", es: "Sin calidad para actuar contra ella." },
  alertOf: { en: "{site}, alert {alert}, level {level}.", es: "{site}, alerta {alert}, nivel {level}." },
  alertTracks: { en: "Tracks: {tracks}.", es: "Trazas: {tracks}." },
  alertPlaceUnknown: { en: "Placed at the site: its own place is not known.", es: "Situada en el sitio: se desconoce su lugar." },
  alertOver: {
    en: "The alert no longer stands. That is no all-clear.",
    es: "La alerta ya no está en vigor. No es fin de peligro.",
  },
  person: {
    en: "{site}: a protected person, ± {sigmaM} (one sigma), {ageS} ago.",
    es: "{site}: persona protegida, ± {sigmaM} (una sigma), hace {ageS}.",
  },
  sensorOf: { en: "{site}, sensor {sensor}.", es: "{site}, sensor {sensor}." },
  sensorKind: { en: "Kind: {kind}.", es: "Tipo: {kind}." },
  sensorNotWatched: { en: "{sensor}: NOT WATCHED", es: "{sensor}: SIN VIGILANCIA" },
  sensorDeaf: { en: "{sensor}: NOT HEARD", es: "{sensor}: SIN SEÑAL" },
  sensorWatches: { en: "It works.", es: "Funciona." },
  sensorSilent: { en: "Silent for {ageS}.", es: "En silencio desde hace {ageS}." },
  sensorNeverHeard: { en: "Nothing was heard of it yet.", es: "Aún no se ha sabido nada de él." },
  sensorDegraded: { en: "It works badly: {detail}.", es: "Funciona mal: {detail}." },
  sensorClockBad: { en: "Its clock is wrong.", es: "Su reloj no es correcto." },
  notWatched: { en: "What it covers is NOT WATCHED.", es: "Lo que cubre está SIN VIGILANCIA." },
  sensorReach: {
    en: "Sees a small drone up to {rangeM} away, terrain not considered.",
    es: "Ve un dron pequeño hasta a {rangeM}, sin contar el terreno.",
  },
  sensorProvesNothing: {
    en: "Reaches {rangeM} at best; its silence proves nothing.",
    es: "Alcanza {rangeM} como máximo; su silencio no prueba nada.",
  },
  sensorMoves: { en: "It moves: this is where it was set up.", es: "Se mueve: aquí se instaló." },
  zoneOf: {
    en: "{site}, zone {zone} ({purpose}): alarms at level {level}.",
    es: "{site}, zona {zone} ({purpose}): alarma de nivel {level}.",
  },
  zoneFloor: { en: "From {heightM} {reference}.", es: "Desde {heightM} {reference}." },
  zoneCeiling: { en: "Up to {heightM} {reference}.", es: "Hasta {heightM} {reference}." },
  zoneSchedule: { en: "Not on at all hours.", es: "No está activa a todas horas." },
  zoneHoles: { en: "Holes in it, drawn dashed: {holes}.", es: "Huecos, a trazos: {holes}." },
  zoneHole: { en: "Not in {zone}", es: "Fuera de {zone}" },
  zoneHoleOf: { en: "{site}: no part of zone {zone}.", es: "{site}: no es parte de la zona {zone}." },
  zonePart: { en: "Only what lies near the site is drawn.", es: "Solo se dibuja lo cercano al sitio." },
  zoneDrawn: { en: "Drawn to within {offM}.", es: "Dibujada con error de hasta {offM}." },
  genuine: { en: "borne out by sensors", es: "confirmado por sensores" },
  unconfirmed: { en: "not borne out", es: "sin confirmar" },
  contradicted: { en: "contradicted by sensors", es: "desmentido por sensores" },
} as const satisfies Readonly<Record<string, Sentence>>;
export type ShareWord = keyof typeof SHARE_WORDS;
