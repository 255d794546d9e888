import assert from "node:assert/strict";
import { test } from "node:test";
import { Alert, AssessedTrack, Command, FeedHealth, PersonState, RecordHealth, SightingReport, Warning } from "@picket/model";
import { startTestHttp } from "./http.fixture.ts";

type Operation = Readonly<{
  summary?: string;
  parameters?: readonly Readonly<{ name: string; in: string }>[];
  requestBody?: Readonly<{ content: Readonly<Record<string, { schema: object }>> }>;
  responses: Readonly<Record<string, Readonly<{ description: string; content?: Readonly<Record<string, { schema: object }>> }>>>;
}>;
type Document = Readonly<{ openapi: string; paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }>;

/** `GET /api/tracks` and so on, from the router's own tree. */
function registered(tree: string): string[] {
  const stack: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const found = /^((?:[│ ] {3})*)[├└]── (\S*)(?: \((.+)\))?$/.exec(line);
    if (!found) return [];
    const [, indent = "", part = "", methods = ""] = found;
    stack.splice(indent.length / 4, Number.POSITIVE_INFINITY, part);
    const path = stack.join("").replaceAll(/:(\w+)/g, "{$1}");
    return methods
      .split(", ")
      .filter((method) => method !== "" && method !== "HEAD")
      .map((method) => `${method} ${path}`);
  });
}

test("the API document lists every route, each with what it answers and how it refuses", async (t) => {
  const http = await startTestHttp(t);
  const document = (await http.call("GET", "/api/openapi.json")).json() as Document;
  assert.equal(document.openapi, "3.1.0");
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
  );
  const routes = registered(http.routes()).filter((route) => route !== "GET /api/openapi.json");
  assert.ok(routes.length > 15, http.routes());
  const sockets = ["GET /api/field/live", "GET /api/live", "GET /api/replay"];
  assert.deepEqual(operations.map(({ name }) => name).sort(), [...routes, ...sockets].sort());
  for (const { name, path, operation } of operations) {
    assert.ok(operation.summary, `${name} says what it is for`);
    const codes = Object.keys(operation.responses);
    assert.ok(
      codes.some((code) => /^[12]/.test(code)),
      `${name} says what it answers`,
    );
    assert.ok(operation.responses["4XX"]?.content?.["application/problem+json"], `${name} says how it refuses`);
    for (const { description } of Object.values(operation.responses)) assert.equal(typeof description, "string");
    const declared =
      operation.parameters?.filter((parameter) => parameter.in === "path").map((parameter) => parameter.name) ?? [];
    assert.deepEqual(
      declared.sort(),
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
      `${name} declares its path`,
    );
  }
  assert.doesNotMatch(JSON.stringify(document), /"\$ref"|"~/, "every schema stands on its own");
});

test("the schemas in the document are the model's own", async (t) => {
  const http = await startTestHttp(t);
  const { paths } = (await http.call("GET", "/api/openapi.json")).json() as Document;
  const answer = (path: string) => {
    const schema = paths[path]?.["get"]?.responses["200"]?.content?.["application/json"]?.schema as {
      type: string;
      items?: object;
    };
    return schema.type === "array" ? schema.items : schema;
  };
  const shapeOf = (schema: object | undefined) => {
    const { properties, required } = schema as { properties: object; required: string[] };
    return { fields: Object.keys(properties).sort(), required };
  };
  for (const [path, schema] of Object.entries({
    "/api/tracks": AssessedTrack,
    "/api/tracks/{id}": AssessedTrack,
    "/api/alerts": Alert,
    "/api/warnings": Warning,
    "/api/feeds": FeedHealth,
    "/api/persons": PersonState,
    "/api/sightings": SightingReport,
    "/api/record": RecordHealth,
  }))
    assert.deepEqual(shapeOf(answer(path)), shapeOf(schema), path);
  const body = paths["/api/commands"]?.["post"]?.requestBody?.content["application/json"]?.schema as { anyOf: object[] };
  assert.deepEqual(body.anyOf.map(shapeOf), Command.anyOf.map(shapeOf));
});
