import { ascii, code, signed, spare, unsigned } from "./field.ts";
import { category, group, item, specialPurpose } from "./table.ts";

/**
 * UAS Identification Reports.
 *
 * Departs: I129/120 is one octet, as its table says; the text around it says three. These facts are second hand, and no other decoder of
 * this category was at hand to compare with. An accuracy of 0 says unknown or worse than 255 m, and reads as unknown.
 *
 * @source EUROCONTROL ASTERIX category 129, edition 1.2, 2019-06-12.
 */
export const CAT129_1_2 = category(129, "1.2", "UAS Identification Reports", {
  i010: item(1, "Data Source Identifier", group(code("sac", 8), code("sic", 8))),
  i015: item(2, "Data Destination Identifier", group(code("dac", 8), code("dic", 8))),
  i020: item(3, "UAS Manufacturer Identifier", ascii("manufacturer", 3)),
  i030: item(4, "UAS Model Identifier", ascii("model", 3)),
  i040: item(5, "UAS Serial Number", ascii("serialNumber", 12)),
  i050: item(6, "UAS Registration Country", ascii("country", 2)),
  i070: item(7, "Time of Day", unsigned("timeOfDayS", 24, 1 / 128, [0, 86400])),
  i080: item(
    8,
    "Position in WGS-84 Co-ordinates",
    group(signed("latDeg", 32, 180 / 2 ** 30, [-90, 90]), signed("lonDeg", 32, 180 / 2 ** 30, [-180, 180])),
  ),
  i090: item(9, "Altitude above Mean Sea Level", signed("altMslM", 24, 1 / 10)),
  i100: item(10, "Altitude above Ground Level", signed("altAglM", 24, 1 / 10)),
  i110: item(11, "GNSS Accuracy", unsigned("accuracyM", 16, 1, [1, 255])),
  i120: item(12, "Operational Risk", group(code("ucc", 2), code("arc", 2), code("aec", 4))),
  sp: item(13, "Special Purpose Field", specialPurpose),
  i185: item(14, "Velocity in Cartesian Co-ordinates", group(signed("eastMps", 20, 1 / 100), signed("northMps", 20, 1 / 100))),
  i220: item(15, "Rate of Climb or Descent", group(spare(4), signed("climbMps", 20, 1 / 100))),
});
