import type { Sentence } from "@picket/model";

/** What is said in warnings to the public and to agencies, beside the sentences of the pipeline. Placeholders as in those. */
export const DELIVER_WORDS = {
  event: { en: "Unmanned aircraft", es: "Aeronave no tripulada" },
  headline: { en: "{title} ({site})", es: "{title} ({site})" },
  place: { en: "Where it was last known to be", es: "Última posición conocida" },
  heard: { en: "Within hearing of the sensor", es: "Al alcance del sensor que lo oye" },
  wholeOf: { en: "{zone}, and what it surrounds", es: "{zone}, y lo que rodea" },
  rectangleOf: { en: "Rectangle around {zone}", es: "Rectángulo alrededor de {zone}" },
  partOf: { en: "{zone}, the part near the aircraft", es: "{zone}, la parte cercana a la aeronave" },
  tracks: { en: "About {count} drones.", es: "Unos {count} drones." },
  over: { en: "The alert no longer stands. That is no all-clear.", es: "La alerta ya no está en vigor. No es fin de peligro." },
  downed: { en: "Do not approach a downed drone.", es: "No se acerque a un dron caído." },
  source: {
    en: "Told by sensors of {site}; not engagement quality.",
    es: "Según los sensores de {site}; sin calidad para actuar contra ella.",
  },
} as const satisfies Readonly<Record<string, Sentence>>;
