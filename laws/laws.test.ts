import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
import {
  filesBelow,
  importsOf,
  isSource,
  isTrial,
  laws,
  type Manifest,
  packageOf,
  ROOT,
  readJson,
  readText,
  wordsOfForce,
} from "./project.ts";

const HARD_LINE_LIMIT = 400;
const OWN = "@picket/";
const root = readJson<Manifest>("package.json");
const sources = [...filesBelow("")].filter(isSource);

/** Whether a law's list, or its "any", holds a name. */
const allows = (list: readonly string[] | "any", name: string): boolean => list === "any" || list.includes(name);

/** The package that holds only the types of another: what imports nothing but types needs no more. */
const typesOf = (name: string): string => `@types/${name}`;

test("every room of the house is in laws.json, and every room in laws.json has content", () => {
  const rooms = ["codecs", "core", "apps"].flatMap((floor) => readdirSync(join(ROOT, floor)).map((name) => `${floor}/${name}`));
  assert.deepEqual(
    rooms.sort(),
    Object.values(laws)
      .map((law) => law.room)
      .sort(),
  );
  const empty = rooms.filter((room) => !sources.some((path) => path.startsWith(`${room}/src/`) && !isTrial(path)));
  assert.deepEqual(empty, [], "a room is made when its first real content arrives");
});

for (const [name, law] of Object.entries(laws)) {
  const manifest = readJson<Manifest>(`${law.room}/package.json`);
  const inRoom = sources.filter((path) => path.startsWith(`${law.room}/`));

  test(`${name} declares no dependency that laws.json withholds`, () => {
    assert.equal(manifest.name, OWN + name);
    const withheld = Object.keys({
      ...manifest.dependencies,
      ...(law.libraries === "any" ? {} : manifest.devDependencies),
    }).filter((dependency) =>
      dependency.startsWith(OWN) ? !allows(law.picket, dependency.slice(OWN.length)) : !allows(law.libraries, dependency),
    );
    assert.deepEqual(withheld, []);
  });

  test(`${name} imports what it declares and nothing else`, () => {
    const declared = new Set(
      Object.keys({ ...manifest.dependencies, ...(law.libraries === "any" ? manifest.devDependencies : {}) }),
    );
    const wrong = inRoom
      .filter((path) => !isTrial(path))
      .flatMap((path) => importsOf(readText(path)).map((specifier) => ({ path, specifier })))
      .filter(({ specifier }) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
      .filter(({ specifier }) => !declared.has(packageOf(specifier)) && !declared.has(typesOf(packageOf(specifier))));
    assert.deepEqual(wrong, []);
  });

  test(`${name} has one index.ts, at its door, and re-exports nowhere else`, () => {
    const door = `${law.room}/src/index.ts`;
    assert.deepEqual(
      inRoom.filter((path) => posix.basename(path) === "index.ts"),
      manifest.exports ? [door] : [],
    );
    if (manifest.exports) assert.equal(manifest.exports, "./src/index.ts");
    const barrels = inRoom.filter((path) => path !== door && /^export\b[^"';]*\bfrom\s*["']/m.test(readText(path)));
    assert.deepEqual(barrels, []);
  });
}

test("across packages, every import is by name through the package's door", () => {
  const roomOf = (path: string): string | undefined => Object.values(laws).find((law) => path.startsWith(`${law.room}/`))?.room;
  const reachingIn = sources.flatMap((path) =>
    importsOf(readText(path))
      .filter((specifier) => {
        if (specifier.startsWith(OWN)) return !(specifier.slice(OWN.length) in laws);
        if (!specifier.startsWith(".")) return false;
        const target = roomOf(posix.join(posix.dirname(path), specifier));
        return target !== roomOf(path) && existsSync(join(ROOT, target ?? "", "src/index.ts"));
      })
      .map((specifier) => `${path} imports ${specifier}`),
  );
  assert.deepEqual(reachingIn, []);
});

test("tests and benches use only outside libraries that their package or the root declares", () => {
  const wrong = sources.flatMap((path) => {
    const room = Object.values(laws).find((law) => path.startsWith(`${law.room}/`))?.room;
    if (room && !isTrial(path)) return [];
    const own = room ? readJson<Manifest>(`${room}/package.json`) : root;
    const declared = { ...root.devDependencies, ...own.dependencies, ...own.devDependencies };
    return importsOf(readText(path))
      .map(packageOf)
      .filter((name) => !name.startsWith(".") && !name.startsWith("node:") && !name.startsWith(OWN))
      .filter((name) => !(name in declared) && !(typesOf(name) in declared))
      .map((name) => `${path} imports ${name}`);
  });
  assert.deepEqual(wrong, []);
});

test("biome.json gives each package exactly the imports that laws.json gives it", () => {
  type Patterns = readonly Readonly<{ group: readonly string[] }>[];
  type Override = Readonly<{
    includes: readonly string[];
    linter?: { rules?: { style?: { noRestrictedImports?: { options?: { patterns?: Patterns } } } } };
  }>;
  const { overrides } = readJson<Readonly<{ overrides: readonly Override[] }>>("biome.json");
  for (const [name, law] of Object.entries(laws)) {
    const own = overrides.filter(({ includes }) => includes.length === 1 && includes[0] === `${law.room}/**`);
    const groups = own.flatMap((override) => override.linter?.rules?.style?.noRestrictedImports?.options?.patterns ?? []);
    const allowed = law.picket === "any" ? [] : [["@picket/*", ...law.picket.map((other) => `!@picket/${other}`)]];
    assert.deepEqual(
      groups.map(({ group }) => group).filter((group) => group[0] === "@picket/*"),
      allowed,
      name,
    );
  }
});

test("no folder is a drawer for odds and ends", () => {
  const drawers = /(^|\/)(utils?|helpers?|common|lib|types|misc|shared)\//;
  assert.deepEqual(
    [...filesBelow("")].filter((path) => drawers.test(path)),
    [],
  );
});

test("no source is longer than 400 lines, but a standard's table", () => {
  const long = sources
    .filter((path) => !path.endsWith("-table.ts"))
    .map((path) => ({ path, lines: readText(path).trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > HARD_LINE_LIMIT);
  assert.deepEqual(long, []);
});

test("no name in the code speaks of acting on an aircraft", () => {
  const found = sources
    .filter((path) => !isTrial(path) && !path.startsWith("laws/"))
    .flatMap((path) => wordsOfForce(readText(path)).map((name) => `${path}: ${name}`));
  assert.deepEqual(found, []);
});
