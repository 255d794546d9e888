import { code, hex, ia5, octal, signed, spare, unsigned } from "./field.ts";
import { category, expansion, extended, group, item, repetitive, specialPurpose } from "./table.ts";

/**
 * Transmission of Monosensor Surface Movement Data.
 *
 * The steps of I010/202 and I010/210 are 0.25, as the ranges of 8192 m/s and 31 m/s² in the standard need. Some machine-readable copies
 * say 1/16, and decoders made from them, tshark 4.0 among them, show a quarter of the speed.
 *
 * @source EUROCONTROL ASTERIX category 010, edition 1.1, 2007-03-01.
 */
export const CAT010_1_1 = category(10, "1.1", "Transmission of Monosensor Surface Movement Data", {
  i010: item(1, "Data Source Identifier", group(code("sac", 8), code("sic", 8))),
  i000: item(
    2,
    "Message Type",
    code("messageType", 8, {
      1: "Target Report",
      2: "Start of Update Cycle",
      3: "Periodic Status Message",
      4: "Event-triggered Status Message",
    }),
  ),
  i020: item(
    3,
    "Target Report Descriptor",
    extended(
      [
        code("typ", 3, {
          0: "SSR multilateration",
          1: "Mode S multilateration",
          2: "ADS-B",
          3: "PSR",
          4: "Magnetic Loop System",
          5: "HF multilateration",
          6: "Not defined",
          7: "Other types",
        }),
        code("dcr", 1, { 0: "No differential correction (ADS-B)", 1: "Differential correction (ADS-B)" }),
        code("chn", 1, { 0: "Chain 1", 1: "Chain 2" }),
        code("gbs", 1, { 0: "Transponder Ground bit not set", 1: "Transponder Ground bit set" }),
        code("crt", 1, { 0: "No Corrupted reply in multilateration", 1: "Corrupted replies in multilateration" }),
      ],
      [
        code("sim", 1, { 0: "Actual target report", 1: "Simulated target report" }),
        code("tst", 1, { 0: "Default", 1: "Test Target" }),
        code("rab", 1, { 0: "Report from target transponder", 1: "Report from field monitor (fixed transponder)" }),
        code("lop", 2, { 0: "Undetermined", 1: "Loop start", 2: "Loop finish" }),
        code("tot", 2, { 0: "Undetermined", 1: "Aircraft", 2: "Ground vehicle", 3: "Helicopter" }),
      ],
      [code("spi", 1, { 0: "Absence of SPI", 1: "Special Position Identification" }), spare(6)],
    ),
  ),
  i140: item(4, "Time of Day", unsigned("timeOfDayS", 24, 1 / 128)),
  i041: item(
    5,
    "Position in WGS-84 Co-ordinates",
    group(signed("latDeg", 32, 180 / 2 ** 31, [-90, 90]), signed("lonDeg", 32, 180 / 2 ** 31)),
  ),
  i040: item(6, "Measured Position in Polar Co-ordinates", group(unsigned("rhoM", 16, 1), unsigned("thDeg", 16, 360 / 65536))),
  i042: item(7, "Position in Cartesian Co-ordinates", group(signed("xM", 16, 1), signed("yM", 16, 1))),
  i200: item(
    8,
    "Calculated Track Velocity in Polar Co-ordinates",
    group(unsigned("gspNmPerS", 16, 1 / 16384, [0, 2]), unsigned("traDeg", 16, 360 / 65536)),
  ),
  i202: item(
    9,
    "Calculated Track Velocity in Cartesian Co-ordinates",
    group(signed("vxMps", 16, 1 / 4), signed("vyMps", 16, 1 / 4)),
  ),
  i161: item(10, "Track Number", group(spare(4), code("trk", 12))),
  i170: item(
    11,
    "Track Status",
    extended(
      [
        code("cnf", 1, { 0: "Confirmed track", 1: "Track in initialisation phase" }),
        code("tre", 1, { 0: "Default", 1: "Last report for a track" }),
        code("cst", 2, {
          0: "No extrapolation",
          1: "Predictable extrapolation due to sensor refresh period (see NOTE)",
          2: "Predictable extrapolation in masked area",
          3: "Extrapolation due to unpredictable absence of detection",
        }),
        code("mah", 1, { 0: "Default", 1: "Horizontal manoeuvre" }),
        code("tcc", 1, {
          0: "Tracking performed in 'Sensor Plane', i.e. neither slant range correction nor projection was applied",
          1: "Slant range correction and a suitable projection technique are used to track in a 2D.reference plane, tangential to the earth model at the Sensor Site co-ordinates",
        }),
        code("sth", 1, { 0: "Measured position", 1: "Smoothed position" }),
      ],
      [
        code("tom", 2, { 0: "Unknown type of movement", 1: "Taking-off", 2: "Landing", 3: "Other types of movement" }),
        code("dou", 3, {
          0: "No doubt",
          1: "Doubtful correlation (undetermined reason)",
          2: "Doubtful correlation in clutter",
          3: "Loss of accuracy",
          4: "Loss of accuracy in clutter",
          5: "Unstable track",
          6: "Previously coasted",
        }),
        code("mrs", 2, {
          0: "Merge or split indication undetermined",
          1: "Track merged by association to plot",
          2: "Track merged by non-association to plot",
          3: "Split track",
        }),
      ],
      [code("gho", 1, { 0: "Default", 1: "Ghost track" }), spare(6)],
    ),
  ),
  i060: item(
    12,
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
  i220: item(13, "Target Address", hex("targetAddress", 24)),
  i245: item(
    14,
    "Target Identification",
    group(
      code("sti", 2, {
        0: "Callsign or registration downlinked from transponder",
        1: "Callsign not downlinked from transponder",
        2: "Registration not downlinked from transponder",
      }),
      spare(6),
      ia5("chr", 8),
    ),
  ),
  i250: item(15, "Mode S MB Data", repetitive(group(hex("mbdata", 56), code("bds1", 4), code("bds2", 4)))),
  i300: item(
    16,
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
  i090: item(
    17,
    "Flight Level in Binary Representation",
    group(
      code("v", 1, { 0: "Code validated", 1: "Code not validated" }),
      code("g", 1, { 0: "Default", 1: "Garbled code" }),
      signed("fl", 14, 1 / 4),
    ),
  ),
  i091: item(18, "Measured Height", signed("measuredHeightFt", 16, 25 / 4)),
  i270: item(
    19,
    "Target Size and Orientation",
    extended([unsigned("lengthM", 7, 1)], [unsigned("orientationDeg", 7, 360 / 128)], [unsigned("widthM", 7, 1)]),
  ),
  i550: item(
    20,
    "System Status",
    group(
      code("nogo", 2, { 0: "Operational", 1: "Degraded", 2: "NOGO" }),
      code("ovl", 1, { 0: "No overload", 1: "Overload" }),
      code("tsv", 1, { 0: "Valid", 1: "Invalid" }),
      code("div", 1, { 0: "Normal Operation", 1: "Diversity degraded" }),
      code("ttf", 1, { 0: "Test Target Operative", 1: "Test Target Failure" }),
      spare(2),
    ),
  ),
  i310: item(
    21,
    "Pre-programmed Message",
    group(
      code("trb", 1, { 0: "Default", 1: "In Trouble" }),
      code("msg", 7, {
        1: "Towing aircraft",
        2: "“Follow me” operation",
        3: "Runway check",
        4: "Emergency operation (fire, medical...)",
        5: "Work in progress (maintenance, birds scarer, sweepers...)",
      }),
    ),
  ),
  i500: item(
    22,
    "Standard Deviation of Position",
    group(unsigned("devxM", 8, 1 / 4), unsigned("devyM", 8, 1 / 4), signed("covxyM2", 16, 1 / 4)),
  ),
  i280: item(
    23,
    "Presence",
    repetitive(group(signed("drhoM", 8, 1, [-127, 127]), signed("dthetaDeg", 8, 3 / 20, [-19.05, 19.05]))),
  ),
  i131: item(24, "Amplitude of Primary Plot", code("amplitudeOfPrimaryPlot", 8)),
  i210: item(25, "Calculated Acceleration", group(signed("axMps2", 8, 1 / 4), signed("ayMps2", 8, 1 / 4))),
  sp: item(27, "Special Purpose Field", specialPurpose),
  re: item(28, "Reserved Expansion Field", expansion({})),
});
