import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { type Browser, chromium } from "playwright-core";

const PACKAGE = new URL("../../", import.meta.resolve("@sparticuz/chromium"));
const { version } = JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8")) as { version: string };
const CACHE = fileURLToPath(new URL("../.cache/", import.meta.url));

/** Why no browser can be started here, or `false`: the one from npm is for Linux on x64. */
export const WITHOUT_CHROMIUM =
  process.platform === "linux" && process.arch === "x64" ? false : "Chromium from npm runs on Linux x64 only";

/**
 * Starts a real Chromium that draws WebGL in software and needs nothing of the system: its libraries and fonts come with it.
 * `trustedSpki`: SHA-256 of the public keys whose certificates it takes for good, Base64.
 */
export function launchChromium(trustedSpki: string): Promise<Browser> {
  const dir = unpacked();
  return chromium.launch({
    executablePath: join(dir, "chromium"),
    env: { ...process.env, LD_LIBRARY_PATH: join(dir, "lib"), FONTCONFIG_FILE: join(dir, "own-fonts.conf") },
    args: ["--no-sandbox", "--enable-unsafe-swiftshader", `--ignore-certificate-errors-spki-list=${trustedSpki}`],
  });
}

/** The folder of the unpacked browser. It appears under its name whole, so that two who unpack at once do no harm. */
function unpacked(): string {
  const dir = join(CACHE, `chromium-${version}`);
  if (existsSync(dir)) return dir;
  mkdirSync(CACHE, { recursive: true });
  const fresh = mkdtempSync(join(CACHE, "unpacking-"));
  const unpack = (name: string) => brotliDecompressSync(readFileSync(new URL(`bin/${name}`, PACKAGE)));
  writeFileSync(join(fresh, "chromium"), unpack("chromium.br"), { mode: 0o755 });
  for (const name of ["al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"])
    execFileSync("tar", ["--extract", "--no-same-owner", "--directory", fresh], { input: unpack(name) });
  writeFileSync(
    join(fresh, "own-fonts.conf"),
    `<fontconfig><dir>${join(dir, "fonts")}</dir><dir>/usr/share/fonts</dir><cachedir>${join(dir, "font-cache")}</cachedir></fontconfig>\n`,
  );
  try {
    renameSync(fresh, dir);
  } catch (error) {
    if (!existsSync(dir)) throw error;
    rmSync(fresh, { recursive: true });
  }
  return dir;
}
