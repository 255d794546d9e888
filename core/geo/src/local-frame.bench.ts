import { createLocalFrame, enuBetweenInto, enuFromPolarInto, fromEnuInto, toEnuInto } from "./index.ts";

/** Times `run` and prints nanoseconds per item: best and median of `rounds`, after as many warm-ups. */
function bench(name: string, items: number, run: () => void, rounds = 30): void {
  for (let i = 0; i < rounds; i++) run();
  const nsPerItem = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / items;
  }).sort((a, b) => a - b);
  console.log(
    `${name.padEnd(24)} best ${nsPerItem[0]?.toFixed(1)} ns   median ${nsPerItem[rounds >> 1]?.toFixed(1)} ns   (${items} items)`,
  );
}

const POINTS = 10_000;
const site = createLocalFrame({ latDeg: 31.76, lonDeg: -106.487, altHaeM: 1150 });
const sensor = createLocalFrame({ latDeg: 31.8, lonDeg: -106.5, altHaeM: 1180 });
const out = new Float64Array(3);
bench("geo/toEnuInto", POINTS, () => {
  for (let i = 0; i < POINTS; i++) toEnuInto(site, 31.7 + i * 1e-5, -106.5 + i * 1e-5, 1200 + i, out);
});
bench("geo/fromEnuInto", POINTS, () => {
  for (let i = 0; i < POINTS; i++) fromEnuInto(site, i, -i, 100, out);
});
bench("geo/polar to site", POINTS, () => {
  for (let i = 0; i < POINTS; i++) {
    enuFromPolarInto(1000 + i, i * 1e-3, 0.1, out);
    enuBetweenInto(sensor, site, out, out);
  }
});
