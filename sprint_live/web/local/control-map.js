// From the lines of the paper to what the autoencoder reads: white lines on black, cut to the paper and scaled to the picture.
// The twin of controlnet/maps/strokes.py, of colored_page in _colored_page.py there, and of fit_page and grow_lines in
// engine/sketch.py, level for level.

import { paperBox } from '../canvas/page-box.js';
import { CANVAS_PX } from '../wire/protocol.js';

const BORDER = 0.02; // share of the shorter side that is looked at for the shade of the paper
const NOISE = 24;
const FAINTEST = 40;
const FEWEST = 4;
const [FLOOR, SPAN] = [0.2, 0.55]; // how paint of 0..1 is written between the black of the page and the white of a line

// The paper's part of the canvas. pixels: Uint8Array of 1024 x 1024 x channels.
export function cutPaper(pixels, channels, width, height) {
  const box = paperBox(width, height);
  const part = new Uint8Array(box.width * box.height * channels);
  for (let y = 0; y < box.height; y += 1) {
    const from = ((box.top + y) * CANVAS_PX + box.left) * channels;
    part.set(pixels.subarray(from, from + box.width * channels), y * box.width * channels);
  }
  return { pixels: part, width: box.width, height: box.height, channels };
}

// Lines of a page in gray: how far each pixel is from the paper, the strongest ink at 255; all 0 where there is too little.
export function detectLines({ pixels, width, height }) {
  const paper = shadeOfPaper(pixels, width, height);
  const ink = pixels.map((shade) => {
    const difference = Math.abs(shade - paper);
    const rounded = difference % 1 === 0.5 ? 2 * Math.round(difference / 2) : Math.round(difference);
    return rounded >= NOISE ? rounded : 0;
  });
  const counts = new Uint32Array(256);
  for (const shade of ink) counts[shade] += 1;
  let peak = 255;
  for (let seen = counts[255]; seen < FEWEST && peak > 0; seen += counts[peak]) peak -= 1;
  if (peak < FAINTEST) return { pixels: ink.fill(0), width, height, channels: 1 };
  const scale = Math.fround(255 / peak);
  return { pixels: peak === 255 ? ink : ink.map((shade) => Math.min(255, halfToEven(Math.fround(shade * scale)))), width, height, channels: 1 };
}

// A number at the nearest whole one, halves at the even one, as numpy and OpenCV round.
export function halfToEven(number) {
  const low = Math.floor(number);
  const part = number - low;
  return part > 0.5 || (part === 0.5 && low % 2) ? low + 1 : low;
}

// The median of the ring along the border; the corners count twice, as on the server.
function shadeOfPaper(pixels, width, height) {
  const ring = Math.max(1, halfToEven(BORDER * Math.min(width, height)));
  const counts = new Uint32Array(256);
  let total = 0;
  for (let y = 0; y < height; y += 1) {
    const inRow = y < ring || y >= height - ring;
    for (let x = 0; x < width; x += 1) {
      const times = (inRow ? 1 : 0) + (x < ring || x >= width - ring ? 1 : 0);
      if (!times) continue;
      counts[pixels[y * width + x]] += times;
      total += times;
    }
  }
  const at = (place) => {
    let seen = 0;
    for (let shade = 0; shade < 256; shade += 1) {
      seen += counts[shade];
      if (seen > place) return shade;
    }
    return 255;
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}

// A page at the picture's size; a page of nearly its proportions is stretched to it, as cv2.resize with INTER_AREA shrinks and
// INTER_LINEAR enlarges.
export function fitPage(page, width, height) {
  if (page.width === width && page.height === height) return page;
  const shrinks = width < page.width || height < page.height;
  const [columns, rows] = [[page.width, width], [page.height, height]].map(([from, to]) => (shrinks ? areaWeights(from, to) : linearWeights(from, to)));
  const { channels } = page;
  const across = new Float32Array(page.height * width * channels);
  for (let y = 0; y < page.height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (const [from, weight] of columns[x]) {
        for (let c = 0; c < channels; c += 1) across[(y * width + x) * channels + c] += weight * page.pixels[(y * page.width + from) * channels + c];
      }
    }
  }
  const pixels = new Uint8Array(width * height * channels);
  const row = new Float32Array(width * channels);
  for (let y = 0; y < height; y += 1) {
    row.fill(0);
    for (const [from, weight] of rows[y]) for (let i = 0; i < row.length; i += 1) row[i] += weight * across[from * row.length + i];
    for (let i = 0; i < row.length; i += 1) pixels[y * row.length + i] = halfToEven(row[i]);
  }
  return { pixels, width, height, channels };
}

function areaWeights(from, to) {
  const step = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [first, last] = [i * step, Math.min(from, (i + 1) * step)];
    const found = [];
    for (let at = Math.floor(first); at < last; at += 1) {
      const share = Math.min(at + 1, last) - Math.max(at, first);
      if (share > 1e-9) found.push([at, share / step]);
    }
    return found;
  });
}

function linearWeights(from, to) {
  return Array.from({ length: to }, (_, i) => {
    const place = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const low = Math.floor(place);
    return [[low, 1 - (place - low)], [Math.min(from - 1, low + 1), place - low]].filter(([, weight]) => weight);
  });
}

// White lines wider by `growth` px, given at 1024 x 1024.
export function growLines(map, growth) {
  const size = 1 + halfToEven((growth * Math.sqrt(map.width * map.height)) / 1024);
  if (size < 2) return map;
  if (size !== 2) throw new RangeError(`lines ${growth} px wider; accepted: up to 1`);
  const { pixels, width, height } = map; // a disc of 2 px: the pixel itself, the one to its left and the one above
  const grown = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      grown[at] = Math.max(pixels[at], x ? pixels[at - 1] : 0, y ? pixels[at - width] : 0);
    }
  }
  return { ...map, pixels: grown };
}

// White lines on black with the paint beside them, RGB; lines in gray, paint RGBA, premultiplied, both of the picture's size.
// Where nothing is painted, the lines themselves.
export function colorPage(lines, paint) {
  if (!paint.pixels.some((level) => level > 0)) return lines;
  const { width, height } = lines;
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const line = lines.pixels[at];
    const floor = FLOOR * paint.pixels[4 * at + 3];
    for (let c = 0; c < 3; c += 1) {
      const level = halfToEven(SPAN * paint.pixels[4 * at + c] + floor);
      pixels[3 * at + c] = Math.min(255, line + halfToEven((level * (255 - line)) / 255));
    }
  }
  return { pixels, width, height, channels: 3 };
}
