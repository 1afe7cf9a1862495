// The link to an engine in the page itself: it takes and says what link-worker.js takes and says, and nothing leaves the machine.
// in:  {open: page's address} | {send: [Uint8Array]} | {retry: true}
// out: {kind: 'welcome', door: 'local', ...} | {kind: 'model'|'status'|'error'|'varied', ...} | {kind: 'frame', bitmap, ...}

import { LocalSession } from './local-session.js';
import { ModelFiles } from './model-files.js';
import { layPicture, takePicture } from './pasted-pictures.js';
import { Unsupported, openEngine, threads } from './runtime.js';

const SLOW_MS = 150; // a full picture that takes longer makes room for a smaller one while the pen is down
const SMALL_SIDE = 512;
const JPEG_QUALITY = 0.8;
const PROGRESS_EVERY_MS = 100;
const MB = 1e6;

const page = /** @type {{onmessage: (event: MessageEvent) => void, postMessage: (message: any, transfer?: Transferable[]) => void}} */ (self);
const session = new LocalSession(layPicture);
let root = '';
let engine = null;
let model = null;
let drawing = false;
let loading = false;
let frameSeq = 0;
let drawn = ''; // what the picture on show was made of
let fullMs = 0;
let wantedSeeds = []; // [[opSeq, seed]] of variations, drawn when nothing else is to draw

page.onmessage = ({ data }) => {
  if (data.open) {
    root = data.open;
    page.postMessage({ kind: 'welcome', sessionId: data.sessionId, resumed: false, lastOpSeq: 0, door: 'local' });
    load();
  } else if (data.send) {
    for (const bytes of data.send) receive(bytes);
    pump();
  } else if (data.retry && !engine) load();
};

function receive(bytes) {
  const message = session.take(bytes);
  if (message.kind === 'vary') wantedSeeds = message.seeds.map((seed) => [message.seq, seed]);
  else if (message.kind === 'picture') takePicture(message.name, message.bytes).then(() => { session.paper.forget(); drawn = ''; pump(); });
}

async function load() {
  if (loading) return;
  loading = true;
  let saidMs = 0;
  const files = new ModelFiles(new URL('model/manifest.json', root).href, {
    progress: (done, total) => {
      if (performance.now() - saidMs < PROGRESS_EVERY_MS && done < total) return;
      saidMs = performance.now();
      const [has, all] = [done / MB, total / MB].map((megabytes) => megabytes.toFixed(0));
      say('loading', { code: 'local.loading', params: { done: has, total: all }, text: `loading the model: ${has} of ${all} MB` }, done / total);
    },
    storageFull: () => page.postMessage({ kind: 'error', closeCode: 0, code: 'local.storage_full', params: {}, text: 'the browser has no room for the model' }),
  });
  try {
    const manifest = await files.manifest();
    const found = await files.all(manifest);
    say('loading', { code: 'local.opening', params: {}, text: 'opening the model' }, 1);
    engine = await openEngine(root, manifest, found);
    model = manifest.model;
    page.postMessage({ kind: 'model', ...model.described });
    if (threads() === 1 && navigator.hardwareConcurrency > 1) {
      const text = 'drawing with one thread: the page is not isolated';
      page.postMessage({ kind: 'error', closeCode: 0, code: 'local.one_thread', params: {}, text });
    }
    say('idle');
    pump();
  } catch (error) {
    console.error('Sprint Live: the model in the page:', error);
    const code = error instanceof Unsupported ? 'local.no_simd' : 'local.failed';
    page.postMessage({ kind: 'error', closeCode: 1, code, params: { why: error.message }, text: error.message });
    page.postMessage({ kind: 'down', code: 1006, retryInMs: null });
  }
  loading = false;
}

function say(state, said = { code: '', params: {}, text: '' }, progress = null) {
  page.postMessage({ kind: 'status', seq: 0, state, opSeq: session.opSeq, ...said, progress });
}

// Draws until the picture on show is that of the newest drawing; what came meanwhile is drawn next, and nothing between.
async function pump() {
  if (drawing || !engine) return;
  drawing = true;
  for (let next = wanted(); next; next = wanted()) {
    try {
      await next();
    } catch (error) {
      console.error('Sprint Live: a picture in the page:', error);
      page.postMessage({ kind: 'error', closeCode: 0, code: 'engine.failed', params: { why: error.message }, text: `the engine failed: ${error.message}` });
    }
    await new Promise((after) => { setTimeout(after, 0); }); // what the pen did meanwhile is heard first
  }
  drawing = false;
  say('idle');
}

// What is to be done now, or null.
function wanted() {
  if (!session.blank) {
    const small = session.penDown && session.settings.preview && fullMs > SLOW_MS;
    const key = JSON.stringify([session.changes, session.journal.open?.count, small, session.settings]);
    if (key !== drawn) {
      return () => {
        drawn = key;
        return show(small);
      };
    }
  }
  const [variation] = wantedSeeds;
  if (!variation || session.blank) return null;
  return async () => {
    wantedSeeds.shift();
    const [opSeq, seed] = variation;
    const { rgba, width, height } = await engine.draw(session.job(seed));
    page.postMessage({ kind: 'varied', seq: 0, opSeq, seed, width, height, jpeg: await jpegOf(rgba, width, height) });
  };
}

async function show(small) {
  const { opSeq, settings } = session;
  say('drawing');
  const beginMs = performance.now();
  const job = session.job();
  const strokesMs = performance.now() - beginMs;
  const size = small ? smaller(settings, model.ratio) : {};
  const { rgba, width, height, timings } = await engine.draw({ ...job, ...size });
  const engineMs = performance.now() - beginMs - strokesMs;
  if (!size.width) fullMs = engineMs;
  const jpeg = await jpegOf(rgba, width, height);
  const jpegMs = performance.now() - beginMs - strokesMs - engineMs;
  const bitmap = await createImageBitmap(new ImageData(rgba, width, height), { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  frameSeq += 1;
  const frame = { kind: 'frame', seq: frameSeq, opSeq, width: settings.width, height: settings.height, preview: Boolean(size.width), decodeMs: 0 };
  const times = [['engine', engineMs], ['strokes', strokesMs], ...timings, ['jpeg', jpegMs]];
  page.postMessage({ ...frame, timings: times, bitmap, jpeg }, [bitmap, jpeg.buffer]);
}

// A picture of the same shape whose longer side is at most SMALL_SIDE, in whole cells of the latent; {} for one that is small.
function smaller({ width, height }, ratio) {
  const longer = Math.max(width, height);
  if (longer <= SMALL_SIDE) return {};
  const [w, h] = [width, height].map((side) => ratio * Math.max(1, Math.round((side * SMALL_SIDE) / (longer * ratio))));
  return { width: w, height: h };
}

async function jpegOf(rgba, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(rgba, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  return new Uint8Array(await blob.arrayBuffer());
}
