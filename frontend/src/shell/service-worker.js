/**
 * Makes visited pages readable offline. Pages and the index are network first, so nothing stale is served for long; files with a
 * hash in their name are cache first. A page is stored with the assets that it names. The assets of a previous release stay as long
 * as a stored page names one of them. If nothing can be stored (storage full or refused), responses come from the network.
 * The build fills in VERSION and FILES.
 */
const version = "VERSION";
const shell = ["FILES"];
const SHELL = `shell-${version}`;
const DATA = "data";
const PAGES = "pages";
const MODEL = "model";

/** Milliseconds after which a stored page is used instead of a slow network. */
const NETWORK_TIMEOUT = 4000;
const MAX_PAGES = 200;

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
      await self.clients.claim();
      await deleteOldReleases(true).catch(() => undefined);
      // The first visit loaded the page before there was a service worker.
      const front = await fetch("/");
      if (front.ok) await storePage("/", front);
    })().catch(() => undefined),
  );
});

/** A stored response; undefined if there is none, or no storage. */
const find = (key) => caches.match(key).catch(() => undefined);

const store = async (cacheName, key, response) => (await caches.open(cacheName)).put(key, response);

const assetsOf = async (page) => new Set((await page.text()).match(/\/assets\/[\w.-]+/g));

/** Stores an asset in this release's cache, with the modules that a script imports. */
async function storeAsset(name) {
  const release = await caches.open(SHELL);
  if (await release.match(name)) return;
  const asset = (await caches.match(name)) ?? (await fetch(name));
  if (!asset.ok) throw new TypeError(`${name} answered ${asset.status}.`);
  const script = name.endsWith(".js") ? await asset.clone().text() : "";
  for (const [, part] of script.matchAll(/(?:from|import)\s*"\.\/([\w.-]+)"/g))
    await storeAsset(`/assets/${part}`);
  await release.put(name, asset);
}

/** Stores a page and the assets that it names, or neither. */
async function storePage(key, page) {
  for (const name of await assetsOf(page.clone())) await storeAsset(name);
  await store(PAGES, key, page);
}

/** Stores the index with the time, so that the page can say how old an offline copy is. */
const storeIndex = async (key, response) => {
  const index = await response.json();
  const headers = { "Content-Type": "application/json", "X-Stored-At": new Date().toISOString() };
  await store(DATA, key, new Response(JSON.stringify(index), { headers }));
  await deleteOldData(index);
};

/** @param storeResponse stores a successful response; the reader does not wait for it. */
async function networkFirst(event, storeResponse) {
  const key = new URL(event.request.url).pathname;
  const network = fetch(event.request).then((response) => {
    if (response.ok) event.waitUntil(storeResponse(key, response.clone()).catch(() => undefined));
    return response;
  });
  // The loser of the race below must not be an unhandled rejection.
  event.waitUntil(network.catch(() => undefined));
  const late = new Promise((resolve) => setTimeout(resolve, NETWORK_TIMEOUT));
  try {
    const first = await Promise.race([network, late]);
    if (first) return first;
  } catch {
    return (await find(key)) ?? Promise.reject(new TypeError("Neither network nor cache has it."));
  }
  return (await find(key)) ?? network;
}

async function cacheFirst(event, cacheName, storeResponse = store) {
  const key = new URL(event.request.url).pathname;
  const kept = await find(key);
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(storeResponse(cacheName, key, response.clone()).catch(() => undefined));
  return response;
}

/** Keeps the embedded model, two megabytes, over releases of the page: its name changes only with its content. */
async function storeModel(cacheName, key, response) {
  const cache = await caches.open(cacheName);
  for (const request of await cache.keys()) await cache.delete(request);
  await cache.put(key, response);
}

/**
 * Deletes the releases that no stored page needs, and stored pages whose assets are gone.
 * @param all checks the pages even if there is no previous release.
 */
async function deleteOldReleases(all = false) {
  const previous = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
  if (previous.length === 0 && !all) return;
  const shells = await Promise.all([SHELL, ...previous].map((name) => caches.open(name)));
  const pages = await caches.open(PAGES);
  const needed = new Set();
  for (const request of await pages.keys()) {
    for (const asset of await assetsOf(await pages.match(request))) {
      const found = await Promise.all(shells.map((cache) => cache.match(asset)));
      const place = found.findIndex(Boolean);
      if (place < 0) await pages.delete(request);
      else needed.add(place);
    }
  }
  for (const [place, name] of previous.entries()) if (!needed.has(place + 1)) await caches.delete(name);
}

/** Deletes data files that the index no longer names, and the oldest pages. */
async function deleteOldData(index) {
  const names = new Set(["/data/index.json"]);
  for (const name of [index.search, index.vectors]) if (name) names.add(`/data/${name}`);
  for (const day of index.days) {
    for (const name of [day.overview, day.related]) if (name) names.add(`/data/${name}`);
    for (const part of day.parts) names.add(`/data/${part.cards}`).add(`/data/${part.details}`);
  }
  const cache = await caches.open(DATA);
  for (const request of await cache.keys()) {
    if (!names.has(new URL(request.url).pathname)) await cache.delete(request);
  }
  const pages = await caches.open(PAGES);
  const kept = await pages.keys();
  for (const request of kept.slice(0, Math.max(0, kept.length - MAX_PAGES))) {
    if (new URL(request.url).pathname !== "/") await pages.delete(request);
  }
  await deleteOldReleases();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    // Offline, every address gets the newest day's page, whose script finds the paper or the day in the cache.
    event.respondWith(
      networkFirst(event, storePage).catch(async () => (await find("/")) ?? Response.error()),
    );
  } else if (url.pathname === "/data/index.json") {
    event.respondWith(networkFirst(event, storeIndex));
  } else if (url.pathname.startsWith("/data/")) {
    event.respondWith(cacheFirst(event, DATA));
  } else if (/^\/assets\/model-[\w-]+\.bin$/.test(url.pathname)) {
    event.respondWith(cacheFirst(event, MODEL, storeModel));
  } else if (url.pathname.startsWith("/assets/") || url.pathname === "/icon.svg") {
    event.respondWith(cacheFirst(event, SHELL));
  }
});
