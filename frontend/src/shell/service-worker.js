/**
 * Keeps what was read readable without a network. Pages and the index come from the network whenever it answers, so nothing
 * stale is served for ever; files whose name carries their hash come from the cache. A page is kept with the assets that it
 * names, and the assets of a former release as long as a kept page names one of them. Where the browser keeps nothing (its
 * storage is full or refused), the network's answer is used all the same. The build fills VERSION and FILES in.
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
      await self.clients.claim();
      await tidyShells(true).catch(() => undefined);
      // What the first visit loaded before there was a service worker.
      const front = await fetch("/");
      if (front.ok) await keepPage("/", front);
    })().catch(() => undefined),
  );
});

/** What a cache holds; undefined where nothing can be kept at all, too. */
const find = (key) => caches.match(key).catch(() => undefined);

const keep = async (cacheName, key, response) => (await caches.open(cacheName)).put(key, response);

const assetsOf = async (page) => new Set((await page.text()).match(/\/assets\/[\w.-]+/g));

/** Keeps an asset with this release's, and what a script imports. */
async function keepAsset(name) {
  const release = await caches.open(SHELL);
  if (await release.match(name)) return;
  const asset = (await caches.match(name)) ?? (await fetch(name));
  if (!asset.ok) throw new TypeError(`${name} answered ${asset.status}.`);
  const script = name.endsWith(".js") ? await asset.clone().text() : "";
  for (const [, part] of script.matchAll(/(?:from|import)\s*"\.\/([\w.-]+)"/g))
    await keepAsset(`/assets/${part}`);
  await release.put(name, asset);
}

/** Keeps a page and the assets that it names, or neither. */
async function keepPage(key, page) {
  for (const name of await assetsOf(page.clone())) await keepAsset(name);
  await keep(PAGES, key, page);
}

/** Stores the index with the time, so that the page can say how old an offline copy is. */
const keepIndex = async (key, response) => {
  const index = await response.json();
  const headers = { "Content-Type": "application/json", "X-Stored-At": new Date().toISOString() };
  await keep(DATA, key, new Response(JSON.stringify(index), { headers }));
  await tidy(index);
};

/** @param keepIt keeps a good answer; the reader does not wait for it. */
async function fresh(event, keepIt) {
  const key = new URL(event.request.url).pathname;
  const network = fetch(event.request).then((response) => {
    if (response.ok) event.waitUntil(keepIt(key, response.clone()).catch(() => undefined));
    return response;
  });
  // Whoever loses the race below must not count as an unhandled failure.
  event.waitUntil(network.catch(() => undefined));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const first = await Promise.race([network, late]);
    if (first) return first;
  } catch {
    return (await find(key)) ?? Promise.reject(new TypeError("Neither network nor cache has it."));
  }
  return (await find(key)) ?? network;
}

async function named(event, cacheName) {
  const key = new URL(event.request.url).pathname;
  const kept = await find(key);
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(keep(cacheName, key, response.clone()).catch(() => undefined));
  return response;
}

/**
 * Forgets the releases that no kept page needs any more, and pages whose assets are gone.
 * @param all looks for such pages although there is no former release, too.
 */
async function tidyShells(all = false) {
  const former = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
  if (former.length === 0 && !all) return;
  const shells = await Promise.all([SHELL, ...former].map((name) => caches.open(name)));
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
  for (const [place, name] of former.entries()) if (!needed.has(place + 1)) await caches.delete(name);
}

/** Forgets the data files that the index does not name any more, and the pages that were kept first. */
async function tidy(index) {
  const names = new Set(["/data/index.json"]);
  if (index.search) names.add(`/data/${index.search}`);
  for (const day of index.days) {
    if (day.glance) names.add(`/data/${day.glance}`);
    for (const part of day.parts) names.add(`/data/${part.cards}`).add(`/data/${part.details}`);
  }
  const cache = await caches.open(DATA);
  for (const request of await cache.keys()) {
    if (!names.has(new URL(request.url).pathname)) await cache.delete(request);
  }
  const pages = await caches.open(PAGES);
  const kept = await pages.keys();
  for (const request of kept.slice(0, Math.max(0, kept.length - MOST_PAGES))) {
    if (new URL(request.url).pathname !== "/") await pages.delete(request);
  }
  await tidyShells();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    // Without a network any address gets the page of the newest day, whose script finds the paper or the day in the cache.
    event.respondWith(fresh(event, keepPage).catch(async () => (await find("/")) ?? Response.error()));
  } else if (url.pathname === "/data/index.json") {
    event.respondWith(fresh(event, keepIndex));
  } else if (url.pathname.startsWith("/data/")) {
    event.respondWith(named(event, DATA));
  } else if (url.pathname.startsWith("/assets/") || url.pathname === "/icon.svg") {
    event.respondWith(named(event, SHELL));
  }
});
