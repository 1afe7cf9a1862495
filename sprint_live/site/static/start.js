// Starts the canvas page with its engine in the page. A service worker keeps the page for the next visit, and sets the headers that
// threads need where the host cannot: the page is then loaded once more, before anything is drawn. `?bench` and `?bench=RUNS`
// measure instead.

import { start } from './live-web/main.js';

const RELOADED = 'sprint-live-isolated';

async function keepOffline() {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('service-worker.js');
    if (self.crossOriginIsolated || sessionStorage.getItem(RELOADED)) return;
    await navigator.serviceWorker.ready;
    sessionStorage.setItem(RELOADED, 'yes'); // once: where it did not help, the page draws with one thread
    location.reload();
    await new Promise(() => {});
  } catch (error) {
    console.warn('Sprint Live: this browser does not keep the page for offline:', error);
  }
}

await keepOffline();
const [root, base] = [document.querySelector('#sprint-live'), new URL('live-web/', document.baseURI)];
const bench = new URLSearchParams(location.search).get('bench');
if (bench === null) await start(root, base, window.earlyStrokes);
else await (await import('./live-web/local/bench-page.js')).startBench(root, base, bench);
