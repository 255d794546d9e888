import { execFileSync, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Answer, Request } from "./probe.ts";

/** Another machine on a wire of its own: a network namespace with a pair of virtual interfaces. */
export type SecondHost = Readonly<{
  /** The address of this machine on the wire. */
  ourAddress: string;
  /** Asks from over there. */
  ask(requests: readonly Request[], ca: string): Answer[];
  remove(): void;
}>;

const PROBE = fileURLToPath(new URL("./probe.ts", import.meta.url));

/** Why no second host can be made here, or `false`. */
export function withoutSecondHost(): string | false {
  const name = `picket-try-${randomInt(1e6)}`;
  const made = spawnSync("ip", ["netns", "add", name], { stdio: "ignore" }).status === 0;
  if (made) execFileSync("ip", ["netns", "delete", name]);
  return made ? false : "a network namespace may not be made here (it needs ip, of iproute2, and root)";
}

export function createSecondHost(): SecondHost {
  const mark = randomInt(1, 255);
  const name = `picket-${process.pid}-${mark}`;
  const [ours, theirs] = [`pk${mark}a`, `pk${mark}b`];
  const ourAddress = `10.213.${mark}.1`;
  const ip = (...args: readonly string[]) => execFileSync("ip", args, { stdio: ["ignore", "ignore", "pipe"] });
  ip("netns", "add", name);
  ip("link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", name);
  ip("address", "add", `${ourAddress}/30`, "dev", ours);
  ip("link", "set", ours, "up");
  ip("-n", name, "address", "add", `10.213.${mark}.2/30`, "dev", theirs);
  ip("-n", name, "link", "set", theirs, "up");
  return {
    ourAddress,
    ask(requests, ca) {
      const input = JSON.stringify({ requests, ca });
      return JSON.parse(execFileSync("ip", ["netns", "exec", name, process.execPath, PROBE], { input, encoding: "utf8" }));
    },
    // The pair goes with the namespace that holds one of its ends.
    remove: () => void ip("netns", "delete", name),
  };
}
