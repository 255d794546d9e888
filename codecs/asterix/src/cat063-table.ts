import { code, signed, spare, unsigned } from "./field.ts";
import { category, expansion, extended, group, item, specialPurpose } from "./table.ts";

/**
 * Sensor Status Reports.
 *
 * @source EUROCONTROL ASTERIX category 063, edition 1.7, 2025-06-05.
 */
export const CAT063_1_7 = category(63, "1.7", "Sensor Status Reports", {
  i010: item(1, "Data Source Identifier", group(code("sac", 8), code("sic", 8))),
  i015: item(2, "Service Identification", code("serviceIdentification", 8)),
  i030: item(3, "Time of Message", unsigned("timeOfMessageS", 24, 1 / 128)),
  i050: item(4, "Sensor Identifier", group(code("sac", 8), code("sic", 8))),
  i060: item(
    5,
    "Sensor Configuration and Status",
    extended(
      [
        code("con", 2, { 0: "Operational", 1: "Degraded", 2: "Initialization", 3: "Not currently connected" }),
        code("psr", 1, { 0: "PSR GO", 1: "PSR NOGO" }),
        code("ssr", 1, { 0: "SSR GO", 1: "SSR NOGO" }),
        code("mds", 1, { 0: "MDS GO", 1: "MDS NOGO" }),
        code("ads", 1, { 0: "ADS GO", 1: "ADS NOGO" }),
        code("mlt", 1, { 0: "MLT GO", 1: "MLT NOGO" }),
      ],
      [
        code("ops", 1, { 0: "System is released for operational use", 1: "Operational use of System is inhibited" }),
        code("odp", 1, { 0: "Default, no overload", 1: "Overload in DP" }),
        code("oxt", 1, { 0: "Default, no overload", 1: "Overload in transmission subsystem" }),
        code("msc", 1, { 0: "Monitoring system connected", 1: "Monitoring system disconnected" }),
        code("tsv", 1, { 0: "Valid", 1: "Invalid" }),
        code("npw", 1, { 0: "Default (no meaning)", 1: "No plots being received" }),
        spare(1),
      ],
      [
        code("ttfEp", 1, { 0: "Element not populated", 1: "Element populated" }),
        code("ttfVal", 1, { 0: "Test Target Operative", 1: "Test Target Failure" }),
        code("spoEp", 1, { 0: "Element not populated", 1: "Element populated" }),
        code("spoVal", 1, { 0: "No spoofing detected", 1: "Potential spoofing attack" }),
        spare(3),
      ],
    ),
  ),
  i070: item(6, "Time Stamping Bias", signed("timeStampingBiasMs", 16, 1)),
  i080: item(7, "SSR / Mode S Range Gain and Bias", group(signed("srg", 16, 1 / 100000), signed("srbNm", 16, 1 / 128))),
  i081: item(8, "SSR Mode S Azimuth Bias", signed("ssrModeSAzimuthBiasDeg", 16, 360 / 65536)),
  i090: item(9, "PSR Range Gain and Bias", group(signed("prg", 16, 1 / 100000), signed("prbNm", 16, 1 / 128))),
  i091: item(10, "PSR Azimuth Bias", signed("psrAzimuthBiasDeg", 16, 360 / 65536)),
  i092: item(11, "PSR Elevation Bias", signed("psrElevationBiasDeg", 16, 360 / 65536)),
  re: item(13, "Reserved Expansion Field", expansion({})),
  sp: item(14, "Special Purpose Field", specialPurpose),
});
