// Run by test_local_engine.py: the parts of the local engine (web/local), without a page. Prints what they answer as JSON.
import { readFileSync } from 'node:fs';

const [, , web, jobPath] = process.argv;
const { Noise } = await import(`${web}/local/noise.js`);
const { WordPieces } = await import(`${web}/local/word-pieces.js`);
const { angles, controlledSteps, sample } = await import(`${web}/local/sampler.js`);
const { Paper } = await import(`${web}/local/paper.js`);
const { colorPage, cutPaper, detectLines, fitPage, growLines } = await import(`${web}/local/control-map.js`);
const { keepColors } = await import(`${web}/local/kept-colors.js`);
const { spreadColors } = await import(`${web}/local/spread-colors.js`);
const { enlarged, halfPage } = await import(`${web}/local/pixels.js`);
const { settle } = await import(`${web}/canvas/edits.js`);

const text = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
const bytes = (base64) => new Uint8Array(Buffer.from(base64, 'base64'));
const floats = (base64) => new Float32Array(bytes(base64).buffer);

// entries as the journal has them, points as one hexadecimal text a chunk
function entriesOf(entries) {
  return entries.map((entry) => {
    if (!entry.stroke) return entry;
    const chunks = entry.stroke.points.map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
    return { ...entry.stroke, chunks, count: chunks.reduce((sum, chunk) => sum + chunk.length / 10, 0) };
  });
}

const answers = {
  noise: ({ seed, counts }) => {
    const noise = new Noise(seed);
    return counts.map((count) => text(noise.normal(count)));
  },
  tokens: ({ vocabulary, most, prompts }) => {
    const pieces = new WordPieces(vocabulary, most);
    return prompts.map((prompt) => pieces.encode(prompt));
  },
  angles: (cases) => cases.map(([steps, start]) => angles(steps, start)),
  controlled: (cases) => cases.map((one) => controlledSteps(...one)),
  sample: async ({ steps, start, painting, noises }) => {
    const each = noises.map(floats);
    const seen = [];
    const predict = (flow, s, step) => {
      seen.push([step, s]);
      return flow.map((x, i) => Math.sin(3 * x + i * 0.01 + s));
    };
    const latent = await sample({ steps, start, painting: painting && floats(painting), noise: () => each.shift(), predict });
    return [text(latent), seen];
  },
  paper: (stages) => {
    const paper = new Paper();
    return stages.map((entries) => {
      paper.show(settle(entriesOf(entries)));
      const [painting, colors] = [paper.painting(), paper.colors()];
      return [text(paper.lines()), painting && text(painting), colors && text(colors)];
    });
  },
  map: ({ lines, width, height }) => {
    const page = detectLines(cutPaper(bytes(lines), 1, width, height));
    return text(growLines(fitPage(page, width, height), 1).pixels);
  },
  colored: ({ lines, colors, width, height }) => {
    const map = growLines(fitPage(detectLines(cutPaper(bytes(lines), 1, width, height)), width, height), 1);
    const { pixels, channels } = colorPage(map, spreadColors(map, fitPage(cutPaper(bytes(colors), 4, width, height), width, height)));
    return [text(pixels), channels];
  },
  spread: ({ lines, colors, width, height }) => {
    const page = (pixels, channels) => ({ pixels: bytes(pixels), width, height, channels });
    return text(spreadColors(page(lines, 1), page(colors, 4)).pixels);
  },
  keep: ({ picture, lines, colors, width, height }) => {
    const page = (pixels, channels) => ({ pixels: bytes(pixels), width, height, channels });
    const rgba = new Uint8ClampedArray(bytes(picture));
    keepColors(rgba, page(lines, 1), page(colors, 4));
    return text(rgba);
  },
  painting: ({ pixels, width, height }) => text(fitPage(cutPaper(bytes(pixels), 3, width, height), width, height).pixels),
  half: ({ pixels, width, height, channels }) => text(halfPage({ pixels: bytes(pixels), width, height, channels }).data),
  enlarge: ({ data, width, height }) => text(enlarged(floats(data), width, height)),
};
const [name, argument] = JSON.parse(readFileSync(jobPath, 'utf8'));
console.log(JSON.stringify(await answers[name](argument)));
