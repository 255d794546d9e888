import { code, spare, unsigned } from "./field.ts";
import { category, expansion, group, item, specialPurpose } from "./table.ts";

/**
 * SDPS Service Status Reports.
 *
 * @source EUROCONTROL ASTERIX category 065, edition 1.6, 2023-03-21.
 */
export const CAT065_1_6 = category(65, "1.6", "SDPS Service Status Reports", {
  i010: item(1, "Data Source Identifier", group(code("sac", 8), code("sic", 8))),
  i000: item(2, "Message Type", code("messageType", 8, { 1: "SDPS Status", 2: "End of Batch", 3: "Service Status Report" })),
  i015: item(3, "Service Identification", code("serviceIdentification", 8)),
  i030: item(4, "Time of Message", unsigned("timeOfMessageS", 24, 1 / 128)),
  i020: item(5, "Batch Number", code("batchNumber", 8)),
  i040: item(
    6,
    "SDPS Configuration and Status",
    group(
      code("nogo", 2, { 0: "Operational", 1: "Degraded", 2: "Not currently connected", 3: "Unknown" }),
      code("ovl", 1, { 0: "Default", 1: "Overload" }),
      code("tsv", 1, { 0: "Default", 1: "Invalid Time Source" }),
      code("pss", 2, { 0: "Not applicable", 1: "SDPS-1 selected", 2: "SDPS-2 selected", 3: "SDPS-3 selected" }),
      code("sttn", 1),
      spare(1),
    ),
  ),
  i050: item(
    7,
    "Service Status Report",
    code("serviceStatusReport", 8, {
      1: "Service degradation",
      2: "Service degradation ended",
      3: "Main radar out of service",
      4: "Service interrupted by the operator",
      5: "Service interrupted due to contingency",
      6: "Ready for service restart after contingency",
      7: "Service ended by the operator",
      8: "Failure of user main radar",
      9: "Service restarted by the operator",
      10: "Main radar becoming operational",
      11: "Main radar becoming degraded",
      12: "Service continuity interrupted due to disconnection with adjacent unit",
      13: "Service continuity restarted",
      14: "Service synchronised on backup radar",
      15: "Service synchronised on main radar",
      16: "Main and backup radar, if any, failed",
    }),
  ),
  re: item(13, "Reserved Expansion Field", expansion({})),
  sp: item(14, "Special Purpose Field", specialPurpose),
});
