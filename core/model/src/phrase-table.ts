import type { Language } from "./person.ts";

/** A sentence in every language. A language that is left out does not compile. */
export type Sentence = Readonly<Record<Language, string>>;

/**
 * The sentences of the pipeline, by code. `{name}` stands for a parameter; how it is shown follows from its name (`…M` a distance,
 * `…S` a time, `…Deg` a bearing, `…Mps` a speed, `probability` a share, a word of the model translated). A test
 * compares this table with the pipeline's own, code by code and parameter by parameter.
 */
export const PHRASE_TABLE = {
  "alert.zoneEntry": { en: "Drone inside {zone}", es: "Dron dentro de {zone}" },
  "alert.zoneEntrySome": {
    en: "{inside} of about {about} drones inside {zone}",
    es: "{inside} de unos {about} drones dentro de {zone}",
  },
  "alert.zoneEntryMany": {
    en: "About {about} drones inside {zone} (at least {atLeast})",
    es: "Unos {about} drones dentro de {zone} (al menos {atLeast})",
  },
  "alert.zoneApproach": { en: "Drone approaching {zone}", es: "Dron acercándose a {zone}" },
  "alert.zoneApproachMany": {
    en: "About {about} drones approaching {zone} (at least {atLeast})",
    es: "Unos {about} drones acercándose a {zone} (al menos {atLeast})",
  },
  "alert.personThreatened": { en: "{person} in danger: drone closing", es: "{person} en peligro: dron acercándose" },
  "alert.personThreatenedMany": {
    en: "{person} in danger: about {about} drones closing (at least {atLeast})",
    es: "{person} en peligro: unos {about} drones acercándose (al menos {atLeast})",
  },
  "alert.possibleDrone": { en: "Possible drone towards {person}", es: "Posible dron hacia {person}" },
  "alert.possibleDroneZone": { en: "Possible drone towards {zone}", es: "Posible dron hacia {zone}" },
  "alert.heardUnplaced": { en: "Heard by {sensor}, place unknown", es: "Oído por {sensor}, lugar desconocido" },
  "alert.sighting": { en: "{by} reports a sighting ({count})", es: "{by} informa de un avistamiento ({count})" },
  "alert.sightingBearing": {
    en: "{by} reports a sighting ({count}) towards {bearingDeg}",
    es: "{by} informa de un avistamiento ({count}) hacia {bearingDeg}",
  },
  "alert.sightingMany": {
    en: "{reports} sighting reports (about {count} objects)",
    es: "{reports} avistamientos informados (unos {count} objetos)",
  },
  "alert.remoteIdContradicted": {
    en: "Remote ID {identity} contradicted by sensors",
    es: "Remote ID {identity} desmentido por los sensores",
  },
  "alert.remoteIdContradictedMany": {
    en: "{count} Remote IDs contradicted by sensors",
    es: "{count} Remote ID desmentidos por los sensores",
  },
  "alert.sensorSilent": { en: "NOT WATCHED: {sensor} is silent", es: "SIN VIGILANCIA: {sensor} en silencio" },
  "alert.sensorNeverHeard": { en: "NOT WATCHED: {sensor} never heard", es: "SIN VIGILANCIA: {sensor} nunca oído" },
  "alert.sensorFailed": { en: "NOT WATCHED: {sensor} reports a fault", es: "SIN VIGILANCIA: {sensor} informa de un fallo" },
  "alert.clockBad": { en: "Clock of {sensor} is wrong", es: "Reloj de {sensor} incorrecto" },
  "alert.sensorTurned": {
    en: "{sensor} is misaligned: what it shows is in the wrong place",
    es: "{sensor} está desalineado: lo que muestra está fuera de lugar",
  },
  "alert.sensorLost": {
    en: "{sensor} may be misaligned: what it shows may be in the wrong place",
    es: "{sensor} puede estar desalineado: lo que muestra puede estar fuera de lugar",
  },
  "alert.ownClockBad": { en: "The clock of this site is wrong", es: "El reloj de este sitio está mal" },
  "alert.recordingStopped": { en: "Recording has stopped", es: "La grabación se ha detenido" },
  "alert.recordDamaged": { en: "The record is damaged", es: "La grabación está dañada" },
  "alert.stateLost": { en: "Restarted without all that stood before", es: "Reiniciado sin todo lo que había antes" },
  "alert.personNeedsHelp": { en: "{person} needs help", es: "{person} necesita ayuda" },

  "reason.insideZone": { en: "It is inside {zone}.", es: "Está dentro de {zone}." },
  "reason.heightUndecided": {
    en: "Its height against {zone} cannot be decided, so it counts as inside.",
    es: "No se puede decidir su altura respecto a {zone}; cuenta como dentro.",
  },
  "reason.entersZone": {
    en: "Predicted to enter {zone} in {entryS} ({probability} likely).",
    es: "Se prevé que entre en {zone} en {entryS} (probabilidad {probability}).",
  },
  "reason.reachesPerson": {
    en: "Predicted to pass {closestM} from {person} in {arrivalS} ({probability} likely).",
    es: "Se prevé que pase a {closestM} de {person} en {arrivalS} (probabilidad {probability}).",
  },
  "reason.overPerson": { en: "It is {distanceM} from {person}.", es: "Está a {distanceM} de {person}." },
  "reason.placeOld": { en: "The place of {person} is {ageS} old.", es: "La posición de {person} es de hace {ageS}." },
  "reason.notConfirmed": {
    en: "Not confirmed yet: {existence} sure that something is there.",
    es: "Aún sin confirmar: {existence} de certeza de que hay algo.",
  },
  "reason.byOwnWord": {
    en: "Known only by its own broadcast: no sensor has confirmed it, and none denies that it is there.",
    es: "Solo se conoce por su propia emisión: ningún sensor la ha confirmado ni niega que esté ahí.",
  },
  "reason.saysGrounded": {
    en: "It says that it stands on the ground; no sensor has confirmed that.",
    es: "Dice que está en el suelo; ningún sensor lo ha confirmado.",
  },
  "reason.saysAircraft": {
    en: "It says that it is aircraft {identity}, and flies as low and slowly as a drone.",
    es: "Dice ser la aeronave {identity} y vuela tan bajo y lento como un dron.",
  },
  "reason.declarationDoubted": {
    en: "It has flown beside another: what {by} declared may be true of that one. Check it in again.",
    es: "Ha volado junto a otra: lo que declaró {by} puede corresponder a aquella. Vuelva a identificarla.",
  },
  "reason.diving": {
    en: "It is diving: {descentMps} down at {speedMps}.",
    es: "Está en picado: desciende a {descentMps}, velocidad {speedMps}.",
  },
  "reason.hovering": { en: "It has hovered for {forS}.", es: "Lleva {forS} en vuelo estacionario." },
  "reason.loitering": {
    en: "It has loitered within {radiusM} for {forS}.",
    es: "Merodea en un radio de {radiusM} desde hace {forS}.",
  },
  "reason.orbiting": { en: "It is orbiting at {radiusM}, {turns} turns.", es: "Orbita a {radiusM}, {turns} vueltas." },
  "reason.reconnaissance": {
    en: "It is flying along {zone} ({lengthM}): reconnaissance pattern.",
    es: "Vuela a lo largo de {zone} ({lengthM}): patrón de reconocimiento.",
  },
  "reason.swarm": {
    en: "It is one of about {about} that move together (at least {atLeast}).",
    es: "Es uno de unos {about} que se mueven juntos (al menos {atLeast}).",
  },
  "reason.likelyClass": {
    en: "Most likely a {objectClass} ({probability}).",
    es: "Lo más probable: {objectClass} ({probability}).",
  },
  "reason.declaredClass": {
    en: "{by} declared it a {objectClass} ({confidence} sure).",
    es: "{by} lo declaró {objectClass} ({confidence} de certeza).",
  },
  "reason.declaredAffiliation": {
    en: "{by} declared it {affiliation} ({confidence} sure).",
    es: "{by} lo declaró {affiliation} ({confidence} de certeza).",
  },
  "reason.identityContradicted": {
    en: "It broadcasts {identity}, which the sensors contradict.",
    es: "Emite {identity}, que los sensores desmienten.",
  },
  "reason.authorisedNotCheckedIn": {
    en: "Seems to be the authorised flight of {holder}; a serial can be copied, and nobody has checked this flight in.",
    es: "Parece el vuelo autorizado de {holder}; un número de serie puede copiarse y nadie ha registrado este vuelo.",
  },
  "reason.authorisedUnbound": {
    en: "{holder} may fly here, but this aircraft's identity is not bound to that permission.",
    es: "{holder} puede volar aquí, pero la identidad de esta aeronave no está vinculada a ese permiso.",
  },
  "reason.authorisedOutsideArea": { en: "Outside the area permitted to {holder}.", es: "Fuera del área permitida a {holder}." },
  "reason.authorisedOutsideTime": {
    en: "Outside the time permitted to {holder}.",
    es: "Fuera del horario permitido a {holder}.",
  },
  "reason.authorisedTooHigh": {
    en: "Above the ceiling permitted to {holder}.",
    es: "Por encima del techo permitido a {holder}.",
  },
  "reason.authorisedHeightUnknown": {
    en: "Height unknown, so the ceiling permitted to {holder} cannot be checked.",
    es: "Altura desconocida: no se puede comprobar el techo permitido a {holder}.",
  },
  "reason.twoBearers": {
    en: "Two aircraft broadcast {identity}: neither is taken for a friend.",
    es: "Dos aeronaves emiten {identity}: ninguna se toma por amiga.",
  },
  "reason.lostContact": {
    en: "LOST CONTACT: last seen {lastSeenS} ago. This is no all-clear.",
    es: "CONTACTO PERDIDO: visto por última vez hace {lastSeenS}. No es fin de alerta.",
  },
  "reason.restart": {
    en: "Picket was restarted: what was seen before is not shown as live.",
    es: "Picket se reinició: lo visto antes no se muestra como actual.",
  },
  "reason.warningOpen": { en: "{person}'s warning is still open.", es: "El aviso de {person} sigue abierto." },
  "reason.warningUnseen": {
    en: "{person} has not confirmed the warning for {waitedS}: reach them another way.",
    es: "{person} no ha confirmado el aviso en {waitedS}: use otra vía.",
  },
  "reason.alarmFlood": {
    en: "Alarm flood: {inTenMinutes} alerts in ten minutes.",
    es: "Avalancha de alarmas: {inTenMinutes} alertas en diez minutos.",
  },
  "reason.outOfService": { en: "Taken out of service.", es: "Fuera de servicio." },
  "reason.sighted": {
    en: "{by}, {agoS} ago: {count} seen, {looks}, {moving}.",
    es: "{by}, hace {agoS}: {count} a la vista, {looks}, {moving}.",
  },
  "reason.sightingNote": { en: "{by}: “{note}”", es: "{by}: «{note}»" },
  "reason.heardWithin": { en: "{sensor} hears something within {radiusM}.", es: "{sensor} oye algo a menos de {radiusM}." },
  "reason.heardBearing": { en: "{sensor} hears something towards {bearingDeg}.", es: "{sensor} oye algo hacia {bearingDeg}." },
  "reason.heardAroundPerson": { en: "{person} is within that ring.", es: "{person} está dentro de ese círculo." },
  "reason.heardAroundZone": { en: "{zone} is within that ring.", es: "{zone} está dentro de ese círculo." },
  "reason.sensorSilent": { en: "{sensor} has said nothing for {silentS}.", es: "{sensor} no dice nada desde hace {silentS}." },
  "reason.sensorNeverHeard": {
    en: "Nothing heard from {sensor} since start, {waitedS} ago.",
    es: "Nada de {sensor} desde el inicio, hace {waitedS}.",
  },
  "reason.sensorFailed": { en: "{sensor} reports a fault: {detail}", es: "{sensor} informa de un fallo: {detail}" },
  "reason.sensorTurned": {
    en: "{references} aircraft that say where they are agree: {sensor} is off by {offDeg} and {offM}.",
    es: "{references} aeronaves que dicen dónde están coinciden: {sensor} se desvía {offDeg} y {offM}.",
  },
  "reason.sensorLost": {
    en: "{missing} aircraft in view of {sensor} say where they are, and it sees none of them there.",
    es: "{missing} aeronaves a la vista de {sensor} dicen dónde están, y no ve ninguna allí.",
  },
  "reason.clockAhead": { en: "{sensor}'s clock runs {offsetS} ahead.", es: "El reloj de {sensor} adelanta {offsetS}." },
  "reason.takenAsArrived": {
    en: "What it sees is taken as of when it arrives.",
    es: "Lo que ve se toma como del momento en que llega.",
  },
  "reason.clockBehind": { en: "{sensor}'s clock runs {offsetS} behind.", es: "El reloj de {sensor} atrasa {offsetS}." },
  "reason.ownClock": {
    en: "The site's own clock is {aheadS} off from all its sensors.",
    es: "El reloj del propio sitio difiere {aheadS} de todos sus sensores.",
  },
  "reason.ownClockSetBack": {
    en: "Before the last start the site's clock was {backS} ahead of where it is now. Times recorded then are wrong, or those of now are.",
    es: "Antes del último inicio el reloj del sitio iba {backS} por delante de ahora. Las horas registradas entonces, o las de ahora, no son correctas.",
  },
  "reason.recordingStopped": {
    en: "Nothing is being written to the record. Alerts go on.",
    es: "No se está grabando nada. Las alertas continúan.",
  },
  "reason.recordDamaged": {
    en: "The check at the start found: {finding}. Recording goes on; keep a copy of the data directory and find out why.",
    es: "La comprobación inicial encontró: {finding}. La grabación continúa; conserve una copia del directorio de datos y averigüe la causa.",
  },
  "reason.stateLostNewest": {
    en: "What came in the last seconds before the start could not be decided again. Check the zones and who was warned.",
    es: "Lo recibido en los últimos segundos antes del inicio no pudo decidirse de nuevo. Revise las zonas y quién fue avisado.",
  },
  "reason.stateLostDecisions": {
    en: "Another version was running: zones and authorisations are kept, open alerts and warnings are not.",
    es: "Funcionaba otra versión: se conservan zonas y autorizaciones, no las alertas ni los avisos abiertos.",
  },
  "reason.stateLostAll": {
    en: "Nothing from before the start could be read: zones that were drawn and open alerts and warnings are gone.",
    es: "No se pudo leer nada anterior al inicio: se perdieron las zonas dibujadas y las alertas y avisos abiertos.",
  },
  "reason.needsHelp": { en: "{person} pressed NEED HELP.", es: "{person} pulsó NECESITO AYUDA." },

  "closed.returned": { en: "Closed: it left and stayed away.", es: "Cerrada: salió y no volvió." },
  "closed.volumeWatched": {
    en: "Closed: the volume was watched for {watchedS} and nothing was there.",
    es: "Cerrada: el volumen se vigiló {watchedS} y no había nada.",
  },
  "closed.lostContactExpired": {
    en: "Closed: no contact for {afterS}. Nobody saw it leave.",
    es: "Cerrada: sin contacto durante {afterS}. Nadie lo vio irse.",
  },
  "closed.unownedExpired": { en: "Closed: nobody took it in {afterH} h.", es: "Cerrada: nadie la atendió en {afterH} h." },
  "closed.outOfService": { en: "Closed: out of service.", es: "Cerrada: fuera de servicio." },
  "closed.bounded": { en: "Closed: more than {limit} alerts were open.", es: "Cerrada: había más de {limit} alertas abiertas." },

  "refute.leavesZone": { en: "It is seen leaving {zone}.", es: "Que se le vea salir de {zone}." },
  "refute.turnsAway": { en: "It turns away.", es: "Que cambie de rumbo y se aleje." },
  "refute.heightMeasured": {
    en: "A measured height above or below {zone}.",
    es: "Una altura medida por encima o por debajo de {zone}.",
  },
  "refute.classedHarmless": {
    en: "A sensor or a person finds it a bird, a balloon or a manned aircraft.",
    es: "Que un sensor o una persona lo identifique como ave, globo o avión tripulado.",
  },
  "refute.friendBound": {
    en: "A named person checks {identity} in for this flight.",
    es: "Que una persona con nombre registre a {identity} para este vuelo.",
  },
  "refute.seenNoMore": { en: "Sensors that would see it see nothing.", es: "Que los sensores que lo verían no vean nada." },
  "refute.objectAtClaim": {
    en: "A sensor sees an object where {identity} claims to be.",
    es: "Que un sensor vea un objeto donde {identity} dice estar.",
  },
  "refute.sensorHeard": { en: "{sensor} is heard again.", es: "Que {sensor} se vuelva a oír." },
  "refute.sensorWorks": { en: "{sensor} reports that it works again.", es: "Que {sensor} informe de que vuelve a funcionar." },
  "refute.sensorFindsThem": {
    en: "Somebody checks how {sensor} points, and it sees them again where they say they are.",
    es: "Que alguien revise hacia dónde apunta {sensor}, y vuelva a verlas donde dicen estar.",
  },
  "refute.sensorAccepted": {
    en: "Somebody checks how {sensor} points now and accepts it under Health.",
    es: "Que alguien revise hacia dónde apunta {sensor} ahora y lo acepte en Estado.",
  },
  "refute.clockAgrees": { en: "{sensor}'s clock agrees again.", es: "Que el reloj de {sensor} vuelva a coincidir." },
  "refute.ownClockSteps": {
    en: "The site's clock steps back to its sensors' time.",
    es: "Que el reloj del sitio vuelva a la hora de sus sensores.",
  },
  "refute.watchedBySensor": {
    en: "A sensor watches the place and sees nothing.",
    es: "Que un sensor vigile el lugar y no vea nada.",
  },
  "refute.recordingResumes": { en: "Recording resumes.", es: "Que se reanude la grabación." },
  "refute.personSafe": { en: "{person} reports being safe.", es: "Que {person} informe de que está a salvo." },

  "truth.sensorAgrees": { en: "{sensor} sees it there ({looks} looks).", es: "{sensor} lo ve ahí ({looks} barridos)." },
  "truth.sensorMisses": {
    en: "{sensor} sees nothing there in {looks} looks; it would have with {probability}.",
    es: "{sensor} no ve nada ahí en {looks} barridos; lo habría visto con {probability}.",
  },
  "truth.sensorTurned": {
    en: "{sensor} may have turned: what it sees elsewhere may be this one.",
    es: "Puede que {sensor} haya girado: lo que ve en otro sitio puede ser este.",
  },
  "truth.bearingAgrees": {
    en: "{sensor}'s bearing agrees ({offDeg} off).",
    es: "La marcación de {sensor} coincide (a {offDeg}).",
  },
  "truth.bearingDisagrees": { en: "{sensor}'s bearing is {offDeg} off.", es: "La marcación de {sensor} difiere {offDeg}." },
  "truth.receiverTooFar": {
    en: "{sensor} heard it from a claimed {distanceM}: farther than it can hear.",
    es: "{sensor} lo oyó desde {distanceM} declarados: más lejos de lo que puede oír.",
  },
  "truth.impossibleSpeed": {
    en: "The claimed positions would need {speedMps}.",
    es: "Las posiciones declaradas exigirían {speedMps}.",
  },
  "truth.twoPlaces": { en: "It claims two places {separationM} apart.", es: "Declara dos lugares separados {separationM}." },
  "truth.companion": {
    en: "Another object keeps {offsetM} from the claimed place for {forS}.",
    es: "Otro objeto se mantiene a {offsetM} del lugar declarado desde hace {forS}.",
  },
  "truth.clockOff": { en: "Its clock is {offsetS} off.", es: "Su reloj difiere {offsetS}." },
  "truth.notCorroborated": {
    en: "No other sensor speaks for or against it.",
    es: "Ningún otro sensor lo confirma ni lo desmiente.",
  },
  "truth.noPosition": { en: "It broadcasts no position.", es: "No emite posición." },

  "advice.possible": {
    en: "Possible drone. Look up, stay near cover.",
    es: "Posible dron. Mire arriba, quédese cerca de un refugio.",
  },
  "advice.beReady": { en: "Be ready to take cover.", es: "Prepárese para ponerse a cubierto." },
  "advice.takeCover": { en: "Take cover.", es: "Póngase a cubierto." },
  "advice.takeCoverNow": { en: "TAKE COVER NOW.", es: "A CUBIERTO YA." },
  "advice.lostContact": {
    en: "LOST CONTACT: stay sheltered. This is not an all-clear.",
    es: "CONTACTO PERDIDO: siga a cubierto. No es fin de alerta.",
  },
  "advice.allClear": {
    en: "All clear, air only. Do not approach a downed drone.",
    es: "Fin de alerta, solo aire. No se acerque a un dron caído.",
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export type PhraseCode = keyof typeof PHRASE_TABLE;
