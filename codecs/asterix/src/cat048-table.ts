import { code, hex, ia5, octal, signed, spare, unsigned } from "./field.ts";
import { category, chained, compound, expansion, extended, group, item, part, repetitive, specialPurpose } from "./table.ts";

/**
 * Monoradar Target Reports.
 *
 * @source EUROCONTROL ASTERIX category 048, edition 1.32, 2024-07-01; expansion field: edition 1.13, 2024-12-01.
 */
export const CAT048_1_32 = category(48, "1.32", "Monoradar Target Reports", {
  i010: item(1, "Data Source Identifier", group(code("sac", 8), code("sic", 8))),
  i140: item(2, "Time of Day", unsigned("timeOfDayS", 24, 1 / 128, [0, 86400])),
  i020: item(
    3,
    "Target Report Descriptor",
    extended(
      [
        code("typ", 3, {
          0: "No detection",
          1: "Single PSR detection",
          2: "Single SSR detection",
          3: "SSR + PSR detection",
          4: "Single ModeS All-Call",
          5: "Single ModeS Roll-Call",
          6: "ModeS All-Call + PSR",
          7: "ModeS Roll-Call +PSR",
        }),
        code("sim", 1, { 0: "Actual target report", 1: "Simulated target report" }),
        code("rdp", 1, { 0: "Report from RDP Chain 1", 1: "Report from RDP Chain 2" }),
        code("spi", 1, { 0: "Absence of SPI", 1: "Special Position Identification" }),
        code("rab", 1, { 0: "Report from aircraft transponder", 1: "Report from field monitor (fixed transponder)" }),
      ],
      [
        code("tst", 1, { 0: "Real target report", 1: "Test target report" }),
        code("err", 1, { 0: "No Extended Range", 1: "Extended Range present" }),
        code("xpp", 1, { 0: "No X-Pulse present", 1: "X-Pulse present" }),
        code("me", 1, { 0: "No military emergency", 1: "Military emergency" }),
        code("mi", 1, { 0: "No military identification", 1: "Military identification" }),
        code("foefri", 2, { 0: "No Mode 4 interrogation", 1: "Friendly target", 2: "Unknown target", 3: "No reply" }),
      ],
      [
        code("adsbEp", 1, { 0: "ADSB not populated", 1: "ADSB populated" }),
        code("adsbVal", 1, { 0: "Not available", 1: "Available" }),
        code("scnEp", 1, { 0: "SCN not populated", 1: "SCN populated" }),
        code("scnVal", 1, { 0: "Not available", 1: "Available" }),
        code("paiEp", 1, { 0: "PAI not populated", 1: "PAI populated" }),
        code("paiVal", 1, { 0: "Not available", 1: "Available" }),
        spare(1),
      ],
      [
        code("acasxvEp", 1, { 0: "ACASXV not populated", 1: "ACASXV populated" }),
        code("acasxvVal", 4, { 0: "Non-Extended Version", 1: "ACAS Xa Version 1", 2: "ACAS Xu Version 1" }),
        code("poxprEp", 1, { 0: "POXPR not populated", 1: "POXPR populated" }),
        code("poxprVal", 1, { 0: "PO not supported (PPM only)", 1: "PO supported" }),
      ],
      [
        code("poactEp", 1, { 0: "POACT not populated", 1: "POACT populated" }),
        code("poactVal", 1, { 0: "PO not active", 1: "PO active" }),
        code("dtfxprEp", 1, { 0: "DTFXPR not populated", 1: "DTFXPR populated" }),
        code("dtfxprVal", 1, { 0: "Basic Dataflash not supported", 1: "Basic Dataflash supported" }),
        code("dtfactEp", 1, { 0: "DTFACT not populated", 1: "DTFACT populated" }),
        code("dtfactVal", 1, { 0: "Basic Dataflash not active", 1: "Basic Dataflash active" }),
        spare(1),
      ],
      [
        code("irmxprEp", 1, { 0: "IRMXPR not populated", 1: "IRMXPR populated" }),
        code("irmxprVal", 1, { 0: "Transponder not IRM capable", 1: "Transponder IRM capable" }),
        code("irmactEp", 1, { 0: "IRMACT not populated", 1: "IRMACT populated" }),
        code("irmactVal", 1, { 0: "IRM not active", 1: "IRM active" }),
        spare(3),
      ],
    ),
  ),
  i040: item(
    4,
    "Measured Position in Polar Co-ordinates",
    group(unsigned("rhoNm", 16, 1 / 256), unsigned("thetaDeg", 16, 360 / 65536)),
  ),
  i070: item(
    5,
    "Mode-3/A Code in Octal Representation",
    group(
      code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
      code("g", 1, { 0: "Default", 1: "Garbled code" }),
      code("l", 1, {
        0: "Mode-3/A code derived from the reply of the transponder",
        1: "Mode-3/A code not extracted during the last scan",
      }),
      spare(1),
      octal("mode3a"),
    ),
  ),
  i090: item(
    6,
    "Flight Level in Binary Representation",
    group(
      code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
      code("g", 1, { 0: "Default", 1: "Garbled code" }),
      signed("fl", 14, 1 / 4),
    ),
  ),
  i130: item(
    7,
    "Radar Plot Characteristics",
    compound({
      srlDeg: part(1, unsigned("srlDeg", 8, 360 / 8192)),
      srr: part(2, code("srr", 8)),
      samDbm: part(3, signed("samDbm", 8, 1)),
      prlDeg: part(4, unsigned("prlDeg", 8, 360 / 8192)),
      pamDbm: part(5, signed("pamDbm", 8, 1)),
      rpdNm: part(6, signed("rpdNm", 8, 1 / 256)),
      apdDeg: part(7, signed("apdDeg", 8, 360 / 16384)),
    }),
  ),
  i220: item(8, "Aircraft Address", hex("aircraftAddress", 24)),
  i240: item(9, "Aircraft Identification", ia5("aircraftIdentification", 8)),
  i250: item(10, "BDS Register Data", repetitive(group(hex("mbdata", 56), code("bds1", 4), code("bds2", 4)))),
  i161: item(11, "Track Number", group(spare(4), code("trn", 12))),
  i042: item(12, "Calculated Position in Cartesian Co-ordinates", group(signed("xNm", 16, 1 / 128), signed("yNm", 16, 1 / 128))),
  i200: item(
    13,
    "Calculated Track Velocity in Polar Co-ordinates",
    group(unsigned("gspNmPerS", 16, 1 / 16384), unsigned("hdgDeg", 16, 360 / 65536)),
  ),
  i170: item(
    14,
    "Track Status",
    extended(
      [
        code("cnf", 1, { 0: "Confirmed Track", 1: "Tentative Track" }),
        code("rad", 2, { 0: "Combined Track", 1: "PSR Track", 2: "SSR/Mode S Track", 3: "Invalid" }),
        code("dou", 1, { 0: "Normal confidence", 1: "Low confidence in plot to track association" }),
        code("mah", 1, { 0: "No horizontal man. sensed", 1: "Horizontal man. sensed" }),
        code("cdm", 2, { 0: "Maintaining", 1: "Climbing", 2: "Descending", 3: "Unknown" }),
      ],
      [
        code("tre", 1, { 0: "Track still alive", 1: "End of track lifetime (last report for this track)" }),
        code("gho", 1, { 0: "True target track", 1: "Ghost target track" }),
        code("sup", 1, { 0: "No", 1: "Yes" }),
        code("tcc", 1, {
          0: "Tracking performed in so-called 'Radar Plane', i.e. neither slant range correction nor stereographical projection was applied",
          1: "Slant range correction and a suitable projection technique are used to track in a 2D.reference plane, tangential to the earth model at the Radar Site co-ordinates",
        }),
        spare(3),
      ],
    ),
  ),
  i210: item(
    15,
    "Track Quality",
    group(
      unsigned("sigxNm", 8, 1 / 128),
      unsigned("sigyNm", 8, 1 / 128),
      unsigned("sigvNmPerS", 8, 1 / 16384),
      unsigned("sighDeg", 8, 360 / 4096),
    ),
  ),
  i030: item(
    16,
    "Warning/Error Conditions and Target Classification",
    chained(
      code("condition", 7, {
        0: "Not defined; never used",
        1: "Multipath Reply (Reflection)",
        2: "Reply due to sidelobe interrogation/reception",
        3: "Split plot",
        4: "Second time around reply",
        5: "Angel",
        6: "Slow moving target correlated with road infrastructure (terrestrial vehicle)",
        7: "Fixed PSR plot",
        8: "Slow PSR target",
        9: "Low quality PSR plot",
        10: "Phantom SSR plot",
        11: "Non-Matching Mode-3/A Code",
        12: "Mode C code / Mode S altitude code abnormal value compared to the track",
        13: "Target in Clutter Area",
        14: "Maximum Doppler Response in Zero Filter",
        15: "Transponder anomaly detected",
        16: "Duplicated or Illegal Mode S Aircraft Address",
        17: "Mode S error correction applied",
        18: "Undecodable Mode C code / Mode S altitude code",
        19: "Birds",
        20: "Flock of Birds",
        21: "Mode-1 was present in original reply",
        22: "Mode-2 was present in original reply",
        23: "Plot potentially caused by Wind Turbine",
        24: "Helicopter",
        25: "Maximum number of re-interrogations reached (surveillance information)",
        26: "Maximum number of re-interrogations reached (BDS Extractions)",
        27: "BDS Overlay Incoherence",
        28: "Potential BDS Swap Detected",
        29: "Track Update in the Zenithal Gap",
        30: "Mode S Track re-acquired",
        31: "Duplicated Mode 5 Pair NO/PIN detected",
        32: "Wrong DF reply format detected",
        33: "Transponder anomaly (MS XPD replies with Mode A/C to Mode A/C-only all-call)",
        34: "Transponder anomaly (SI capability report wrong)",
        35: "Potential IC Conflict",
        36: "IC Conflict detection possible-no conflict currently detected",
        37: "Duplicate Mode 5 PIN (refer to the Mode 5 items in the REF)",
      }),
    ),
  ),
  i080: item(
    17,
    "Mode-3/A Code Confidence Indicator",
    group(
      spare(4),
      code("qa4", 1, { 0: "High quality pulse A4", 1: "Low quality pulse A4" }),
      code("qa2", 1, { 0: "High quality pulse A2", 1: "Low quality pulse A2" }),
      code("qa1", 1, { 0: "High quality pulse A1", 1: "Low quality pulse A1" }),
      code("qb4", 1, { 0: "High quality pulse B4", 1: "Low quality pulse B4" }),
      code("qb2", 1, { 0: "High quality pulse B2", 1: "Low quality pulse B2" }),
      code("qb1", 1, { 0: "High quality pulse B1", 1: "Low quality pulse B1" }),
      code("qc4", 1, { 0: "High quality pulse C4", 1: "Low quality pulse C4" }),
      code("qc2", 1, { 0: "High quality pulse C2", 1: "Low quality pulse C2" }),
      code("qc1", 1, { 0: "High quality pulse C1", 1: "Low quality pulse C1" }),
      code("qd4", 1, { 0: "High quality pulse D4", 1: "Low quality pulse D4" }),
      code("qd2", 1, { 0: "High quality pulse D2", 1: "Low quality pulse D2" }),
      code("qd1", 1, { 0: "High quality pulse D1", 1: "Low quality pulse D1" }),
    ),
  ),
  i100: item(
    18,
    "Mode-C Code and Code Confidence Indicator",
    group(
      code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
      code("g", 1, { 0: "Default", 1: "Garbled code" }),
      spare(2),
      code("modec", 12),
      spare(4),
      code("qc1", 1, { 0: "High quality pulse C1", 1: "Low quality pulse C1" }),
      code("qa1", 1, { 0: "High quality pulse A1", 1: "Low quality pulse A1" }),
      code("qc2", 1, { 0: "High quality pulse C2", 1: "Low quality pulse C2" }),
      code("qa2", 1, { 0: "High quality pulse A2", 1: "Low quality pulse A2" }),
      code("qc4", 1, { 0: "High quality pulse C4", 1: "Low quality pulse C4" }),
      code("qa4", 1, { 0: "High quality pulse A4", 1: "Low quality pulse A4" }),
      code("qb1", 1, { 0: "High quality pulse B1", 1: "Low quality pulse B1" }),
      code("qd1", 1, { 0: "High quality pulse D1", 1: "Low quality pulse D1" }),
      code("qb2", 1, { 0: "High quality pulse B2", 1: "Low quality pulse B2" }),
      code("qd2", 1, { 0: "High quality pulse D2", 1: "Low quality pulse D2" }),
      code("qb4", 1, { 0: "High quality pulse B4", 1: "Low quality pulse B4" }),
      code("qd4", 1, { 0: "High quality pulse D4", 1: "Low quality pulse D4" }),
    ),
  ),
  i110: item(19, "Height Measured by a 3D Radar", group(spare(2), signed("height3dFt", 14, 25))),
  i120: item(
    20,
    "Radial Doppler Speed",
    compound({
      cal: part(
        1,
        group(code("d", 1, { 0: "Doppler speed is valid", 1: "Doppler speed is doubtful" }), spare(5), signed("calMps", 10, 1)),
      ),
      rds: part(2, repetitive(group(unsigned("dopMps", 16, 1), unsigned("ambMps", 16, 1), unsigned("frqMhz", 16, 1)))),
    }),
  ),
  i230: item(
    21,
    "Communications/ACAS Capability and Flight Status",
    group(
      code("com", 3, {
        0: "No communications capability (surveillance only)",
        1: "Comm. A and Comm. B capability",
        2: "Comm. A, Comm. B and Uplink ELM",
        3: "Comm. A, Comm. B, Uplink ELM and Downlink ELM",
        4: "Level 5 Transponder capability",
      }),
      code("stat", 3, {
        0: "No alert, no SPI, aircraft airborne",
        1: "No alert, no SPI, aircraft on ground",
        2: "Alert, no SPI, aircraft airborne",
        3: "Alert, no SPI, aircraft on ground",
        4: "Alert, SPI, aircraft airborne or on ground",
        5: "No alert, SPI, aircraft airborne or on ground",
        7: "Unknown",
      }),
      code("si", 1, { 0: "SI-Code Capable", 1: "II-Code Capable" }),
      spare(1),
      code("mssc", 1, { 0: "No", 1: "Yes" }),
      code("arc", 1, { 0: "100 ft resolution", 1: "25 ft resolution" }),
      code("aic", 1, { 0: "No", 1: "Yes" }),
      code("b1a", 1),
      code("b1b", 4),
    ),
  ),
  i260: item(22, "ACAS Resolution Advisory Report", hex("acasResolutionAdvisoryReport", 56)),
  i055: item(
    23,
    "Mode-1 Code in Octal Representation",
    group(
      code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
      code("g", 1, { 0: "Default", 1: "Garbled code" }),
      code("l", 1, {
        0: "Mode-1 code as derived from the reply of the transponder",
        1: "Smoothed Mode-1 code as provided by a local tracker",
      }),
      code("mode1", 5),
    ),
  ),
  i050: item(
    24,
    "Mode-2 Code in Octal Representation",
    group(
      code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
      code("g", 1, { 0: "Default", 1: "Garbled code" }),
      code("l", 1, {
        0: "Mode-2 code as derived from the reply of the transponder",
        1: "Smoothed Mode-2 code as provided by a local tracker",
      }),
      spare(1),
      octal("mode2"),
    ),
  ),
  i065: item(
    25,
    "Mode-1 Code Confidence Indicator",
    group(
      spare(3),
      code("qa4", 1, { 0: "High quality pulse A4", 1: "Low quality pulse A4" }),
      code("qa2", 1, { 0: "High quality pulse A2", 1: "Low quality pulse A2" }),
      code("qa1", 1, { 0: "High quality pulse A1", 1: "Low quality pulse A1" }),
      code("qb2", 1, { 0: "High quality pulse B2", 1: "Low quality pulse B2" }),
      code("qb1", 1, { 0: "High quality pulse B1", 1: "Low quality pulse B1" }),
    ),
  ),
  i060: item(
    26,
    "Mode-2 Code Confidence Indicator",
    group(
      spare(4),
      code("qa4", 1, { 0: "High quality pulse A4", 1: "Low quality pulse A4" }),
      code("qa2", 1, { 0: "High quality pulse A2", 1: "Low quality pulse A2" }),
      code("qa1", 1, { 0: "High quality pulse A1", 1: "Low quality pulse A1" }),
      code("qb4", 1, { 0: "High quality pulse B4", 1: "Low quality pulse B4" }),
      code("qb2", 1, { 0: "High quality pulse B2", 1: "Low quality pulse B2" }),
      code("qb1", 1, { 0: "High quality pulse B1", 1: "Low quality pulse B1" }),
      code("qc4", 1, { 0: "High quality pulse C4", 1: "Low quality pulse C4" }),
      code("qc2", 1, { 0: "High quality pulse C2", 1: "Low quality pulse C2" }),
      code("qc1", 1, { 0: "High quality pulse C1", 1: "Low quality pulse C1" }),
      code("qd4", 1, { 0: "High quality pulse D4", 1: "Low quality pulse D4" }),
      code("qd2", 1, { 0: "High quality pulse D2", 1: "Low quality pulse D2" }),
      code("qd1", 1, { 0: "High quality pulse D1", 1: "Low quality pulse D1" }),
    ),
  ),
  sp: item(27, "Special Purpose Field", specialPurpose),
  re: item(
    28,
    "Reserved Expansion Field",
    expansion({
      md5: part(
        1,
        compound({
          sum: part(
            1,
            group(
              code("m5", 1, { 0: "No Mode 5 interrogation", 1: "Mode 5 interrogation" }),
              code("id", 1, { 0: "No authenticated Mode 5 ID reply/report", 1: "Authenticated Mode 5 ID reply/report" }),
              code("da", 1, {
                0: "No authenticated Mode 5 Data reply/report",
                1: "Authenticated Mode 5 Data reply/report (i.e any valid Mode 5 reply type other than ID)",
              }),
              code("m1", 1, {
                0: "Mode 1 code not present or not from Mode 5 reply/report",
                1: "Mode 1 code from Mode 5 reply/report",
              }),
              code("m2", 1, {
                0: "Mode 2 code not present or not from Mode 5 reply/report",
                1: "Mode 2 code from Mode 5 reply/report",
              }),
              code("m3", 1, {
                0: "Mode 3 code not present or not from Mode 5 reply/report",
                1: "Mode 3 code from Mode 5 reply/report",
              }),
              code("mc", 1, {
                0: "Mode C altitude not present or not from Mode 5 reply/report",
                1: "Mode C altitude from Mode 5 reply/report",
              }),
              spare(1),
            ),
          ),
          pmn: part(
            2,
            group(
              spare(2),
              code("pin", 14),
              spare(2),
              code("nav", 1, { 0: "National Origin is valid", 1: "National Origin is invalid" }),
              code("nat", 5),
              spare(2),
              code("mis", 6),
            ),
          ),
          pos: part(3, group(signed("latDeg", 24, 180 / 2 ** 23, [-90, 90]), signed("lonDeg", 24, 180 / 2 ** 23))),
          ga: part(
            4,
            group(
              spare(1),
              code("res", 1, { 0: "GA reported in 100 ft increments", 1: "GA reported in 25 ft increments" }),
              signed("gaFt", 14, 25, [-1000, 204775]),
            ),
          ),
          em1: part(
            5,
            group(
              code("v", 1, { 0: "Code not validated", 1: "Code validated" }),
              code("g", 1, { 0: "Default", 1: "Garbled code" }),
              code("l", 1, {
                0: "Mode 1 Code derived from the reply of the transponder",
                1: "Mode 1 Code not extracted during the last scan",
              }),
              spare(1),
              octal("em1"),
            ),
          ),
          tosS: part(6, unsigned("tosS", 8, 1 / 128)),
          xp: part(
            7,
            group(
              spare(2),
              code("xp", 1, { 0: "X-Pulse not present", 1: "X-pulse present" }),
              code("x5", 1, {
                0: "X-pulse set to zero or no authenticated Data reply or Report received",
                1: "X-pulse set to one (present)",
              }),
              code("xc", 1, { 0: "X-pulse set to zero or no Mode C reply", 1: "X-pulse set to one (present)" }),
              code("x3", 1, { 0: "X-pulse set to zero or no Mode 3/A reply", 1: "X-pulse set to one (present)" }),
              code("x2", 1, { 0: "X-pulse set to zero or no Mode 2 reply", 1: "X-pulse set to one (present)" }),
              code("x1", 1, { 0: "X-pulse set to zero or no Mode 1 reply", 1: "X-pulse set to one (present)" }),
            ),
          ),
        }),
      ),
      m5n: part(
        2,
        compound({
          sum: part(
            1,
            group(
              code("m5", 1, { 0: "No Mode 5 interrogation", 1: "Mode 5 interrogation" }),
              code("id", 1, { 0: "No authenticated Mode 5 ID reply/report", 1: "Authenticated Mode 5 ID reply/report" }),
              code("da", 1, {
                0: "No authenticated Mode 5 Data reply/report",
                1: "Authenticated Mode 5 Data reply/report (i.e any valid Mode 5 reply type other than ID)",
              }),
              code("m1", 1, {
                0: "Mode 1 code not present or not from Mode 5 reply/report",
                1: "Mode 1 code from Mode 5 reply/report",
              }),
              code("m2", 1, {
                0: "Mode 2 code not present or not from Mode 5 reply/report",
                1: "Mode 2 code from Mode 5 reply/report",
              }),
              code("m3", 1, {
                0: "Mode 3 code not present or not from Mode 5 reply/report",
                1: "Mode 3 code from Mode 5 reply/report",
              }),
              code("mc", 1, {
                0: "Mode C altitude not present or not from Mode 5 reply/report",
                1: "Mode C altitude from Mode 5 reply/report",
              }),
              spare(1),
            ),
          ),
          pmn: part(
            2,
            group(
              spare(2),
              code("pin", 14),
              spare(4),
              code("nov", 1, { 0: "National Origin is valid", 1: "National Origin is invalid" }),
              code("no", 11),
            ),
          ),
          pos: part(3, group(signed("latDeg", 24, 180 / 2 ** 23, [-90, 90]), signed("lonDeg", 24, 180 / 2 ** 23))),
          ga: part(
            4,
            group(
              spare(1),
              code("res", 1, { 0: "GA reported in 100 ft increments", 1: "GA reported in 25 ft increments" }),
              signed("gaFt", 14, 25, [-1000, 204775]),
            ),
          ),
          em1: part(
            5,
            group(
              code("v", 1, { 0: "Code not validated", 1: "Code validated" }),
              code("g", 1, { 0: "Default", 1: "Garbled code" }),
              code("l", 1, {
                0: "Mode 1 Code derived from the reply of the transponder",
                1: "Mode 1 Code not extracted during the last scan",
              }),
              spare(1),
              octal("em1"),
            ),
          ),
          tosS: part(6, unsigned("tosS", 8, 1 / 128)),
          xp: part(
            7,
            group(
              spare(2),
              code("xp", 1, { 0: "X-Pulse not present", 1: "X-pulse present" }),
              code("x5", 1, {
                0: "X-pulse set to zero or no authenticated Data reply or Report received",
                1: "X-pulse set to one (present)",
              }),
              code("xc", 1, { 0: "X-pulse set to zero or no Mode C reply", 1: "X-pulse set to one (present)" }),
              code("x3", 1, { 0: "X-pulse set to zero or no Mode 3/A reply", 1: "X-pulse set to one (present)" }),
              code("x2", 1, { 0: "X-pulse set to zero or no Mode 2 reply", 1: "X-pulse set to one (present)" }),
              code("x1", 1, { 0: "X-pulse set to zero or no Mode 1 reply", 1: "X-pulse set to one (present)" }),
            ),
          ),
          fom: part(8, group(spare(3), code("fom", 5))),
        }),
      ),
      m4e: part(
        3,
        extended([
          spare(5),
          code("foefri", 2, {
            0: "No Mode 4 interrogation",
            1: "Possibly friendly target",
            2: "Probably friendly target",
            3: "Friendly target",
          }),
        ]),
      ),
      rpc: part(
        4,
        compound({
          sco: part(1, code("sco", 8)),
          srcDb: part(2, unsigned("srcDb", 16, 1 / 10, [0.1, 2550])),
          rwNm: part(3, unsigned("rwNm", 16, 1 / 256)),
          arNm: part(4, unsigned("arNm", 16, 1 / 256)),
        }),
      ),
      errNm: part(5, unsigned("errNm", 24, 1 / 256, [0, 65535])),
      rtc: part(
        6,
        compound({
          ptl: part(
            1,
            group(
              spare(3),
              code("scn", 1, { 0: "Track is not associated with an SCN Plot", 1: "Track is associated with an SCN Plot" }),
              code("rc", 1, {
                0: "Associated Plot does not contain a Roll Call component",
                1: "Associated Plot contains at least a Roll Call component",
              }),
              code("ac", 1, {
                0: "Associated Plot does not contain an All Call component",
                1: "Associated Plot contains at least an All Call component",
              }),
              code("ssr", 1, {
                0: "Associated Plot does not contain an SSR component",
                1: "Associated Plot contains at least an SSR component",
              }),
              code("psr", 1, {
                0: "Associated Plot does not contain a PSR component",
                1: "Associated Plot contains at least a PSR component",
              }),
              code("plotnr", 16),
            ),
          ),
          atl: part(2, repetitive(code("atl", 16))),
          trnPercent: part(3, unsigned("trnPercent", 8, 1, [0, 100])),
          npp: part(
            4,
            group(
              unsigned("predrhoNm", 16, 1 / 128),
              unsigned("predthetaDeg", 16, 360 / 65536),
              unsigned("evolrhostartNm", 16, 1 / 128),
              unsigned("evolrhoendNm", 16, 1 / 128),
              unsigned("evolthetastartDeg", 16, 360 / 65536),
              unsigned("evolthetaendDeg", 16, 360 / 65536),
              unsigned("noiserhostartNm", 16, 1 / 128),
              unsigned("noiserhoendNm", 16, 1 / 128),
              unsigned("noisethetastartDeg", 16, 360 / 65536),
              unsigned("noisethetaendDeg", 16, 360 / 65536),
              unsigned("predtimeS", 16, 1 / 128),
            ),
          ),
          dlk: part(
            5,
            repetitive(
              group(
                code("type", 4, {
                  0: "Surveillance Mode A (alert bit or periodic)",
                  1: "Comm-A",
                  2: "Ground Initiated Comm-B",
                  3: "Air Initiated Comm-B",
                  4: "Broadcast Comm-B",
                  5: "Comm-C",
                  6: "Comm-D",
                  7: "Reserved for future use",
                  8: "Reserved for future use",
                  9: "Reserved for future use",
                  10: "Reserved for future use",
                  11: "Reserved for future use",
                  12: "Reserved for future use",
                  13: "Reserved for future use",
                  14: "Reserved for future use",
                  15: "Reserved for future use",
                }),
                code("origin", 2, {
                  0: "From previous scan",
                  1: "New in current scan",
                  2: "Requested in the beam by transponder",
                  3: "Invalid ASTERIX value",
                }),
                code("state", 2, { 0: "In progress", 1: "Completed", 2: "Cancelled", 3: "Invalid ASTERIX value" }),
              ),
            ),
          ),
          lck: part(
            6,
            group(
              code("ls", 1, { 0: "Target not locked out by this radar", 1: "Target locked out by this radar" }),
              unsigned("loctimMs", 15, 1),
            ),
          ),
          tc: part(
            7,
            group(
              spare(7),
              code("tcount1", 4),
              code("tcode1", 5),
              code("tcount2", 4),
              octal("tcode2"),
              code("tcount3", 4),
              octal("tcode3"),
            ),
          ),
          tlc: part(
            8,
            group(
              code("acqi", 2, {
                0: "Tentative Track with One Plot",
                1: "Tentative Track with at least Two Plots",
                2: "Pre-Confirmed Track",
                3: "Confirmed Track",
              }),
              code("trkupdctr", 14),
              unsigned("lasttrkupdMs", 16, 1),
            ),
          ),
          asi: part(
            9,
            repetitive(
              group(
                code("sacadjs", 8),
                code("sicadjs", 8),
                unsigned("timeofdayscnS", 16, 1 / 128),
                code("datause", 7, {
                  0: "Data used by Tracker",
                  1: "Data not used by Tracker",
                  2: "2-127: Reserved for future use",
                }),
                code("drna", 1, { 0: "DRN not available", 1: "DRN available" }),
                code("drn", 16),
              ),
            ),
          ),
          tes: part(10, code("tes", 8, { 0: "Radar tracker calculation", 1: "Integrated ADS-B", 2: "External ADS-B", 3: "SCN" })),
          ir: part(11, group(code("ir", 1, { 0: "Identity not requested", 1: "Identity requested" }), unsigned("m3aS", 7, 1))),
        }),
      ),
      cpc: part(
        7,
        compound({
          pnb: part(1, code("pnb", 16)),
          rpl: part(
            2,
            repetitive(
              group(
                code("type", 8, { 0: "PSR Echo", 1: "SSR Reply", 2: "All Call Reply", 3: "Roll Call Reply" }),
                code("replynbr", 16),
              ),
            ),
          ),
          snb: part(3, code("snb", 8)),
          date: part(
            4,
            group(
              unsigned("y1", 4, 1, [0, 10]),
              unsigned("y2", 4, 1, [0, 10]),
              unsigned("y3", 4, 1, [0, 10]),
              unsigned("y4", 4, 1, [0, 10]),
              unsigned("m1", 4, 1, [0, 1]),
              unsigned("m2", 4, 1, [0, 10]),
              unsigned("d1", 4, 1, [0, 3]),
              unsigned("d2", 4, 1, [0, 10]),
            ),
          ),
        }),
      ),
      gen48: part(
        8,
        compound({
          altm2: part(
            1,
            group(
              code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
              code("g", 1, { 0: "Default", 1: "Garbled code" }),
              code("l", 1, {
                0: "Mode-2 code as derived from reply of the transponder",
                1: "Smoothed Mode-2 as provided by a local tracker",
              }),
              spare(1),
              octal("altm2"),
            ),
          ),
          altm3: part(
            2,
            group(
              code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
              code("g", 1, { 0: "Default", 1: "Garbled code" }),
              code("l", 1, {
                0: "Mode-3/A code as derived from the reply of the transponder",
                1: "Smoothed Mode-3/A code as provided by a local tracker",
              }),
              spare(1),
              octal("altm3"),
            ),
          ),
          altfl: part(
            3,
            group(
              code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
              code("g", 1, { 0: "Default", 1: "Garbled code" }),
              signed("altfl", 14, 1 / 4),
            ),
          ),
          rcsdb: part(4, group(spare(2), signed("rcsdbDbsm", 14, 1 / 100, [-60, 30]))),
          rcsm: part(5, group(spare(2), unsigned("rcsmM2", 30, 1 / 10 ** 6))),
        }),
      ),
    }),
  ),
});
