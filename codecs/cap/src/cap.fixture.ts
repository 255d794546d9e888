import type { CapAlert } from "./alert.ts";

/** An alert that uses every element of the standard. */
export const fullAlert: CapAlert = {
  identifier: "picket-site1-a7-12-3",
  sender: "picket@site1.example",
  sent: { unixMs: 1_767_323_045_000, offsetMin: -480 },
  status: "Exercise",
  msgType: "Update",
  source: "Picket, night watch",
  scope: "Restricted",
  restriction: "for the agencies of the corridor",
  addresses: ["watch@agency.example", "Tower San Ysidro"],
  codes: ["profile-1", "profile-2"],
  note: "drill & <nothing> but a drill",
  references: [
    { sender: "picket@site1.example", identifier: "picket-site1-a7-12-2", sent: { unixMs: 1_767_323_000_000, offsetMin: 0 } },
  ],
  incidents: ["a7", "night watch 3"],
  infos: [
    {
      language: "es-MX",
      categories: ["Security", "Safety"],
      event: "Aeronave no tripulada",
      responseTypes: ["Shelter", "Monitor"],
      urgency: "Immediate",
      severity: "Severe",
      certainty: "Observed",
      audience: "patrullas",
      eventCodes: [{ valueName: "SAME", value: "CEM" }],
      effective: { unixMs: 1_767_323_045_000, offsetMin: 0 },
      onset: { unixMs: 1_767_323_045_000, offsetMin: 330 },
      expires: { unixMs: 1_767_323_345_000, offsetMin: 0 },
      senderName: "Puesto 4",
      headline: "Dron al noreste, 800 m",
      description: "Primera línea\n  segunda línea, 🛩 y á",
      instruction: "Póngase a cubierto",
      web: "https://site1.example/a7",
      contact: "watch@site1.example",
      parameters: [{ valueName: "track", value: "t7-12" }],
      resources: [
        {
          resourceDesc: "picture",
          mimeType: "image/png",
          sizeOctets: 5120,
          uri: "https://site1.example/a7.png",
          derefUri: "iVBORw0KGgo=",
          digest: "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
        },
      ],
      areas: [
        {
          areaDesc: "Corridor, north side",
          polygons: [
            [
              { latDeg: 32.54, lonDeg: -117.03 },
              { latDeg: 32.55, lonDeg: -117.03 },
              { latDeg: 32.55, lonDeg: -117.02 },
              { latDeg: 32.54, lonDeg: -117.03 },
            ],
          ],
          circles: [{ centre: { latDeg: 32.5443, lonDeg: -117.0382 }, radiusKm: 0.8 }],
          geocodes: [{ valueName: "SAME", value: "006073" }],
          altitudeMslFt: 0,
          ceilingMslFt: 400.5,
        },
      ],
    },
  ],
  isSigned: false,
};

export const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The least document that is an alert, with one part put into the place of another. */
export const smallAlert = (from = "", to = ""): Uint8Array =>
  octetsOf(
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a1</identifier><sender>s@x</sender><sent>2026-01-02T03:04:05-00:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><category>Security</category><event>e</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><area><areaDesc>d</areaDesc></area></info></alert>`.replace(
      from,
      to,
    ),
  );
