// Keeps what the page has loaded, so that it works without a network. Files under assets/ carry a
// hash of their content in their name and never change; everything else is asked for anew first.
const CACHE = 'switchyard'
// Some servers vary by Origin, which a script's request has and a page's does not.
const ANY = { ignoreVary: true }

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

// The page says what this version consists of (src/app/offline.ts): keep that, drop the rest.
self.addEventListener('message', (event) => event.waitUntil(keepOnly(new Set(event.data))))

async function keepOnly(addresses) {
  const cache = await caches.open(CACHE)
  const kept = await cache.keys()
  const stale = kept.filter((request) => !addresses.has(request.url))
  await Promise.allSettled([
    ...stale.map((request) => cache.delete(request, ANY)),
    ...[...addresses].map(async (address) => {
      if (!(await cache.match(address, ANY))) await cache.add(address)
    }),
  ])
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  event.respondWith(pathname.includes('/assets/') ? cacheFirst(request) : networkFirst(request))
})

async function cacheFirst(request) {
  return (await caches.match(request, ANY)) ?? fetchAndKeep(request)
}

async function networkFirst(request) {
  try {
    return await fetchAndKeep(request)
  } catch (error) {
    const kept = await caches.match(request, ANY)
    if (kept) return kept
    throw error
  }
}

async function fetchAndKeep(request) {
  const response = await fetch(request)
  if (response.ok) {
    const cache = await caches.open(CACHE)
    await cache.put(request, response.clone())
  }
  return response
}
