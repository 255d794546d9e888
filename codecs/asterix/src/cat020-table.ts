import { code, hex, ia5, octal, signed, spare, unsigned } from "./field.ts";
import { category, chained, compound, expansion, extended, group, item, part, repetitive, specialPurpose } from "./table.ts";

/**
 * Multilateration Target Reports.
 *
 * @source EUROCONTROL ASTERIX category 020, edition 1.11, 2025-07-02.
 */
export const CAT020_1_11 = category(20, "1.11", "Multilateration Target Reports", {
  i010: item(1, "Data Source Identifier", group(code("sac", 8), code("sic", 8))),
  i020: item(
    2,
    "Target Report Descriptor",
    extended(
      [
        code("ssr", 1, { 0: "Non-Mode S 1090MHz multilateration", 1: "No Non-Mode S 1090MHz multilat" }),
        code("ms", 1, { 0: "Mode-S 1090 MHz multilateration", 1: "No Mode-S 1090 MHz multilateration" }),
        code("hf", 1, { 0: "HF multilateration", 1: "No HF multilateration" }),
        code("vdl4", 1, { 0: "VDL Mode 4 multilateration", 1: "No VDL Mode 4 multilateration" }),
        code("uat", 1, { 0: "UAT multilateration", 1: "No UAT multilateration" }),
        code("dme", 1, { 0: "DME/TACAN multilateration", 1: "No DME/TACAN multilateration" }),
        code("ot", 1, { 0: "Other Technology Multilateration", 1: "No Other Technology Multilateration" }),
      ],
      [
        code("rab", 1, { 0: "Report from target transponder", 1: "Report from field monitor (element transponder)" }),
        code("spi", 1, { 0: "Absence of SPI", 1: "Special Position Identification" }),
        code("chn", 1, { 0: "Chain 1", 1: "Chain 2" }),
        code("gbs", 1, { 0: "Transponder Ground bit not set", 1: "Transponder Ground bit set" }),
        code("crt", 1, { 0: "No Corrupted reply in multilateration", 1: "Corrupted replies in multilateration" }),
        code("sim", 1, { 0: "Actual target report", 1: "Simulated target report" }),
        code("tst", 1, { 0: "Default", 1: "Test Target" }),
      ],
      [
        code("cf", 2, {
          0: "Target with 24-bit ICAO address",
          1: "Target with a non-ICAO 24-bit address",
          2: "Non-ADS-B Message",
          3: "Information not available",
        }),
        spare(5),
      ],
    ),
  ),
  i140: item(3, "Time of Day", unsigned("timeOfDayS", 24, 1 / 128)),
  i041: item(
    4,
    "Position In WGS-84 Coordinates",
    group(signed("latDeg", 32, 180 / 2 ** 25, [-90, 90]), signed("lonDeg", 32, 180 / 2 ** 25, [-180, 180])),
  ),
  i042: item(
    5,
    "Position in Cartesian Coordinates",
    group(signed("xM", 24, 1 / 2, [-4194300, 4194300]), signed("yM", 24, 1 / 2, [-4194300, 4194300])),
  ),
  i161: item(6, "Track Number", group(spare(4), code("trn", 12))),
  i170: item(
    7,
    "Track Status",
    extended(
      [
        code("cnf", 1, { 0: "Confirmed track", 1: "Track in initiation phase" }),
        code("tre", 1, { 0: "Default", 1: "Last report for a track" }),
        code("cst", 1, { 0: "Not Coasted", 1: "Coasted" }),
        code("cdm", 2, { 0: "Maintaining", 1: "Climbing", 2: "Descending", 3: "Invalid" }),
        code("mah", 1, { 0: "Default", 1: "Horizontal manoeuvre" }),
        code("sth", 1, { 0: "Measured position", 1: "Smoothed position" }),
      ],
      [code("gho", 1, { 0: "Default", 1: "Ghost track" }), spare(6)],
    ),
  ),
  i070: item(
    8,
    "Mode-3/A Code in Octal Representation",
    group(
      code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
      code("g", 1, { 0: "Default", 1: "Garbled code" }),
      code("l", 1, {
        0: "Mode-3/A code derived from the reply of the transponder",
        1: "Mode-3/A code not extracted during the last update period",
      }),
      spare(1),
      octal("mode3a"),
    ),
  ),
  i202: item(
    9,
    "Calculated Track Velocity in Cartesian Coordinates",
    group(signed("vxMps", 16, 1 / 4), signed("vyMps", 16, 1 / 4)),
  ),
  i090: item(
    10,
    "Flight Level in Binary Representation",
    group(
      code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
      code("g", 1, { 0: "Default", 1: "Garbled code" }),
      signed("fl", 14, 1 / 4),
    ),
  ),
  i100: item(
    11,
    "Mode C Code",
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
      code("qd2", 1, { 0: "High quality pulse B2", 1: "Low quality pulse B2" }),
      code("qb4", 1, { 0: "High quality pulse B4", 1: "Low quality pulse B4" }),
      code("qd4", 1, { 0: "High quality pulse D4", 1: "Low quality pulse D4" }),
    ),
  ),
  i220: item(12, "Target Address", hex("targetAddress", 24)),
  i245: item(
    13,
    "Target Identification",
    group(
      code("sti", 2, {
        0: "Callsign or registration not downlinked from transponder",
        1: "Registration downlinked from transponder",
        2: "Callsign downlinked from transponder",
        3: "Not defined",
      }),
      spare(6),
      ia5("chr", 8),
    ),
  ),
  i110: item(14, "Measured Height (Local Cartesian Coordinates)", signed("measuredHeightFt", 16, 25 / 4)),
  i105: item(15, "Geometric Height (WGS-84)", signed("geometricHeightFt", 16, 25 / 4)),
  i210: item(16, "Calculated Acceleration", group(signed("axMps2", 8, 1 / 4, [-31, 31]), signed("ayMps2", 8, 1 / 4, [-31, 31]))),
  i300: item(
    17,
    "Vehicle Fleet Identification",
    code("vehicleFleetIdentification", 8, {
      0: "Unknown",
      1: "ATC equipment maintenance",
      2: "Airport maintenance",
      3: "Fire",
      4: "Bird scarer",
      5: "Snow plough",
      6: "Runway sweeper",
      7: "Emergency",
      8: "Police",
      9: "Bus",
      10: "Tug (push/tow)",
      11: "Grass cutter",
      12: "Fuel",
      13: "Baggage",
      14: "Catering",
      15: "Aircraft maintenance",
      16: "Flyco (follow me)",
    }),
  ),
  i310: item(
    18,
    "Pre-programmed Message",
    group(
      code("trb", 1, { 0: "Default", 1: "In Trouble" }),
      code("msg", 7, {
        1: "Towing aircraft",
        2: "FOLLOW-ME operation",
        3: "Runway check",
        4: "Emergency operation (fire, medical...)",
        5: "Work in progress (maintenance, birds scarer, sweepers...)",
      }),
    ),
  ),
  i500: item(
    19,
    "Position Accuracy",
    compound({
      dop: part(1, group(unsigned("x", 16, 1 / 4), unsigned("y", 16, 1 / 4), unsigned("xy", 16, 1 / 4))),
      sdp: part(2, group(unsigned("xM", 16, 1 / 4), unsigned("yM", 16, 1 / 4), unsigned("xy", 16, 1 / 4))),
      sdhM: part(3, unsigned("sdhM", 16, 1 / 2)),
    }),
  ),
  i400: item(
    20,
    "Contributing Devices",
    repetitive(
      group(
        code("bit1", 1, {
          0: "TU1/RU1 has NOT contributed to the target detection",
          1: "TU1/RU1 has contributed to the target detection",
        }),
        code("bit2", 1, {
          0: "TU2/RU2 has NOT contributed to the target detection",
          1: "TU2/RU2 has contributed to the target detection",
        }),
        code("bit3", 1, {
          0: "TU3/RU3 has NOT contributed to the target detection",
          1: "TU3/RU3 has contributed to the target detection",
        }),
        code("bit4", 1, {
          0: "TU4/RU4 has NOT contributed to the target detection",
          1: "TU4/RU4 has contributed to the target detection",
        }),
        code("bit5", 1, {
          0: "TU5/RU5 has NOT contributed to the target detection",
          1: "TU5/RU5 has contributed to the target detection",
        }),
        code("bit6", 1, {
          0: "TU6/RU6 has NOT contributed to the target detection",
          1: "TU6/RU6 has contributed to the target detection",
        }),
        code("bit7", 1, {
          0: "TU7/RU7 has NOT contributed to the target detection",
          1: "TU7/RU7 has contributed to the target detection",
        }),
        code("bit8", 1, {
          0: "TU8/RU8 has NOT contributed to the target detection",
          1: "TU8/RU8 has contributed to the target detection",
        }),
      ),
    ),
  ),
  i250: item(21, "BDS Register Data", repetitive(group(hex("bdsdata", 56), code("bds1", 4), code("bds2", 4)))),
  i230: item(
    22,
    "Communications/ACAS Capability and Flight Status",
    group(
      code("com", 3, {
        0: "No communications capability (surveillance only)",
        1: "Comm. A and Comm. B capability",
        2: "Comm. A, Comm. B and Uplink ELM",
        3: "Comm. A, Comm. B, Uplink ELM and Downlink ELM",
        4: "Level 5 Transponder capability",
        5: "Not assigned",
        6: "Not assigned",
        7: "Not assigned",
      }),
      code("stat", 3, {
        0: "No alert, no SPI, aircraft airborne",
        1: "No alert, no SPI, aircraft on ground",
        2: "Alert, no SPI, aircraft airborne",
        3: "Alert, no SPI, aircraft on ground",
        4: "Alert, SPI, aircraft airborne or on ground",
        5: "No alert, SPI, aircraft airborne or on ground",
        6: "Not assigned",
        7: "Information not yet extracted",
      }),
      code("casevn", 2, {
        0: "Non-extended version",
        1: "ACAS Xa Version 1",
        2: "ACAS Xu Version 1",
        3: "Reserved for future use",
      }),
      code("mssc", 1, { 0: "No", 1: "Yes" }),
      code("arc", 1, { 0: "100 ft resolution", 1: "25 ft resolution" }),
      code("aic", 1, { 0: "No", 1: "Yes" }),
      code("b1a", 1),
      code("b1b", 4),
    ),
  ),
  i260: item(23, "ACAS Resolution Advisory Report", hex("acasResolutionAdvisoryReport", 56)),
  i030: item(
    24,
    "Warning/Error Conditions",
    chained(
      code("condition", 7, {
        0: "Not defined; never used",
        1: "Multipath Reply (Reflection)",
        3: "Split plot",
        10: "Phantom SSR plot",
        11: "Non-Matching Mode-3/A Code",
        12: "Mode C code / Mode S altitude code abnormal value compared to the track",
        15: "Transponder anomaly detected",
        16: "Duplicated or Illegal Mode S Aircraft Address",
        17: "Mode S error correction applied",
        18: "Undecodable Mode C code / Mode S altitude code",
      }),
    ),
  ),
  i055: item(
    25,
    "Mode-1 Code in Octal Representation",
    group(
      code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
      code("g", 1, { 0: "Default", 1: "Garbled code" }),
      code("l", 1, {
        0: "Mode-1 code derived from the reply of the transponder",
        1: "Smoothed Mode-1 code as provided by a local tracker",
      }),
      code("mode1", 5),
    ),
  ),
  i050: item(
    26,
    "Mode-2 Code in Octal Representation",
    group(
      code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
      code("g", 1, { 0: "Default", 1: "Garbled code" }),
      code("l", 1, {
        0: "Mode-2 code derived from the reply of the transponder",
        1: "Smoothed Mode-2 code as provided by a local tracker n",
      }),
      spare(1),
      octal("mode2"),
    ),
  ),
  re: item(27, "Reserved Expansion Field", expansion({})),
  sp: item(28, "Special Purpose Field", specialPurpose),
});
