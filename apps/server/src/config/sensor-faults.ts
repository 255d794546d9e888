import type { Sensor } from "@picket/model";

type Fault = Readonly<{ keys: readonly string[]; problem: string }>;

/** Sensors that records cannot tell apart: two of one SAC and SIC, or of one node id. `keys` lead from the list of sensors. */
export function sensorFaults(sensors: readonly Sensor[]): readonly Fault[] {
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
