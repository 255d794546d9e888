import { type AreaShape, createArea, type GeoPoint } from "./index.ts";

/** A line of `count` vertices and about 3,000 km that winds like a river. */
function windingLine(count: number): GeoPoint[] {
  return Array.from({ length: count }, (_, i) => {
    const along = i / (count - 1);
    const bend = 0.004 * Math.sin(i * 0.9) + 0.03 * Math.sin(i * 0.05) + 1.5 * Math.sin(along * 9);
    return { latDeg: 29 + bend, lonDeg: -117 + 20 * along };
  });
}

/** Points from a fixed Weyl sequence: half of them within about 6 km of the line, half anywhere around it. */
function placesAround(line: readonly GeoPoint[], count: number): GeoPoint[] {
  return Array.from({ length: count }, (_, i) => {
    const a = (i * 0.6180339887498949) % 1;
    const b = (i * 0.7548776662466927) % 1;
    const near = line[Math.floor(a * line.length)] as GeoPoint;
    const spread = i % 2 === 0 ? 0.1 : 10;
    return { latDeg: near.latDeg + spread * (b - 0.5), lonDeg: near.lonDeg + spread * (((a + b) * 7) % 1) - spread / 2 };
  });
}

const line = windingLine(10_000);
const outline = [...line, ...line.map(({ latDeg, lonDeg }) => ({ latDeg: latDeg + 0.5, lonDeg })).reverse()];
const places = placesAround(line, 1000);
const shapes: Record<string, AreaShape> = {
  "corridor 10,000 vertices": { kind: "corridor", line, halfWidthM: 500 },
  "polygon 20,000 vertices": { kind: "polygon", rings: [outline] },
  circle: { kind: "circle", centre: line[5000] as GeoPoint, radiusM: 5000 },
};

for (const [name, shape] of Object.entries(shapes)) {
  const start = process.hrtime.bigint();
  const area = createArea(shape);
  const madeMs = Number(process.hrtime.bigint() - start) / 1e6;
  const rounds = Array.from({ length: 60 }, () => {
    const from = process.hrtime.bigint();
    for (const place of places) area.signedDistance(place);
    return Number(process.hrtime.bigint() - from) / 1e6;
  })
    .slice(30)
    .sort((a, b) => a - b);
  const median = rounds[rounds.length >> 1]?.toFixed(2);
  console.log(
    `geo/signedDistance ${name.padEnd(26)} best ${rounds[0]?.toFixed(2)} ms   median ${median} ms   (1000 points; made in ${madeMs.toFixed(0)} ms)`,
  );
}
