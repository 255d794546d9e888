/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;

const SHELL = "picket-field-1";

/** What the page says it is made of. */
type Keep = Readonly<{ kind: "keep"; urls: readonly string[] }>;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== SHELL) await caches.delete(name);
      await self.clients.claim();
    })(),
  ),
);

self.addEventListener("message", (event) => {
  const { kind, urls } = event.data as Keep;
  if (kind === "keep") event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([...new Set(urls)])));
});

/** The page itself: from the site while it answers, else as kept. Its hashed parts: as kept. What is live is never kept. */
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  if (event.request.mode === "navigate") event.respondWith(fromSite(event.request));
  else if (url.pathname.startsWith("/assets/") || url.pathname.startsWith("/field")) event.respondWith(fromShell(event.request));
});

async function fromSite(request: Request): Promise<Response> {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(4000) });
    if (response.ok) return response;
  } catch {
    // Out of reach: the kept page says so itself, by its own clock.
  }
  return (await caches.match("/field")) ?? Response.error();
}

async function fromShell(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(SHELL)).put(request, response.clone());
  return response;
}
