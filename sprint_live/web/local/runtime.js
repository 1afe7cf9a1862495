// ONNX Runtime in this browser, opened with the model: what is missing is said by a code of the messages.

import { DrawingEngine } from './drawing-engine.js';
import { Networks } from './networks.js';
import { WordPieces } from './word-pieces.js';

const MAX_THREADS = 8;
const SIMD = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);
const GRAPHS = ['text', 'page', 'step', 'picture'];

export class Unsupported extends Error {}

// 1 where the page is not isolated from others: without that, a browser gives no shared memory.
export const threads = () => (self.crossOriginIsolated ? Math.max(1, Math.min(MAX_THREADS, navigator.hardwareConcurrency || 1)) : 1);

// root: address of the site. files: {name: Uint8Array} of the manifest.
export async function openEngine(root, { model }, files) {
  if (!WebAssembly.validate(SIMD)) throw new Unsupported('WebAssembly SIMD');
  const ort = await import(new URL('ort/ort.wasm.min.mjs', root).href);
  ort.env.wasm.numThreads = threads();
  ort.env.wasm.wasmBinary = files['ort.wasm'];
  ort.env.wasm.wasmPaths = { mjs: new URL('ort/ort-wasm-simd-threaded.mjs', root).href };
  const graphs = Object.fromEntries(GRAPHS.map((name) => [name, { graph: files[`${name}.onnx`], weights: weightsOf(name, files) }]));
  const networks = await Networks.open(ort, graphs, model);
  const vocabulary = new TextDecoder().decode(files.vocabulary).split('\n');
  return new DrawingEngine(networks, new WordPieces(vocabulary, model.maxTokens), model);
}

function weightsOf(name, files) {
  return Object.keys(files).filter((path) => path.startsWith(`${name}.`) && path !== `${name}.onnx`).map((path) => ({ path, data: files[path] }));
}
