// Measures the engine in the page: pictures of an example's lines, one after another, a new seed each.
// in:  {open: page's address, runs: pictures of each size}
// out: {kind: 'loading', done, total} in bytes | {kind: 'drawing', done, total} in pictures
//      | {kind: 'measured', threads, adapter, runs, warmUp, sizes: [{side, ms: {stage: {median, p90}}}]} | {kind: 'failed', why}

import { Journal } from '../canvas/journal.js';
import { DRAW_SETTINGS } from '../wire/draw-settings.js';
import { ModelFiles } from './model-files.js';
import { Paper } from './paper.js';
import { openEngine, threads } from './runtime.js';

const SIDES = [512, 1024];
const WARM_UP = 2; // the first pictures of a size cost memory and compilation
const STAGES = ['map', 'encode', 'denoise', 'decode'];

const page = /** @type {{onmessage: (event: MessageEvent) => void, postMessage: (message: any) => void}} */ (self);

page.onmessage = async ({ data }) => {
  try {
    page.postMessage({ kind: 'measured', ...await measured(data.open, data.runs) });
  } catch (error) {
    console.error('Sprint Live: measuring:', error);
    page.postMessage({ kind: 'failed', why: error.message });
  }
};

async function measured(root, runs) {
  const files = new ModelFiles(new URL('model/manifest.json', root).href, {
    progress: (done, total) => page.postMessage({ kind: 'loading', done, total }),
    storageFull: () => {}, // a measurement needs no second visit
  });
  const manifest = await files.manifest();
  const engine = await openEngine(root, manifest, await files.all(manifest));
  const lines = await exampleLines(root);
  const total = SIDES.length * (WARM_UP + runs);
  const sizes = [];
  let done = 0;
  for (const side of SIDES) {
    const all = [];
    for (let run = 0; run < WARM_UP + runs; run += 1) {
      const job = { ...initial(), lines, painting: null, colors: null, prompt: 'a cat', style: '', seed: run, width: side, height: side };
      const beginMs = performance.now();
      const { timings } = await engine.draw(job);
      if (run >= WARM_UP) all.push({ ...Object.fromEntries(timings), whole: performance.now() - beginMs });
      done += 1;
      page.postMessage({ kind: 'drawing', done, total });
    }
    sizes.push({ side, ms: Object.fromEntries([...STAGES, 'whole'].map((stage) => [stage, spread(all.map((times) => times[stage]))])) });
  }
  return { threads: threads(), adapter: await adapterName(), runs, warmUp: WARM_UP, sizes };
}

const initial = () => Object.fromEntries(Object.entries(DRAW_SETTINGS).map(([name, { initial: value }]) => [name, value]));

async function exampleLines(root) {
  const answer = await fetch(new URL('live-web/examples/cat.json', root));
  const { messages } = await answer.json();
  const paper = new Paper();
  paper.show(Journal.fromMessages(messages.map((text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)))).marks());
  return paper.lines();
}

// Nearest ranks.
function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share) => sorted[Math.ceil(share * sorted.length) - 1];
  return { median: rank(0.5), p90: rank(0.9) };
}

// The GPU that WebGPU would use; null where there is none. The engine itself draws in WebAssembly.
async function adapterName() {
  const gpu = /** @type {any} */ (navigator).gpu;
  const info = (await gpu?.requestAdapter())?.info;
  return info ? [info.vendor, info.architecture, info.description].filter(Boolean).join(' ') || 'unnamed' : null;
}
