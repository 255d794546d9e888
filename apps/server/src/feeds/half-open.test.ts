import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const IN_NETWORK_OF_ITS_OWN = ["-rn", "sh", "-c", 'PATH="$PATH:/usr/sbin:/sbin" ip link set lo up && exec "$@"', "sh"];
const canCut = spawnSync("unshare", [...IN_NETWORK_OF_ITS_OWN, "true"]).status === 0;
const skip = canCut ? false : "needs unshare with user namespaces, and ip, to cut a network of its own";

test("a peer whose network is cut, so that it never says so, is noticed within ten seconds", { skip }, async () => {
  const program = fileURLToPath(new URL("half-open.fixture.ts", import.meta.url));
  const { stdout } = await promisify(execFile)("unshare", [...IN_NETWORK_OF_ITS_OWN, process.execPath, program], {
    timeout: 60_000,
  });
  const { afterMs, why } = JSON.parse(stdout);
  assert.ok(afterMs < 10_000, `after ${afterMs} ms`);
  assert.match(why, /^the peer does not answer: is it switched on and on this network\?/);
});
