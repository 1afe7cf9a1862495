// Painted areas of a picture in the colors of their paint: the twin of controlnet/maps/_kept_colors.py.

import { labOf, rgbOf } from './cielab.js';
import { halfToEven } from './control-map.js';

const [NEAR, NEAR_L] = [6, 9]; // of a and b, of L: what a material may take from a color
const MAX_COLORS = 64;
const OPAQUE = 250;
const LINE_LEVEL = 64;
const LEAST_PX = 24; // of an area, at half size
const EDGE_PX = 2; // so near to a line it may be the line's color
const INK_KEPT = 0.8;
const TAPS = gaussian(0.8, 3);

// Moves the colors of `rgba` (Uint8ClampedArray) in place. lines: gray, 255 = line; paint: RGBA, premultiplied and spread; all of the
// same size.
export function keepColors(rgba, lines, paint) {
  const { width, height } = lines;
  const half = { columns: Math.ceil(width / 2), rows: Math.ceil(height / 2) };
  const places = new Uint32Array(half.columns * half.rows); // of every second pixel, in the full arrays
  for (let at = 0, y = 0; y < height; y += 2) for (let x = 0; x < width; x += 2, at += 1) places[at] = y * width + x;
  const codes = Int32Array.from(places, (at) => (paint.pixels[4 * at + 3] >= OPAQUE ? codeAt(paint.pixels, 4 * at) : -1));
  const lab = [0, 1, 2].map(() => new Uint8Array(places.length));
  const moves = [0, 1, 2].map(() => new Float32Array(places.length));
  const seen = new Uint8Array(places.length);
  let moved = false;
  places.forEach((at, i) => {
    if (codes[i] >= 0) labOf(rgba[4 * at], rgba[4 * at + 1], rgba[4 * at + 2]).forEach((level, c) => { lab[c][i] = Math.round(level); });
  });
  for (const code of largest(codes, half)) {
    const wanted = labOf(code >> 16, (code >> 8) & 255, code & 255).map((level) => Math.round(level));
    const open = (i) => codes[i] === code && lines.pixels[places[i]] < LINE_LEVEL;
    for (let first = 0; first < places.length; first += 1) {
      if (seen[first] || !open(first)) continue;
      const area = flood(first, open, seen, half);
      if (area.length < LEAST_PX) continue;
      const { inner, whole } = around(area, (i) => codes[i] === code, half);
      const counted = inner.length >= LEAST_PX ? inner : area;
      const move = toward(lab.map((levels) => median(levels, counted)), wanted);
      moved ||= move.some(Boolean);
      for (const i of whole) move.forEach((step, c) => { moves[c][i] = step; });
    }
  }
  if (moved) apply(rgba, moves.map((levels) => smooth(levels, lines, places, half)), { width, height }, half);
}

const codeAt = (pixels, at) => (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];

// The move in 8-bit L, a, b that brings a median near enough to the wanted color.
function toward(found, wanted) {
  const [light, a, b] = [(wanted[0] - found[0]) / 2.55, wanted[1] - found[1], wanted[2] - found[2]];
  const share = Math.max(0, 1 - NEAR / Math.max(Math.hypot(a, b), 1e-6));
  return [2.55 * Math.sign(light) * Math.max(0, Math.abs(light) - NEAR_L), a * share, b * share];
}

