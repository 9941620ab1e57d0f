/**
 * Keeps what was read readable without a network. Pages and the index come from the network whenever it answers, so nothing
 * stale is served for ever; files whose name carries their hash come from the cache. The build fills VERSION and FILES in.
 */
const version = "VERSION";
const shell = ["FILES"];
const SHELL = `shell-${version}`;
const DATA = "data";
const PAGES = "pages";

/** Milliseconds after which a page in the cache is better than waiting for the network. */
const PATIENCE = 4000;
const MOST_PAGES = 200;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(shell))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
      }
      await self.clients.claim();
      // What the first visit loaded before there was a service worker.
      const cache = await caches.open(PAGES);
      await cache.add("/").catch(() => undefined);
    })(),
  );
});

async function fresh(request, cacheName, use) {
  const cache = await caches.open(cacheName);
  const key = new URL(request.url).pathname;
  const network = fetch(request).then(async (response) => {
    if (response.ok) {
      const copy = response.clone();
      await cache.put(key, response.clone());
      if (use) await use(await copy.json());
    }
    return response;
  });
  // Whoever loses the race below must not count as an unhandled failure.
  network.catch(() => undefined);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const first = await Promise.race([network, late]);
    if (first) return first;
  } catch {
    return (await cache.match(key)) ?? Promise.reject(new TypeError("Neither network nor cache has it."));
  }
  return (await cache.match(key)) ?? network;
}

async function named(request, cacheName) {
  const cache = await caches.open(cacheName);
  const key = new URL(request.url).pathname;
  const kept = (await cache.match(key)) ?? (await caches.match(key));
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(key, response.clone());
  return response;
}

/** Forgets the data files that the index does not name any more. */
async function tidy(index) {
  const names = new Set(["/data/index.json"]);
  if (index.search) names.add(`/data/${index.search}`);
  for (const day of index.days)
    for (const part of day.parts) names.add(`/data/${part.cards}`).add(`/data/${part.details}`);
  const cache = await caches.open(DATA);
  for (const request of await cache.keys()) {
    if (!names.has(new URL(request.url).pathname)) await cache.delete(request);
  }
  const pages = await caches.open(PAGES);
  const kept = await pages.keys();
  for (const request of kept.slice(0, Math.max(0, kept.length - MOST_PAGES))) {
    if (new URL(request.url).pathname !== "/") await pages.delete(request);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    // Without a network any address gets the page of the newest day, whose script finds the paper or the day in the cache.
    event.respondWith(fresh(request, PAGES).catch(async () => (await caches.match("/")) ?? Response.error()));
  } else if (url.pathname === "/data/index.json") {
    event.respondWith(fresh(request, DATA, tidy));
  } else if (url.pathname.startsWith("/data/")) {
    event.respondWith(named(request, DATA));
  } else if (url.pathname.startsWith("/assets/") || url.pathname === "/icon.svg") {
    event.respondWith(named(request, SHELL));
  }
});
