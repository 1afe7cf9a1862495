// From a job to the pixels of a picture: the stages of engine/stage_runner.py, in their order.
// A job is {lines, painting: RGB or null, colors: RGBA or null, prompt, style, seed, steps, guidance, controlStrength,
// controlStart, controlEnd, strength, width, height}; lines, painting and colors are those of the whole canvas.

import { colorPage, cutPaper, detectLines, fitPage, growLines } from './control-map.js';
import { keepColors } from './kept-colors.js';
import { Noise } from './noise.js';
import { enlarged, halfPage } from './pixels.js';
import { controlledSteps, sample } from './sampler.js';
import { spreadColors } from './spread-colors.js';
import { usablePrompt } from './word-pieces.js';

const KEPT_PROMPTS = 16;

export class DrawingEngine {
  // networks: {text(ids), page(half), step({...}), picture(latent, rows, columns)}, promises of Float32Array.
  // model: {channels, ratio, guidanceScale, lineGrowth, coloredPages, styles: {label: template}}
  constructor(networks, pieces, model) {
    this.networks = networks;
    this.pieces = pieces;
    this.model = model;
    this.prompts = new Map();
  }

  // {rgba: Uint8ClampedArray, width, height, timings: [[stage, ms]]}; clean: see `sample`.
  async draw(job) {
    const watch = new StopWatch();
    const { width, height, steps } = job;
    const { channels, ratio, guidanceScale, lineGrowth } = this.model;
    const [rows, columns] = [height / ratio, width / ratio];
    const lines = growLines(fitPage(detectLines(cutPaper(job.lines, 1, width, height)), width, height), lineGrowth);
    const painted = job.colors && this.model.coloredPages && fitPage(cutPaper(job.colors, 4, width, height), width, height);
    const paint = painted && spreadColors(lines, painted);
    const map = paint ? colorPage(lines, paint) : lines;
    const counts = controlledSteps(steps, job.controlStart, job.controlEnd);
    const controlled = job.controlStrength > 0 && counts.some(Boolean) && map.pixels.some((level) => level > 0);
    watch.lap('map');
    const text = await this.read(job);
    watch.lap('text');
    const none = new Float32Array(channels * rows * columns);
    const control = controlled ? await this.networks.page(halfPage(map)) : none;
    const page = job.painting && fitPage(cutPaper(job.painting, 3, width, height), width, height);
    const painting = page ? await this.networks.page(halfPage(page)) : null;
    watch.lap('encode');
    const noise = new Noise(job.seed);
    const latent = await sample({
      steps,
      start: job.strength,
      painting,
      noise: () => noise.normal(none.length),
      predict: (flow, s, step) => {
        const counted = controlled && counts[step];
        const strength = counted ? job.controlStrength : 0;
        return this.networks.step({ flow, text, s, guidance: job.guidance * guidanceScale, control: counted ? control : none, strength, rows, columns });
      },
    });
    watch.lap('denoise');
    const half = await this.networks.picture(latent, rows, columns);
    const rgba = enlarged(half, width / 2, height / 2);
    if (paint && controlled) keepColors(rgba, lines, paint);
    watch.lap('decode');
    return { rgba, width, height, timings: watch.laps };
  }

  // The embeddings of a prompt in its style; prompts change rarely, so theirs are kept.
  async read({ prompt, style }) {
    const usable = usablePrompt(prompt);
    const styled = usablePrompt(style ? this.model.styles[style].replace('{prompt}', () => usable) : usable);
    const known = this.prompts.get(styled) ?? await this.networks.text(this.pieces.encode(styled));
    this.prompts.delete(styled);
    this.prompts.set(styled, known);
    if (this.prompts.size > KEPT_PROMPTS) this.prompts.delete(this.prompts.keys().next().value);
    return known;
  }
}

class StopWatch {
  constructor() {
    this.laps = [];
    this.beginMs = performance.now();
  }

  lap(name) {
    const nowMs = performance.now();
    this.laps.push([name, nowMs - this.beginMs]);
    this.beginMs = nowMs;
  }
}
