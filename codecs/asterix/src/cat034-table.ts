import { code, signed, spare, unsigned } from "./field.ts";
import { category, compound, expansion, group, item, part, repetitive, specialPurpose } from "./table.ts";

/**
 * Transmission of Monoradar Service Messages.
 *
 * @source EUROCONTROL ASTERIX category 034, edition 1.29, 2021-03-15.
 */
export const CAT034_1_29 = category(34, "1.29", "Transmission of Monoradar Service Messages", {
  i010: item(1, "Data Source Identifier", group(code("sac", 8), code("sic", 8))),
  i000: item(
    2,
    "Message Type",
    code("messageType", 8, {
      1: "North marker message",
      2: "Sector crossing message",
      3: "Geographical filtering message",
      4: "Jamming strobe message",
      5: "Solar Storm Message",
      6: "SSR Jamming Strobe Message",
      7: "Mode S Jamming Strobe Message",
    }),
  ),
  i030: item(3, "Time of Day", unsigned("timeOfDayS", 24, 1 / 128)),
  i020: item(4, "Sector Number", unsigned("sectorDeg", 8, 360 / 256)),
  i041: item(5, "Antenna Rotation Speed", unsigned("antennaRotationPeriodS", 16, 1 / 128)),
  i050: item(
    6,
    "System Configuration and Status",
    compound({
      com: part(
        1,
        group(
          code("nogo", 1, {
            0: "System is released for operational use",
            1: "Operational use of System is inhibited, i.e. the data shall be discarded by an operational SDPS",
          }),
          code("rdpc", 1, { 0: "RDPC-1 selected", 1: "RDPC-2 selected" }),
          code("rdpr", 1, { 0: "Default situation", 1: "Reset of RDPC" }),
          code("ovlrdp", 1, { 0: "Default, no overload", 1: "Overload in RDP" }),
          code("ovlxmt", 1, { 0: "Default, no overload", 1: "Overload in transmission subsystem" }),
          code("msc", 1, { 0: "Monitoring system connected", 1: "Monitoring system disconnected" }),
          code("tsv", 1, { 0: "Valid", 1: "Invalid" }),
          spare(1),
        ),
      ),
      psr: part(
        4,
        group(
          code("ant", 1, { 0: "Antenna 1", 1: "Antenna 2" }),
          code("chab", 2, {
            0: "No channel selected",
            1: "Channel A only selected",
            2: "Channel B only selected",
            3: "Diversity mode ; Channel A and B selected",
          }),
          code("ovl", 1, { 0: "No overload", 1: "Overload" }),
          code("msc", 1, { 0: "Monitoring system connected", 1: "Monitoring system disconnected" }),
          spare(3),
        ),
      ),
      ssr: part(
        5,
        group(
          code("ant", 1, { 0: "Antenna 1", 1: "Antenna 2" }),
          code("chab", 2, {
            0: "No channel selected",
            1: "Channel A only selected",
            2: "Channel B only selected",
            3: "Invalid combination",
          }),
          code("ovl", 1, { 0: "No overload", 1: "Overload" }),
          code("msc", 1, { 0: "Monitoring system connected", 1: "Monitoring system disconnected" }),
          spare(3),
        ),
      ),
      mds: part(
        6,
        group(
          code("ant", 1, { 0: "Antenna 1", 1: "Antenna 2" }),
          code("chab", 2, {
            0: "No channel selected",
            1: "Channel A only selected",
            2: "Channel B only selected",
            3: "Illegal combination",
          }),
          code("ovlsur", 1, { 0: "No overload", 1: "Overload" }),
          code("msc", 1, { 0: "Monitoring system connected", 1: "Monitoring system disconnected" }),
          code("scf", 1, { 0: "Channel A in use", 1: "Channel B in use" }),
          code("dlf", 1, { 0: "Channel A in use", 1: "Channel B in use" }),
          code("ovlscf", 1, { 0: "No overload", 1: "Overload" }),
          code("ovldlf", 1, { 0: "No overload", 1: "Overload" }),
          spare(7),
        ),
      ),
    }),
  ),
  i060: item(
    7,
    "System Processing Mode",
    compound({
      com: part(
        1,
        group(
          spare(1),
          code("redrdp", 3, {
            0: "No reduction active",
            1: "Reduction step 1 active",
            2: "Reduction step 2 active",
            3: "Reduction step 3 active",
            4: "Reduction step 4 active",
            5: "Reduction step 5 active",
            6: "Reduction step 6 active",
            7: "Reduction step 7 active",
          }),
          code("redxmt", 3, {
            0: "No reduction active",
            1: "Reduction step 1 active",
            2: "Reduction step 2 active",
            3: "Reduction step 3 active",
            4: "Reduction step 4 active",
            5: "Reduction step 5 active",
            6: "Reduction step 6 active",
            7: "Reduction step 7 active",
          }),
          spare(1),
        ),
      ),
      psr: part(
        4,
        group(
          code("pol", 1, { 0: "Linear polarization", 1: "Circular polarization" }),
          code("redrad", 3, {
            0: "No reduction active",
            1: "Reduction step 1 active",
            2: "Reduction step 2 active",
            3: "Reduction step 3 active",
            4: "Reduction step 4 active",
            5: "Reduction step 5 active",
            6: "Reduction step 6 active",
            7: "Reduction step 7 active",
          }),
          code("stc", 2, { 0: "STC Map-1", 1: "STC Map-2", 2: "STC Map-3", 3: "STC Map-4" }),
          spare(2),
        ),
      ),
      ssr: part(
        5,
        group(
          code("redrad", 3, {
            0: "No reduction active",
            1: "Reduction step 1 active",
            2: "Reduction step 2 active",
            3: "Reduction step 3 active",
            4: "Reduction step 4 active",
            5: "Reduction step 5 active",
            6: "Reduction step 6 active",
            7: "Reduction step 7 active",
          }),
          spare(5),
        ),
      ),
      mds: part(
        6,
        group(
          code("redrad", 3, {
            0: "No reduction active",
            1: "Reduction step 1 active",
            2: "Reduction step 2 active",
            3: "Reduction step 3 active",
            4: "Reduction step 4 active",
            5: "Reduction step 5 active",
            6: "Reduction step 6 active",
            7: "Reduction step 7 active",
          }),
          code("clu", 1, { 0: "Autonomous", 1: "Not autonomous" }),
          spare(4),
        ),
      ),
    }),
  ),
  i070: item(
    8,
    "Message Count Values",
    repetitive(
      group(
        code("typ", 5, {
          0: "No detection (number of misses)",
          1: "Single PSR target reports",
          2: "Single SSR target reports (Non-Mode S)",
          3: "SSR+PSR target reports (Non-Mode S)",
          4: "Single All-Call target reports (Mode S)",
          5: "Single Roll-Call target reports (Mode S)",
          6: "All-Call + PSR (Mode S) target reports",
          7: "Roll-Call + PSR (Mode S) target reports",
          8: "Filter for Weather data",
          9: "Filter for Jamming Strobe",
          10: "Filter for PSR data",
          11: "Filter for SSR/Mode S data",
          12: "Filter for SSR/Mode S+PSR data",
          13: "Filter for Enhanced Surveillance data",
          14: "Filter for PSR+Enhanced Surveillance",
          15: "Filter for PSR+Enhanced Surveillance + SSR/Mode S data not in Area of Prime Interest",
          16: "Filter for PSR+Enhanced Surveillance + all SSR/Mode S data",
          17: "Re-Interrogations (per sector)",
          18: "BDS Swap and wrong DF replies(per sector)",
          19: "Mode A/C FRUIT (per sector)",
          20: "Mode S FRUIT (per sector)",
        }),
        code("count", 11),
      ),
    ),
  ),
  i100: item(
    9,
    "Generic Polar Window",
    group(
      unsigned("rhostNm", 16, 1 / 256),
      unsigned("rhoendNm", 16, 1 / 256),
      unsigned("thetastDeg", 16, 360 / 65536),
      unsigned("thetaendDeg", 16, 360 / 65536),
    ),
  ),
  i110: item(
    10,
    "Data Filter",
    code("dataFilter", 8, {
      0: "Invalid value",
      1: "Filter for Weather data",
      2: "Filter for Jamming Strobe",
      3: "Filter for PSR data",
      4: "Filter for SSR/Mode S data",
      5: "Filter for SSR/Mode S + PSR data",
      6: "Enhanced Surveillance data",
      7: "Filter for PSR+Enhanced Surveillance data",
      8: "Filter for PSR+Enhanced Surveillance + SSR/Mode S data not in Area of Prime Interest",
      9: "Filter for PSR+Enhanced Surveillance + all SSR/Mode S data",
    }),
  ),
  i120: item(
    11,
    "3D-Position Of Data Source",
    group(signed("hgtM", 16, 1), signed("latDeg", 24, 180 / 2 ** 23, [-90, 90]), signed("lonDeg", 24, 180 / 2 ** 23)),
  ),
  i090: item(12, "Collimation Error", group(signed("rngNm", 8, 1 / 128), signed("azmDeg", 8, 360 / 16384))),
  re: item(13, "Reserved Expansion Field", expansion({})),
  sp: item(14, "Special Purpose Field", specialPurpose),
});
