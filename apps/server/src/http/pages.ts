import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** All a page may load comes from this server: the map, its worker and its shapes too. Nothing leaves. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join("; ");

/** Serves the built pages: the operator's at `/`, the field's at `/field`. */
export async function pages(app: FastifyInstance, webDir: string): Promise<void> {
  app.addHook("onSend", async (request, reply) => {
    reply.header("x-content-type-options", "nosniff").header("referrer-policy", "no-referrer");
    reply.header("content-security-policy", CONTENT_SECURITY_POLICY);
    reply.header("permissions-policy", "camera=(), microphone=(), geolocation=(self)");
    if (request.protocol === "https") reply.header("strict-transport-security", "max-age=31536000");
  });
  if (!existsSync(join(webDir, "index.html"))) return;
  await app.register(fastifyStatic, {
    root: webDir,
    cacheControl: false,
    setHeaders(reply, path) {
      const isHashed = /[/\\]assets[/\\]/.test(path);
      reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  for (const path of ["/field", "/field/enrol"]) app.get(path, (_request, reply) => reply.sendFile("field.html"));
}
