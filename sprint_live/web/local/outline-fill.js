// The area inside closed paths under the even-odd rule, with soft edges: cv2.fillPoly with LINE_AA.

import { softLine } from './convex-fill.js';

const SHIFT = 16;
const ONE = 1 << SHIFT;

// paths: [[[x, y]]] in 1/65536 px.
export function fillEvenOdd(image, paths, color) {
  const edges = [];
  for (const path of paths) {
    let before = onRow(path.at(-1));
    for (const corner of path) {
      const now = onRow(corner);
      softLine(image, [before[0], before[1] * ONE], [now[0], now[1] * ONE], color);
      const [upper, lower] = before[1] < now[1] ? [before, now] : [now, before];
      if (upper[1] !== lower[1]) edges.push({ top: upper[1], bottom: lower[1], x: upper[0], step: Math.trunc((now[0] - before[0]) / (now[1] - before[1])) });
      before = now;
    }
  }
  if (!edges.length) return;
  const bottom = Math.min(image.height, Math.max(...edges.map((edge) => edge.bottom)));
  for (let y = Math.max(0, Math.min(...edges.map((edge) => edge.top))); y < bottom; y += 1) {
    const crossings = edges.filter((edge) => edge.top <= y && y < edge.bottom).map((edge) => edge.x + edge.step * (y - edge.top)).sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const first = Math.max(0, (crossings[i] + ONE - 1) >> SHIFT);
      const last = Math.min(image.width - 1, crossings[i + 1] >> SHIFT);
      for (let x = first; x <= last; x += 1) image.pixels.set(color, (y * image.width + x) * image.channels);
    }
  }
}

const onRow = ([x, y]) => [x, (y + (ONE >> 1)) >> SHIFT];
