import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { TlsMaterial } from "./client-tls.ts";

/** A whole answer, as it came: still packed when its sender packed it. */
export type HttpAnswer = Readonly<{ status: number; headers: IncomingMessage["headers"]; body: Buffer }>;

export type HttpQuestion = Readonly<{
  url: URL;
  headers: Readonly<Record<string, string>>;
  tls: TlsMaterial;
  timeoutMs: number;
  /** Posted, where there is one. */
  body?: string;
  maxBytes: number;
}>;

const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks once. A redirect is followed only on the same host, port and scheme: whoever answers cannot send us, or what we show it,
 * elsewhere. Rejects when no whole answer of at most `maxBytes` is there within `timeoutMs`, and when `signal` aborts.
 */
export async function httpGet(question: HttpQuestion, signal: AbortSignal): Promise<HttpAnswer> {
  let { url } = question;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await httpAsk({ ...question, url }, signal);
    const { location } = answer.headers;
    if (!REDIRECTS.has(answer.status) || !location) return answer;
    const next = URL.parse(location, url.href);
    if (next?.origin !== url.origin)
      throw new Error(
        `${url.host} sends us to ${next?.origin ?? location}, which is not followed: if that is right, give it as url`,
      );
    url = next;
  }
  throw new Error(`${url.host} sends us round in a circle`);
}

/** Asks once, and follows nothing. Rejects as {@link httpGet} does. */
export function httpAsk(
  { url, headers, tls, timeoutMs, maxBytes, body }: HttpQuestion,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    // A connection for each question: one that was kept may be closed by the peer just as the next question leaves.
    const request = send(url, { method: body === undefined ? "GET" : "POST", headers, agent: false, ...tls });
    const stop = () => request.destroy(new Error("stopped"));
    const late = () => request.destroy(new Error(`${url.host} gave no whole answer within ${timeoutMs / 1000} s`));
    const timer = setTimeout(late, timeoutMs);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on("data", (part: Buffer) => {
        parts.push(part);
        length += part.length;
        if (length > maxBytes) request.destroy(new Error(`${url.host} answers with more than ${maxBytes} octets`));
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    request.on("error", reject);
    request.on("close", () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      reject(new Error(`${url.host} broke off its answer`));
    });
    request.end(body);
  });
}
