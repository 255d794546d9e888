import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SBIN = { env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin` } };

/** A folder for one test's keys and settings. */
export function testFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "picket-broker-"));
  chmodSync(dir, 0o755); // a broker started by root reads its files as another user
  return dir;
}

/** An authority, a server certificate for 127.0.0.1 and a client certificate, made by openssl. */
export function makeCertificates(dir: string) {
  const path = (name: string) => join(dir, name);
  const openssl = (...options: string[]) => execFileSync("openssl", options, { stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...key, "-subj", "/CN=Test authority", "-keyout", path("ca.key"), "-out", path("ca.pem"));
  for (const [name, subject, extra] of [
    ["server", "/CN=broker", ["-addext", "subjectAltName=IP:127.0.0.1"]],
    ["client", "/CN=receiver", []],
  ] as const) {
    const signed = ["-CA", path("ca.pem"), "-CAkey", path("ca.key"), ...extra];
    openssl("req", "-x509", ...key, ...signed, "-subj", subject, "-keyout", path(`${name}.key`), "-out", path(`${name}.pem`));
    chmodSync(path(`${name}.key`), 0o644);
  }
  return {
    ca: path("ca.pem"),
    server: [path("server.pem"), path("server.key")],
    client: [path("client.pem"), path("client.key")],
  };
}

/** A port that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

export type Mosquitto = Readonly<{ process: ChildProcess; stop(): Promise<void> }>;

/** Starts a broker with these settings, and waits until it says that it runs. */
export async function startMosquitto(dir: string, settings: readonly string[]): Promise<Mosquitto> {
  const file = join(dir, "mosquitto.conf");
  writeFileSync(file, `${settings.join("\n")}\nlog_dest stderr\n`);
  const process_ = spawn("mosquitto", ["-c", file, "-v"], { stdio: ["ignore", "ignore", "pipe"], ...SBIN });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    process_.stderr.on("data", (text: Buffer) => {
      said += text.toString();
      if (/ running$/m.test(said)) resolve();
    });
    process_.on("exit", () => reject(new Error(`mosquitto did not start: ${said}`)));
  });
  return {
    process: process_,
    stop: () =>
      new Promise((resolve) => {
        process_.on("exit", () => resolve());
        process_.kill("SIGKILL");
      }),
  };
}

/** The line of a password file for one user. */
export function passwordFile(dir: string, user: string, password: string): string {
  const file = join(dir, "passwords");
  execFileSync("mosquitto_passwd", ["-b", "-c", file, user, password], { stdio: "pipe", ...SBIN });
  chmodSync(file, 0o644);
  return file;
}

export const publish = (port: number, topic: string, message: string, ...options: readonly string[]): void => {
  const to = ["-h", "127.0.0.1", "-p", String(port), "-t", topic, ...(message ? ["-m", message] : [])];
  execFileSync("mosquitto_pub", [...to, ...options], { stdio: "pipe" });
};

export const removeFolder = (dir: string): void => rmSync(dir, { recursive: true, force: true });
