import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { Aedes } from "aedes";

/** A broker in this process, on a free port of loopback. It refuses subscriptions to topics that begin with `secret`. */
export async function startBroker() {
  const broker = await Aedes.createBroker({
    authorizeSubscribe: (_, subscription, answer) => answer(null, subscription.topic.startsWith("secret") ? null : subscription),
  });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    broker.handle(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `mqtt://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    publish: (topic: string, payload: string | Buffer, retain = false) =>
      new Promise<void>((resolve, reject) => {
        broker.publish({ cmd: "publish", topic, payload, qos: 0, dup: false, retain }, (error) =>
          error ? reject(error) : resolve(),
        );
      }),
    isSubscribed: () => once(broker, "subscribe"),
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close();
        broker.close(() => resolve());
      }),
  };
}
