// Keeps the page for flight mode and isolates it, so that WebAssembly gets threads on a host that sets no headers. The model's
// parts are kept by the page itself (web/local/model-files.js). The version and the files are written in by site/build.py.

const CACHE = `sprint-live-page-${'VERSION'}`;
const FILES = ['FILES'];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map((name) => new Request(name, { cache: 'no-cache' })))));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('sprint-live-page-') && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin || address.pathname.endsWith('.part')) return;
  event.respondWith(answer(request, address));
});

async function answer(request, address) {
  const cache = await caches.open(CACHE);
  address.search = ''; // the page's own address carries settings there
  const kept = await cache.match(address);
  return isolated(kept ?? await fetch(request));
}

function isolated(response) {
  if (response.type === 'opaque' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
