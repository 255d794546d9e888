/** A moment to the second with the offset its sender wrote it in; 0 is written `-00:00`. */
export type CapTime = Readonly<{ unixMs: number; offsetMin: number }>;

export const STATUSES = ["Actual", "Exercise", "System", "Test", "Draft"] as const;
export const MESSAGE_TYPES = ["Alert", "Update", "Cancel", "Ack", "Error"] as const;
export const SCOPES = ["Public", "Restricted", "Private"] as const;
export const CATEGORIES = [
  "Geo",
  "Met",
  "Safety",
  "Security",
  "Rescue",
  "Fire",
  "Health",
  "Env",
  "Transport",
  "Infra",
  "CBRNE",
  "Other",
] as const;
export const RESPONSE_TYPES = [
  "Shelter",
  "Evacuate",
  "Prepare",
  "Execute",
  "Avoid",
  "Monitor",
  "Assess",
  "AllClear",
  "None",
] as const;
export const URGENCIES = ["Immediate", "Expected", "Future", "Past", "Unknown"] as const;
export const SEVERITIES = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"] as const;
export const CERTAINTIES = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"] as const;

/** Another alert, by what makes it unique. */
export type CapReference = Readonly<{ sender: string; identifier: string; sent: CapTime }>;

/** A pair of `valueName` and `value`: event codes, parameters and geocodes. */
export type NamedValue = Readonly<{ valueName: string; value: string }>;

/** Degrees of WGS-84. */
export type CapPoint = Readonly<{ latDeg: number; lonDeg: number }>;
export type CapCircle = Readonly<{ centre: CapPoint; radiusKm: number }>;

/** `polygons` are closed: the last point repeats the first. Heights are feet above mean sea level, as on the wire. */
export type CapArea = Readonly<{
  areaDesc: string;
  polygons: readonly (readonly CapPoint[])[];
  circles: readonly CapCircle[];
  geocodes: readonly NamedValue[];
  altitudeMslFt?: number;
  ceilingMslFt?: number;
}>;

/** A file that belongs to the alert. Nothing is fetched and `derefUri` is not decoded. */
export type CapResource = Readonly<{
  resourceDesc: string;
  mimeType: string;
  sizeOctets?: number;
  uri?: string;
  derefUri?: string;
  digest?: string;
}>;

/** What is said in one language. */
export type CapInfo = Readonly<{
  language: string;
  categories: readonly (typeof CATEGORIES)[number][];
  event: string;
  responseTypes: readonly (typeof RESPONSE_TYPES)[number][];
  urgency: (typeof URGENCIES)[number];
  severity: (typeof SEVERITIES)[number];
  certainty: (typeof CERTAINTIES)[number];
  audience?: string;
  eventCodes: readonly NamedValue[];
  effective?: CapTime;
  onset?: CapTime;
  expires?: CapTime;
  senderName?: string;
  headline?: string;
  description?: string;
  instruction?: string;
  web?: string;
  contact?: string;
  parameters: readonly NamedValue[];
  resources: readonly CapResource[];
  areas: readonly CapArea[];
}>;

/**
 * One CAP message.
 *
 * @source OASIS Common Alerting Protocol 1.2 (2010), section 3.2, data dictionary.
 */
export type CapAlert = Readonly<{
  identifier: string;
  sender: string;
  sent: CapTime;
  status: (typeof STATUSES)[number];
  msgType: (typeof MESSAGE_TYPES)[number];
  source?: string;
  scope: (typeof SCOPES)[number];
  restriction?: string;
  addresses: readonly string[];
  codes: readonly string[];
  note?: string;
  references: readonly CapReference[];
  incidents: readonly string[];
  infos: readonly CapInfo[];
  /** A signature came with it. This package verifies none. */
  isSigned: boolean;
}>;
