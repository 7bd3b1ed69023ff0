// Keeps the pages that were read, so that they open again without a network. A file whose name holds its hash never changes;
// a page is asked for anew, and taken from here where nobody answers.
const CACHE = `course ${registration.scope} {{ version }}`;
const HASHED = /\/files\/[^/]+$/;

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
  const mine = `course ${registration.scope} `;
  const old = (await caches.keys()).filter((name) => name.startsWith(mine) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

addEventListener("message", (event) => event.waitUntil(keep(event.data.keep)));

async function keep(addresses) {
  const cache = await caches.open(CACHE);
  const missing = [];
  for (const address of addresses) if (!(await cache.match(address))) missing.push(address);
  await Promise.allSettled(missing.map((address) => cache.add(address)));
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(registration.scope)) event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const [address] = request.url.split(/[?#]/);
  const kept = await cache.match(address, { ignoreVary: true });
  if (kept && HASHED.test(address)) return kept;
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(address, fresh.clone());
    return fresh;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
