// Paint spreads over the area that lines enclose around it: the twin of controlnet/maps/_spread_colors.py, level for level.

import { halfToEven } from './control-map.js';

const GAPS = 0.01; // of the shorter side: gaps between lines up to twice this are bridged
const LINE_LEVEL = 64; // what is darker is no wall
const OPAQUE = 250; // paint that says a color; the soft rim of a brush does not
const LEAST_SHARE = 50; // an area takes a color if one of this many of its pixels has it
const LEAST_PX = 8;
const PAST_WALLS = 3; // px that an area grows over the walls beside it, besides the bridged gaps

// Paint with every enclosed area that holds some covered by it. lines: gray, 255 = line; paint: RGBA, premultiplied, of the same
// size. The same paint where no area takes a color. All of it happens at half the size.
export function spreadColors(lines, paint) {
  const { width, height } = lines;
  const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const walls = halfWalls(lines, columns, rows);
  const reach = Math.max(1, halfToEven(GAPS * Math.min(columns, rows)));
  const closed = inverted(dilated(inverted(dilated(walls, columns, rows, reach)), columns, rows, reach));
  const { areas, count } = numbered(closed, columns, rows);
  const fills = fillsOf(areas, count, paint, columns, rows);
  if (!fills.some((level) => level > 0)) return paint;
  grow(areas, columns, rows, reach + PAST_WALLS);
  const pixels = paint.pixels.slice();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [at, from] = [4 * (y * width + x), 4 * areas[(y >> 1) * columns + (x >> 1)]];
      if (pixels[at + 3] >= OPAQUE || !fills[from + 3]) continue;
      for (let c = 0; c < 4; c += 1) pixels[at + c] = fills[from + c];
    }
  }
  return { ...paint, pixels };
}

// 1 where one of 2 x 2 pixels is a line.
function halfWalls({ pixels, width, height }, columns, rows) {
  const walls = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) if (pixels[y * width + x] >= LINE_LEVEL) walls[(y >> 1) * columns + (x >> 1)] = 1;
  }
  return walls;
}

const inverted = (mask) => mask.map((bit) => 1 - bit);

// 1 where the square of `reach` px to each side holds a 1; beyond the border there is none.
function dilated(mask, columns, rows, reach) {
  const wide = new Uint8Array(mask.length);
  for (let y = 0; y < rows; y += 1) smear(mask, wide, y * columns, 1, columns, reach);
  const tall = new Uint8Array(mask.length);
  for (let x = 0; x < columns; x += 1) smear(wide, tall, x, columns, rows, reach);
  return tall;
}

// One row or column: `count` places from `first`, `step` apart.
function smear(from, to, first, step, count, reach) {
  for (let i = 0, last = -Infinity; i < count; i += 1) {
    if (from[first + i * step]) last = i;
    if (i - last <= reach) to[first + i * step] = 1;
  }
  for (let i = count - 1, last = Infinity; i >= 0; i -= 1) {
    if (from[first + i * step]) last = i;
    if (last - i <= reach) to[first + i * step] = 1;
  }
}

// 0 on walls, then a number for every area of pixels side by side, in the order of their first pixels; count: one more than areas.
function numbered(walls, columns, rows) {
  const areas = new Int32Array(walls.length);
  const waiting = new Int32Array(walls.length);
  let count = 1;
  for (let start = 0; start < walls.length; start += 1) {
    if (walls[start] || areas[start]) continue;
    let left = 0;
    const take = (at) => {
      if (walls[at] || areas[at]) return;
      areas[at] = count;
      waiting[left] = at;
      left += 1;
    };
    for (take(start); left;) {
      left -= 1;
      const at = waiting[left];
      const x = at % columns;
      if (x > 0) take(at - 1);
      if (x < columns - 1) take(at + 1);
      if (at >= columns) take(at - columns);
      if (at < (rows - 1) * columns) take(at + columns);
    }
    count += 1;
  }
  return { areas, count };
}

// Four levels for each area; 0 for those that have no color or touch the border.
function fillsOf(areas, count, paint, columns, rows) {
  const [sizes, painted] = [new Uint32Array(count), Array.from({ length: count }, () => [])];
  const open = new Set();
  for (let at = 0; at < areas.length; at += 1) {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    const number = areas[at];
    sizes[number] += 1;
    if (x === 0 || y === 0 || x === columns - 1 || y === rows - 1) open.add(number);
    const pixel = 4 * (2 * y * paint.width + 2 * x);
    if (number && paint.pixels[pixel + 3] >= OPAQUE) painted[number].push(pixel);
  }
  const fills = new Uint8Array(4 * count);
  for (let number = 1; number < count; number += 1) {
    const found = painted[number];
    if (found.length < LEAST_PX || found.length * LEAST_SHARE < sizes[number] || open.has(number)) continue;
    fills.set([...mostCommon(paint.pixels, found), 255], 4 * number);
  }
  return fills;
}

// The mean of the colors in the fullest of 16 x 16 x 16 bins, halves rounded up; of equal bins, the first.
function mostCommon(pixels, places) {
  const binOf = (at) => ((pixels[at] >> 4) << 8) + ((pixels[at + 1] >> 4) << 4) + (pixels[at + 2] >> 4);
  const counts = new Uint32Array(4096);
  for (const at of places) counts[binOf(at)] += 1;
  const fullest = counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
  const members = places.filter((at) => binOf(at) === fullest);
  return [0, 1, 2].map((c) => {
    const sum = members.reduce((all, at) => all + pixels[at + c], 0);
    return Math.floor((2 * sum + members.length) / (2 * members.length));
  });
}

// Areas over the walls beside them, a pixel a step; where two meet, the larger number.
function grow(areas, columns, rows, steps) {
  let bare = Int32Array.from(areas.keys()).filter((at) => !areas[at]);
  for (let step = 0; step < steps; step += 1) {
    const found = bare.map((at) => {
      const x = at % columns;
      return Math.max(
        x > 0 ? areas[at - 1] : 0, x < columns - 1 ? areas[at + 1] : 0,
        at >= columns ? areas[at - columns] : 0, at < (rows - 1) * columns ? areas[at + columns] : 0,
      );
    });
    found.forEach((number, i) => { areas[bare[i]] = number; });
    bare = bare.filter((at) => !areas[at]);
  }
}
