/** A program for a network of its own: connects to itself, cuts the network, and prints after how long that is noticed. */
import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { feedId } from "@picket/model";
import { faultInWords } from "./fault-in-words.ts";
import { tcpClientFeed } from "./tcp-client.ts";

const server = createServer((socket) => socket.on("error", () => undefined).write("here"));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  let cutMs = 0;
  const sink = {
    bytes() {
      execFileSync("ip", ["link", "set", "lo", "down"], { env: { PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` } });
      cutMs = performance.now();
    },
    refused: () => undefined,
    state: () => undefined,
  };
  tcpClientFeed(feedId.parse("half-open"), { host: "127.0.0.1", port }, () => 1)
    .run(sink, new AbortController().signal)
    .catch((error: unknown) => {
      process.stdout.write(JSON.stringify({ afterMs: performance.now() - cutMs, why: faultInWords(error) }));
      process.exit();
    });
});
