import type { Sensor } from "@picket/model";

type Fault = Readonly<{ keys: readonly string[]; problem: string }>;

/**
 * Sensors that records cannot tell apart, two of one SAC and SIC or of one node id; and those whose field of view has no width, so that they
 * would see nothing. `keys` lead from the list of sensors.
 */
export function sensorFaults(sensors: readonly Sensor[]): readonly Fault[] {
  return [...twins(sensors), ...sensors.flatMap((sensor, index) => blindness(sensor, String(index)))];
}

function blindness(sensor: Sensor, index: string): readonly Fault[] {
  const {
    rangeMinM = 0,
    rangeMaxM,
    azimuthFromDeg = 0,
    azimuthToDeg = 360,
    elevationMinDeg = -90,
    elevationMaxDeg = 90,
  } = sensor;
  return [
    ...(rangeMinM >= rangeMaxM ? [{ keys: [index, "rangeMinM"], problem: `must be below rangeMaxM, ${rangeMaxM} m` }] : []),
    ...(azimuthFromDeg === azimuthToDeg
      ? [{ keys: [index, "azimuthToDeg"], problem: "must differ from azimuthFromDeg: all around is 0 to 360" }]
      : []),
    ...(elevationMinDeg >= elevationMaxDeg
      ? [{ keys: [index, "elevationMinDeg"], problem: `must be below elevationMaxDeg, ${elevationMaxDeg}°` }]
      : []),
  ];
}

function twins(sensors: readonly Sensor[]): readonly Fault[] {
  const faults: Fault[] = [];
  const seen = new Map<string, string>();
  for (const [index, { id, asterix, sapient }] of sensors.entries()) {
    const names = [
      ...(asterix ? [{ key: "asterix", name: `SAC/SIC ${asterix.sac}/${asterix.sic}` }] : []),
      ...(sapient ? [{ key: "sapient", name: `node id ${sapient.nodeId}` }] : []),
    ];
    for (const { key, name } of names) {
      const other = seen.get(name);
      if (other !== undefined)
        faults.push({ keys: [String(index), key], problem: `must be this sensor's alone: ${other} has ${name} too` });
      else seen.set(name, id);
    }
  }
  return faults;
}
