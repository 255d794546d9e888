import { code, hex, signed, spare, unsigned } from "./field.ts";
import { category, chained, compound, extended, group, item, part, repetitive, specialPurpose } from "./table.ts";

/**
 * Independent Non-Cooperative Surveillance System Target Reports.
 *
 * @source EUROCONTROL ASTERIX category 015, edition 1.2, 2024-05-01.
 */
export const CAT015_1_2 = category(15, "1.2", "Independent Non-Cooperative Surveillance System Target Reports", {
  i010: item(1, "Data Source Identifier", group(code("sac", 8), code("sic", 8))),
  i000: item(
    2,
    "Message Type",
    group(
      code("mt", 7, {
        1: "Measurement Plot",
        2: "Measurement Track",
        3: "Sensor Centric Plot",
        4: "Sensor Centric Track",
        5: "Track End Message",
      }),
      code("rg", 1, { 0: "Periodic Report", 1: "Event Driven Report" }),
    ),
  ),
  i015: item(3, "Service Identification", code("serviceIdentification", 8)),
  i020: item(
    4,
    "Target Report Descriptor",
    extended([
      code("momu", 2, { 0: "Mono-Static Sensor", 1: "Multi-Static Sensor", 2: "Other", 3: "Unknown" }),
      code("ttax", 2, {
        0: "Actual Target Report",
        1: "Reference Target",
        2: "Synthetic Target",
        3: "Simulated / Replayed Target",
      }),
      code("scd", 2, { 0: "Unknown", 1: "Forward", 2: "Backward", 3: "Static" }),
      spare(1),
    ]),
  ),
  i030: item(5, "Warning/Error Conditions", chained(code("condition", 7))),
  i145: item(6, "Time of Applicability", unsigned("timeOfApplicabilityS", 24, 1 / 128, [0, 86400])),
  i161: item(7, "Track/Plot Number", code("trackPlotNumber", 16)),
  i170: item(
    8,
    "Track/Plot Status",
    extended([
      code("biz", 1, { 0: "Target not in Blind Zone", 1: "Target in Blind Zone" }),
      code("baz", 1, { 0: "Target not in Blanked Zone", 1: "Target in Blanked Zone" }),
      code("tur", 1, { 0: "Track Alive", 1: "Track Terminated by User Request" }),
      spare(1),
      code("cstp", 1, { 0: "Not extrapolated", 1: "Extrapolated" }),
      code("csth", 1, { 0: "Not extrapolated", 1: "Extrapolated" }),
      code("cnf", 1, { 0: "Confirmed Track", 1: "Tentative Track" }),
    ]),
  ),
  i050: item(9, "Update Period", group(spare(2), unsigned("updS", 14, 1 / 128))),
  i270: item(
    10,
    "Target Size & Orientation",
    compound({
      lenM: part(1, unsigned("lenM", 16, 1 / 100)),
      wdtM: part(2, unsigned("wdtM", 16, 1 / 100)),
      hgtM: part(3, unsigned("hgtM", 16, 1 / 100)),
      ortDeg: part(4, unsigned("ortDeg", 16, 360 / 65536)),
    }),
  ),
  i300: item(11, "Object Classification", repetitive(group(code("cls", 9), code("prb", 7)))),
  i400: item(12, "Measurement Identifier", group(code("pid", 16), code("on", 24))),
  i600: item(
    13,
    "Horizontal Position Information",
    compound({
      p84: part(1, group(signed("latitudeDeg", 32, 180 / 2 ** 31, [-90, 90]), signed("longitudeDeg", 32, 180 / 2 ** 31))),
      hpr: part(
        2,
        group(
          unsigned("rshpxM", 16, 1 / 2, [0, 32767]),
          unsigned("rshpyM", 16, 1 / 2, [0, 32767]),
          signed("corshpxy", 8, 1 / 128),
        ),
      ),
      hpp: part(3, group(unsigned("sdhpxM", 16, 1 / 4), unsigned("sdhpyM", 16, 1 / 4), signed("cosdhpxy", 8, 1 / 128))),
    }),
  ),
  i601: item(
    14,
    "Geometric Height Information",
    compound({
      ghM: part(1, signed("ghM", 24, 1 / 100, [-83286, 83286])),
      rsghM: part(2, unsigned("rsghM", 24, 1 / 100)),
      sdghM: part(3, unsigned("sdghM", 24, 1 / 100)),
      ci6: part(4, group(unsigned("uci6M", 12, 16), unsigned("lci6M", 12, 16))),
      ci9: part(5, group(unsigned("uci9M", 12, 16), unsigned("lci9M", 12, 16))),
      coghhp: part(6, group(signed("x", 8, 1 / 128), signed("y", 8, 1 / 128))),
      coghhv: part(7, group(signed("x", 8, 1 / 128), signed("y", 8, 1 / 128))),
      coghha: part(8, group(signed("x", 8, 1 / 128), signed("y", 8, 1 / 128))),
    }),
  ),
  i602: item(
    15,
    "Horizontal Velocity Information",
    compound({
      hv: part(1, group(signed("xMps", 20, 1 / 100, [-5242.87, 5242.87]), signed("yMps", 20, 1 / 100, [-5242.87, 5242.87]))),
      rshv: part(2, group(unsigned("xMps", 16, 1 / 100), unsigned("yMps", 16, 1 / 100), signed("corshvxy", 8, 1 / 128))),
      sdhv: part(3, group(unsigned("xMps", 16, 1 / 100), unsigned("yMps", 16, 1 / 100), signed("cohvxy", 8, 1 / 128))),
      cohvhp: part(
        4,
        group(
          signed("cohvxhpx", 8, 1 / 128),
          signed("cohvxhpy", 8, 1 / 128),
          signed("cohvyhpx", 8, 1 / 128),
          signed("cohvyhpy", 8, 1 / 128),
        ),
      ),
    }),
  ),
  i603: item(
    16,
    "Horizontal Acceleration Information",
    compound({
      ha: part(1, group(signed("xMps2", 12, 1 / 16), signed("yMps2", 12, 1 / 16))),
      sdha: part(2, group(unsigned("xMps2", 12, 1 / 16), unsigned("yMps2", 12, 1 / 16), signed("cohaxy", 8, 1 / 128))),
      cohahp: part(
        3,
        group(
          signed("cohaxhpx", 8, 1 / 128),
          signed("cohaxhpy", 8, 1 / 128),
          signed("cohayhpx", 8, 1 / 128),
          signed("coayhpy", 8, 1 / 128),
        ),
      ),
      cohahv: part(
        4,
        group(
          signed("cohaxhvx", 8, 1 / 128),
          signed("cohaxhvy", 8, 1 / 128),
          signed("cohayhvx", 8, 1 / 128),
          signed("cohayhvy", 8, 1 / 128),
        ),
      ),
    }),
  ),
  i604: item(
    17,
    "Vertical Velocity Information",
    compound({
      vvMps: part(1, signed("vvMps", 24, 1 / 100, [-83886.07, 83886.07])),
      rsvvMps: part(2, unsigned("rsvvMps", 16, 1 / 100)),
      sdvv: part(3, group(unsigned("sdvvMps", 16, 1 / 100), signed("covvgh", 8, 1 / 128))),
      covvhp: part(4, group(signed("x", 8, 1 / 128), signed("y", 8, 1 / 128))),
      covvhv: part(5, group(signed("x", 8, 1 / 128), signed("y", 8, 1 / 128))),
      covvha: part(6, group(signed("x", 8, 1 / 128), signed("y", 8, 1 / 128))),
    }),
  ),
  i605: item(
    18,
    "Vertical Velocity Information",
    compound({
      vaMps2: part(1, signed("vaMps2", 16, 1 / 100, [-327.67, 327.67])),
      rsva: part(2, group(unsigned("sdvaMps2", 16, 1 / 100), signed("covagh", 8, 1 / 128), signed("covavv", 8, 1 / 128))),
      covahp: part(3, group(signed("x", 8, 1 / 128), signed("y", 8, 1 / 128))),
      covahv: part(4, group(signed("x", 8, 1 / 128), signed("y", 8, 1 / 128))),
      covaha: part(5, group(signed("x", 8, 1 / 128), signed("y", 8, 1 / 128))),
    }),
  ),
  i480: item(19, "Associations", repetitive(hex("associations", 40))),
  i625: item(
    20,
    "Range Information",
    compound({
      rM: part(1, signed("rM", 24, 1 / 10, [-838860.7, 838860.7])),
      rsrM: part(2, unsigned("rsrM", 24, 1 / 10)),
      sdrM: part(3, unsigned("sdrM", 24, 1 / 10)),
      rrMps: part(4, signed("rrMps", 24, 1 / 10, [-838860.7, 838860.7])),
      rsrrMps: part(5, unsigned("rsrrMps", 24, 1 / 10)),
      sdrr: part(6, group(unsigned("sdrrMps", 24, 1 / 10), signed("corrr", 8, 1 / 128))),
      raMps2: part(7, signed("raMps2", 16, 1 / 64)),
      sdra: part(8, group(unsigned("sdraMps2", 16, 1 / 128), signed("corar", 8, 1 / 128), signed("corarr", 8, 1 / 128))),
    }),
  ),
  i626: item(
    21,
    "Doppler Information",
    compound({
      dvMps: part(1, signed("dvMps", 24, 1 / 100, [-83886.07, 83886.07])),
      sddvMps: part(2, unsigned("sddvMps", 16, 1 / 64)),
      daMps2: part(3, signed("daMps2", 16, 1 / 64)),
      sdda: part(4, group(unsigned("sddaMps2", 16, 1 / 64), signed("codadv", 8, 1 / 128))),
      codvr: part(5, signed("codvr", 8, 1 / 128)),
      codvrr: part(6, signed("codvrr", 8, 1 / 128)),
      codvra: part(7, signed("codvra", 8, 1 / 128)),
      codar: part(8, signed("codar", 8, 1 / 128)),
      codarr: part(9, signed("codarr", 8, 1 / 128)),
      codara: part(10, signed("codara", 8, 1 / 128)),
    }),
  ),
  i627: item(
    22,
    "Azimuth Information",
    compound({
      azDeg: part(1, unsigned("azDeg", 16, 360 / 65536)),
      rsazDeg: part(2, unsigned("rsazDeg", 16, 45 / 65536)),
      sdaszDeg: part(3, unsigned("sdaszDeg", 16, 45 / 65536)),
      azrDeg: part(4, signed("azrDeg", 16, 180 / 65536)),
      sdazr: part(5, group(unsigned("sdazrDeg", 16, 45 / 65536), signed("coazraz", 8, 1 / 128))),
      azex: part(6, group(unsigned("sDeg", 16, 360 / 65536), unsigned("eDeg", 16, 360 / 65536))),
    }),
  ),
  i628: item(
    23,
    "Elevation Information",
    compound({
      elDeg: part(1, signed("elDeg", 16, 180 / 65536)),
      rselDeg: part(2, unsigned("rselDeg", 16, 45 / 65536)),
      sdelDeg: part(3, unsigned("sdelDeg", 16, 45 / 65536)),
      erDegPerS: part(4, signed("erDegPerS", 16, 180 / 65536)),
      sder: part(5, group(unsigned("sdelrDegPerS", 16, 45 / 65536), signed("coelrel", 8, 1 / 128))),
      elex: part(6, group(signed("sDeg", 16, 180 / 65536), signed("eDeg", 16, 180 / 65536))),
    }),
  ),
  i630: item(
    24,
    "Path Quality",
    compound({
      dppDb: part(1, signed("dppDb", 8, 1)),
      dpsDb: part(2, signed("dpsDb", 8, 1)),
      rpp: part(3, group(spare(7), signed("rppDb", 9, 1))),
      rpsDb: part(4, signed("rpsDb", 8, 1)),
    }),
  ),
  i631: item(
    25,
    "Contour (Azimuth, Elevation Angle, Range Extent)",
    repetitive(
      group(
        unsigned("azconDeg", 16, 360 / 65536),
        signed("elconDeg", 16, 180 / 65536),
        unsigned("rgconstopM", 16, 10000 / 65536),
        unsigned("rgconstartM", 16, 10000 / 65536),
      ),
    ),
  ),
  sp: item(26, "Special Purpose Field", specialPurpose),
});
