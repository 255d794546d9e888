import { createHash } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { FeedId } from "@picket/model";
import { readSecret } from "../config/secret.ts";
import type { ClientTls, Secret } from "../config/transport.ts";
import { tlsMaterial } from "./client-tls.ts";
import type { Feed, FeedSink } from "./feed.ts";
import { type HttpAnswer, httpGet } from "./http-get.ts";
import { pause } from "./pace.ts";
import { unpack } from "./unpack.ts";

const INTERVAL_S = 1;
const TIMEOUT_S = 5;
const MAX_BYTES = 1 << 20;
/** Intervals differ by this share either way, so that many who ask one server do not ask in step. */
const JITTER = 0.1;
const LONGEST_RETRY_AFTER_S = 300;

export type HttpPollOptions = Readonly<{
  url: string;
  intervalS?: number;
  timeoutS?: number;
  bearer?: Secret;
  user?: string;
  password?: Secret;
  tls?: ClientTls;
}>;

/**
 * Asks for one address again and again, each new answer one chunk. An answer that says nothing new (304, or what it said before) is no
 * news of the receiver behind it: a page that is still served after its receiver died falls silent.
 */
export function httpPollFeed(id: FeedId, options: HttpPollOptions, nowMs: () => number): Feed {
  const { intervalS = INTERVAL_S, timeoutS = TIMEOUT_S } = options;
  const url = new URL(options.url);
  const where = `${url.origin}${url.pathname}`;
  const news = createNews();

  const question = () => ({
    url,
    headers: { "accept-encoding": "gzip", "user-agent": "picket", ...authorization(options), ...news.conditions() },
    tls: tlsMaterial(options.tls),
    timeoutMs: timeoutS * 1000,
    maxBytes: MAX_BYTES,
  });
  const listen = async (sink: FeedSink, signal: AbortSignal) => {
    let isListening = false;
    while (!signal.aborted) {
      const askedMs = performance.now();
      const answer = await httpGet(question(), signal);
      const retryAfterS = Number(answer.headers["retry-after"]);
      if ((answer.status === 429 || answer.status === 503) && retryAfterS > 0) {
        const inMs = Math.min(retryAfterS, LONGEST_RETRY_AFTER_S) * 1000;
        sink.state({ kind: "reconnecting", inMs, why: `${where} asks us to come back later (${answer.status})` });
        isListening = false;
        await pause(inMs, signal);
        continue;
      }
      if (answer.status !== 200 && answer.status !== 304) throw new Error(`${where} answers ${statusInWords(answer.status)}`);
      if (!isListening) sink.state({ kind: "listening", where });
      isListening = true;
      if (answer.status === 200 && news.isNew(answer)) sink.bytes(answer.body, nowMs(), where);
      const interval = intervalS * 1000 * (1 + JITTER * (2 * Math.random() - 1));
      await pause(interval - (performance.now() - askedMs), signal);
    }
  };
  return {
    id,
    transport: `poll ${where}`,
    async run(sink, signal) {
      try {
        await listen(sink, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}

/** Tells answers that bring something from those that repeat the one before, though packed anew. */
function createNews() {
  let validators: Readonly<Record<string, string>> = {};
  let newest = "";
  return {
    conditions: () => validators,
    isNew({ headers, body }: HttpAnswer): boolean {
      if (body.length === 0) return false; // a file that is just being written
      validators = isSettled(headers) ? validatorsOf(headers) : {};
      const unpacked = unpack(body);
      const digest = createHash("sha256")
        .update(unpacked.ok ? unpacked.value : body)
        .digest("base64");
      const isNew = digest !== newest;
      newest = digest;
      return isNew;
    },
  };
}

const validatorsOf = ({ etag, "last-modified": modified }: HttpAnswer["headers"]): Readonly<Record<string, string>> => ({
  ...(etag && { "if-none-match": etag }),
  ...(modified && { "if-modified-since": modified }),
});

/**
 * A date of whole seconds, and the tag that servers make of it, cannot tell two pages of one second apart: they count only once that
 * second is over. @source RFC 9110, 8.8.2.2.
 */
const isSettled = ({ date, "last-modified": modified }: HttpAnswer["headers"]): boolean =>
  modified === undefined || Date.parse(date ?? "") - Date.parse(modified) > 1000;

/** What shows who we are, read where it stands now. */
export function authorization({
  bearer,
  user,
  password,
}: Pick<HttpPollOptions, "bearer" | "user" | "password">): Readonly<Record<string, string>> {
  if (bearer) return { authorization: `Bearer ${readSecret(bearer)}` };
  if (user === undefined) return {};
  const pair = `${user}:${password ? readSecret(password) : ""}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** A refusal and what to do about it. */
export function statusInWords(status: number): string {
  const words = `${status} ${STATUS_CODES[status] ?? ""}`.trimEnd();
  if (status === 401 || status === 403) return `${words}: see to user and password, or bearer`;
  return status === 404 ? `${words}: is the path right?` : words;
}
