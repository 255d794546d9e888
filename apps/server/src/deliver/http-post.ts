import type { DeliverTransport } from "../config/deliver.ts";
import { tlsMaterial } from "../feeds/client-tls.ts";
import { httpAsk } from "../feeds/http-get.ts";
import { authorization, statusInWords } from "../feeds/http-poll.ts";
import { type Courier, Refused } from "./courier.ts";

const DEFAULT_TIMEOUT_S = 10;
const MOST_ANSWER_BYTES = 64 * 1024;
/** Refusals that are about now, and not about the message. */
const COME_AGAIN: ReadonlySet<number> = new Set([401, 403, 404, 408, 425, 429]);

/** Posts each message. What is answered with 2xx is taken; 400 and its like are about the message and final, all else is tried again. */
export function httpPostCourier(options: Extract<DeliverTransport, { kind: "httpPost" }>): Courier {
  const url = new URL(options.url);
  const where = `${url.origin}${url.pathname}`;
  return {
    where: `post ${where}`,
    async deliver({ text }, signal) {
      const { status } = await httpAsk(
        {
          url,
          headers: {
            "content-type": "application/cap+xml; charset=utf-8",
            "content-length": String(Buffer.byteLength(text)),
            "user-agent": "picket",
            ...authorization(options),
          },
          tls: tlsMaterial(options.tls),
          timeoutMs: (options.timeoutS ?? DEFAULT_TIMEOUT_S) * 1000,
          maxBytes: MOST_ANSWER_BYTES,
          body: text,
        },
        signal,
      );
      if (status >= 200 && status < 300) return;
      const refusal = `${where} answers ${statusInWords(status)}`;
      throw status >= 400 && status < 500 && !COME_AGAIN.has(status) ? new Refused(refusal) : new Error(refusal);
    },
  };
}
