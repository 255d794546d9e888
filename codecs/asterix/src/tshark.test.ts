import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { encodeBlock, type ItemsDraft } from "./index.ts";

const skip = spawnSync("tshark", ["--version"]).status === 0 ? false : "tshark is not installed";

/** Link type 228 is raw IPv4. */
const PCAP_HEADER = Buffer.from("d4c3b2a1020004000000000000000000ffff0000e4000000", "hex");
const ASTERIX_PORT = 8600;

/** A capture of one UDP datagram to the port that tshark takes for ASTERIX. */
function capture(payload: Uint8Array): Buffer {
  const packet = Buffer.alloc(28 + payload.length);
  packet.write("4500", 0, "hex");
  packet.writeUInt16BE(packet.length, 2);
  packet.write("401100007f0000017f000001", 8, "hex");
  packet.writeUInt16BE(40_000, 20);
  packet.writeUInt16BE(ASTERIX_PORT, 22);
  packet.writeUInt16BE(8 + payload.length, 24);
  packet.set(payload, 28);
  const record = Buffer.alloc(16);
  record.writeUInt32LE(packet.length, 8);
  record.writeUInt32LE(packet.length, 12);
  return Buffer.concat([PCAP_HEADER, record, packet]);
}

function dissect(payload: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "picket-asterix-"));
  try {
    const file = join(folder, "one.pcap");
    writeFileSync(file, capture(payload));
    const { stdout, stderr } = spawnSync("tshark", ["-r", file, "-V", "-O", "asterix"], { encoding: "utf8" });
    assert.match(stdout, /ASTERIX packet/, stderr);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PLOT: ItemsDraft<48> = {
  i010: { sac: 25, sic: 201 },
  i140: { timeOfDayS: 27_354.6015625 },
  i020: { typ: 1, sim: 1, tst: 1 },
  i040: { rhoNm: 3.5, thetaDeg: 340.13671875 },
  i070: { v: 1, mode3a: "7261" },
  i090: { fl: 12.5 },
  i130: { pamDbm: -72, rpdNm: 0.25 },
  i220: { aircraftAddress: "4692d1" },
  i240: { aircraftIdentification: "PICKET1" },
  i250: [{ mbdata: "c65000307c0000", bds1: 4 }],
  i161: { trn: 761 },
  i042: { xNm: 1.5, yNm: -2.25 },
  i200: { gspNmPerS: 0.0625, hdgDeg: 90 },
  i170: { cnf: 1, rad: 1, tre: 1 },
  i030: [5, 13],
  i110: { height3dFt: 400 },
  i120: { cal: { d: 0, calMps: -12 } },
};

/** Without I062/510, of which tshark 4.0 takes two octets too many. */
const TRACK: ItemsDraft<62> = {
  i010: { sac: 25, sic: 100 },
  i015: { serviceIdentification: 1 },
  i070: { timeOfTrackInformationS: 45_827.3984375 },
  i105: { latDeg: 32.5, lonDeg: -117 },
  i100: { xM: -29_514.5, yM: 7.5 },
  i185: { vxMps: 12.25, vyMps: -3.5 },
  i210: { axMps2: 0.5, ayMps2: -0.25 },
  i380: { adr: "4ca7a8", id: "PICKET2" },
  i040: { trackNumber: 4713 },
  i080: { mon: 1, src: 2, sim: 1, tse: 1, cst: 1 },
  i290: { psrS: 5.75 },
  i136: { measuredFlightLevel: 1.25 },
  i130: { calculatedTrackGeometricAltitudeFt: 481.25 },
  i220: { calculatedRateOfClimbDescentFtPerMin: -62.5 },
  i500: { apc: { xM: 12.5, yM: 7 }, atv: { xMps: 1.25, yMps: 0.5 } },
};

for (const { name, block, values } of [
  {
    name: "048",
    block: encodeBlock(48, [PLOT, PLOT]),
    values: [
      "SIM: Simulated target report (1)",
      "RHO, [NM]: 3.5",
      "THETA, [°]: 340.13671875",
      "Reply in Octal Representation: 07261",
      "FL, [FL]: 12.5",
      "Amplitude of Primary Plot, [dBm]: -72",
      "Aircraft Address: 0x4692d1",
      "Aircraft Identification: PICKET1",
      "MBDATA, Mode S Comm B Message Data: 0xc65000307c0000",
      "TRN, Track Number: 761",
      "Y, X-Component, [NM]: -2.25",
      "HDG, Calculated Heading, [°]: 90",
      "3D Height, in Binary Notation. Negative Values Are Expressed in Two's Complement, [ft]: 400",
      "CAL, Calculated Doppler Speed, Coded in Two's Complement, [m/s]: -12",
    ],
  },
  {
    name: "062",
    block: encodeBlock(62, [TRACK, TRACK]),
    values: [
      "LAT, Latitude, [°]: 32.4999994039536",
      "LON, Longitude, [°]: -117.000001072884",
      "X, X Coordinate, [m]: -29514.5",
      "VY, Velocity (Y-component), [m/s]: -3.5",
      "Target Address: 0x4ca7a8",
      "Track Number: 0x1269 (4713)",
      "SIM: Simulated track (1)",
      "TSE: Last message transmitted to the user for the track (1)",
      "Calculated Track Geometric Altitude, [ft]: 481.25",
      "X, APC (X-Component), [m]: 12.5",
      "Y, ATV (Y-Component), [m/s]: 0.5",
      "Calculated Rate of Climb/Descent, [ft/min]: -62.5",
    ],
  },
  {
    name: "034 and 065 together",
    block: Buffer.concat([
      encodeBlock(34, [
        { i010: { sac: 1, sic: 2 }, i000: { messageType: 2 }, i030: { timeOfDayS: 1.5 }, i020: { sectorDeg: 90 } },
      ]),
      encodeBlock(65, [
        { i010: { sac: 1, sic: 2 }, i000: { messageType: 2 }, i030: { timeOfMessageS: 2.5 }, i020: { batchNumber: 9 } },
      ]),
    ]),
    values: [
      "Sector Number, [°]: 90",
      "Message Type: Sector crossing message (2)",
      "Message Type: End of Batch (2)",
      "Batch Number: 9",
    ],
  },
])
  test(`tshark reads our category ${name} as it was meant`, { skip }, () => {
    const shown = dissect(block);
    assert.doesNotMatch(shown, /malformed|expert/i);
    for (const value of values) assert.ok(shown.includes(value), `${value} is not in\n${shown}`);
  });