// The codes of the flat colors, the most frequent first.
function largest(codes, { columns, rows }) {
  const counts = new Map();
  for (let y = 0; y < rows; y += 2) {
    for (let x = 0; x < columns; x += 2) {
      const code = codes[y * columns + x];
      if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts].sort(([one, n], [other, m]) => m - n || one - other).slice(0, MAX_COLORS).map(([code]) => code);
}

// The places that hang together with the first one by their sides.
function flood(first, open, seen, { columns, rows }) {
  const found = [first];
  seen[first] = 1;
  for (let next = 0; next < found.length; next += 1) {
    const at = found[next];
    const x = at % columns;
    for (const to of [x > 0 ? at - 1 : -1, x < columns - 1 ? at + 1 : -1, at - columns, at < columns * (rows - 1) ? at + columns : -1]) {
      if (to < 0 || seen[to] || !open(to)) continue;
      seen[to] = 1;
      found.push(to);
    }
  }
  return found;
}

// inner: the places of an area whose whole neighborhood lies in it; whole: the area and the painted places beside it.
function around(area, painted, { columns, rows }) {
  const inside = new Set(area);
  const whole = new Set(area);
  const inner = [];
  for (const at of area) {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    let all = true;
    for (let dy = -EDGE_PX; dy <= EDGE_PX; dy += 1) {
      for (let dx = -EDGE_PX; dx <= EDGE_PX; dx += 1) {
        if (x + dx < 0 || x + dx >= columns || y + dy < 0 || y + dy >= rows) { all = false; continue; }
        const to = at + dy * columns + dx;
        if (inside.has(to)) continue;
        all = false;
        if (painted(to)) whole.add(to);
      }
    }
    if (all) inner.push(at);
  }
  return { inner, whole };
}

function median(levels, places) {
  const counts = new Uint32Array(256);
  for (const at of places) counts[levels[at]] += 1;
  const at = (place) => {
    let level = 0;
    for (let below = counts[0]; below <= place; below += counts[level]) level += 1;
    return level;
  };
  return (at((places.length - 1) >> 1) + at(places.length >> 1)) / 2;
}

function gaussian(sigma, reach) {
  const taps = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)));
  const sum = taps.reduce((total, tap) => total + tap);
  return taps.map((tap) => tap / sum);
}

// Moves with soft borders, less of them on lines, in whole levels.
function smooth(levels, lines, places, { columns, rows }) {
  const across = blurred(levels, rows, columns, columns, 1);
  return blurred(across, columns, rows, 1, columns).map((move, i) => halfToEven(move * (1 - (INK_KEPT / 255) * lines.pixels[places[i]])));
}

function blurred(levels, outer, length, outerStep, step) {
  const out = new Float32Array(levels.length);
  const reach = (TAPS.length - 1) / 2;
  const mirrored = (i) => (length === 1 ? 0 : i < 0 ? -i : i >= length ? 2 * length - 2 - i : i);
  for (let o = 0; o < outer; o += 1) {
    for (let i = 0; i < length; i += 1) {
      let sum = 0;
      for (let t = -reach; t <= reach; t += 1) sum += TAPS[t + reach] * levels[o * outerStep + mirrored(i + t) * step];
      out[o * outerStep + i * step] = sum;
    }
  }
  return out;
}

// Adds moves at half size to the pixels of the picture.
function apply(rgba, moves, { width, height }, { columns, rows }) {
  const across = Array.from({ length: width }, (_, x) => between(x, width, columns));
  for (let y = 0; y < height; y += 1) {
    const [top, bottom, down] = between(y, height, rows);
    for (let x = 0; x < width; x += 1) {
      const [left, right, over] = across[x];
      const step = moves.map((levels) => {
        const [one, other] = [top, bottom].map((row) => levels[row * columns + left] * (1 - over) + levels[row * columns + right] * over);
        return halfToEven(one * (1 - down) + other * down);
      });
      if (!step.some(Boolean)) continue;
      const at = 4 * (y * width + x);
      const lab = labOf(rgba[at], rgba[at + 1], rgba[at + 2]).map((level, c) => Math.min(255, Math.max(0, Math.round(level) + step[c])));
      rgbOf(...lab).forEach((level, c) => { rgba[at + c] = level; });
    }
  }
}

// The two places at half size that a pixel lies between, and how far it is from the first.
function between(at, full, half) {
  const place = Math.min(half - 1, Math.max(0, ((at + 0.5) * half) / full - 0.5));
  const low = Math.floor(place);
  return [low, Math.min(half - 1, low + 1), place - low];
}
