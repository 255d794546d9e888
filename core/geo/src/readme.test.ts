import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

test("the README's example runs as written and prints what its comments say", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
  const index = JSON.stringify(new URL("./index.ts", import.meta.url).href);
  const source = example
    .replace('"@picket/geo"', index)
    .replaceAll("console.log(", "printed.push([")
    .replaceAll("); //", "]); //");
  const { printed } = await import(`data:text/javascript,${encodeURIComponent(`export const printed = [];${source}`)}`);
  const comments = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
  const text = (value: unknown) => (value === undefined ? "undefined" : JSON.stringify(value).replaceAll(",", ", "));
  assert.ok(comments.length > 4);
  assert.deepEqual(
    printed.map((values: unknown[]) => values.map(text).join(" ")),
    comments,
  );
});
