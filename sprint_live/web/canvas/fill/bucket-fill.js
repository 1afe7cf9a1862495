// The area a fill covers: flooded up to the lines, grown a pixel under their edge, and traced as outlines. The outline is
// what is kept and sent, so that every page and the server fill the same area, whatever a gap of a pixel does elsewhere.
// Hands leave gaps: if paint would run out through a small one, it stops there instead. It takes a tenth of a second and more,
// so a worker does it (fill-worker.js).

import { CANVAS_PX, LIFTED, POINT_BYTES, UNITS_PER_PX } from '../../wire/protocol.js';

export const GAP_PX = 8; // that is closed where nobody has chosen another one
const RUNS_OUT = 1.5; // times the area that grown lines enclose
const LINE = 64; // ink that covers a quarter of a pixel stops the paint
const MOST_POINTS = 4000;
const SMALLEST_HOLE = 6; // square px
const TOLERANCE = 1.1; // px between outline and area; grows by COARSER until the points fit
const COARSER = 1.6;

// barrier: opacity of the lines (side * side,); gap: px of one that paint does not run through. Returns wire points, null
// where there is no area at the place (px).
export function fillOutline(barrier, place, gap = GAP_PX, side = CANVAS_PX) {
  const [x, y] = [Math.floor(place.x), Math.floor(place.y)];
  const lines = barrier.map((alpha) => (alpha < LINE ? 0 : 1));
  const area = flood(lines, x, y, side);
  if (!area) return null;
  const rings = trace(grown(kept(area, lines, y * side + x, gap, side), 1, side), side).filter((ring) => areaOf(ring) > 0 || areaOf(ring) < -SMALLEST_HOLE);
  for (let tolerance = TOLERANCE; ; tolerance *= COARSER) {
    const outlines = rings.map((ring) => simplified(ring, tolerance)).filter((ring) => ring.length > 2);
    if (outlines.reduce((sum, ring) => sum + ring.length, 0) <= MOST_POINTS) return packed(outlines);
  }
}

// The area, or what is left of it where gaps of up to `gap` px are closed, if it would run out of one.
function kept(area, lines, at, gap, side) {
  const steps = Math.ceil(gap / 2);
  if (steps === 0) return area;
  const thick = grown(lines, steps, side);
  const start = nearestFree(lines, thick, at, steps, side);
  if (start < 0) return area;
  const closed = spread(flood(thick, start % side, Math.floor(start / side), side), lines, steps, side);
  return closed[at] && sizeOf(area) > RUNS_OUT * sizeOf(closed) ? closed : area;
}

const sizeOf = (area) => area.reduce((sum, on) => sum + on, 0);

// The nearest pixel that no grown line covers, on the way over pixels without a line; -1: none within so many steps.
function nearestFree(lines, thick, at, steps, side) {
  const seen = new Uint8Array(lines.length);
  let edge = [at];
  seen[at] = 1;
  for (let step = 0; step <= steps && edge.length; step += 1) {
    const free = edge.find((one) => !thick[one]);
    if (free !== undefined) return free;
    edge = stepped(edge, lines, seen, side);
  }
  return -1;
}

// An area grown by so many steps, but over no line.
function spread(area, lines, steps, side) {
  const wide = area.slice();
  let edge = [];
  for (let at = 0; at < area.length; at += 1) if (area[at]) edge.push(at);
  for (let step = 0; step < steps && edge.length; step += 1) edge = stepped(edge, lines, wide, side);
  return wide;
}

// Marks the pixels around those of `edge` that hold no line and are not marked yet; returns them.
function stepped(edge, lines, marked, side) {
  const next = [];
  for (const at of edge) {
    const x = at % side;
    for (let dy = -side; dy <= side; dy += side) {
      for (let dx = -1; dx <= 1; dx += 1) {
        const to = at + dy + dx;
        if (x + dx < 0 || x + dx >= side || to < 0 || to >= marked.length || marked[to] || lines[to]) continue;
        marked[to] = 1;
        next.push(to);
      }
    }
  }
  return next;
}

// 1 where paint runs to from (x, y), over pixels that share an edge and hold no line (1); null on a line.
export function flood(lines, x, y, side) {
  const free = (at) => !lines[at] && !area[at];
  const area = new Uint8Array(side * side);
  if (x < 0 || y < 0 || x >= side || y >= side || !free(y * side + x)) return null;
  const waiting = [y * side + x];
  while (waiting.length) {
    let at = waiting.pop();
    if (!free(at)) continue;
    const row = at - (at % side);
    while (at > row && free(at - 1)) at -= 1;
    for (let above = false, below = false; at < row + side && free(at); at += 1) {
      area[at] = 1;
      const [up, down] = [at >= side && free(at - side), at + side < area.length && free(at + side)];
      if (up && !above) waiting.push(at - side);
      if (down && !below) waiting.push(at + side);
      above = up;
      below = down;
    }
  }
  return area;
}

// A square of so many px around each pixel that is on: along the rows, then along the columns.
function grown(area, steps, side) {
  const across = new Uint8Array(area.length);
  const wide = new Uint8Array(area.length);
  for (let line = 0; line < side; line += 1) widen(area, across, line * side, 1, steps, side);
  for (let line = 0; line < side; line += 1) widen(across, wide, line, side, steps, side);
  return wide;
}

function widen(from, to, start, stride, steps, side) {
  let until = -1; // on up to here
  for (let i = 0, at = start; i < side; i += 1, at += stride) {
    if (from[at]) until = i + steps;
    if (i <= until) to[at] = 1;
  }
  until = side;
  for (let i = side - 1, at = start + i * stride; i >= 0; i -= 1, at -= stride) {
    if (from[at]) until = i - steps;
    if (i >= until) to[at] = 1;
  }
}

// The borders of an area as rings of corners between pixels, the area on the right of the way: outer rings clockwise.
export function trace(area, side) {
  const inside = (x, y) => x >= 0 && y >= 0 && x < side && y < side && area[y * side + x] === 1;
  const walked = new Uint8Array(area.length); // pixels whose upper border was walked
  const rings = [];
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      if (inside(x, y) && !inside(x, y - 1) && !walked[y * side + x]) rings.push(ringFrom(x, y, inside, walked, side));
    }
  }
  return rings;
}

const STEP = [[1, 0], [0, 1], [-1, 0], [0, -1]]; // right, down, left, up
const RIGHT_OF = [[0, 0], [-1, 0], [-1, -1], [0, -1]]; // the pixel ahead on the right, seen from the corner reached
const LEFT_OF = [[0, -1], [0, 0], [-1, 0], [-1, -1]];

function ringFrom(startX, startY, inside, walked, side) {
  const ring = [];
  let [x, y, way] = [startX, startY, 0];
  do {
    if (way === 0) walked[y * side + x] = 1;
    x += STEP[way][0];
    y += STEP[way][1];
    const before = way;
    if (!inside(x + RIGHT_OF[way][0], y + RIGHT_OF[way][1])) way = (way + 1) % 4;
    else if (inside(x + LEFT_OF[way][0], y + LEFT_OF[way][1])) way = (way + 3) % 4;
    if (way !== before) ring.push({ x, y });
  } while (x !== startX || y !== startY || way !== 0);
  return ring;
}

const areaOf = (ring) => ring.reduce((sum, { x, y }, i) => {
  const next = ring[(i + 1) % ring.length];
  return sum + (x * next.y - next.x * y) / 2;
}, 0);

// Fewer corners, none further than `tolerance` from the ring: split at the corner farthest from the chord, again and again.
function simplified(ring, tolerance) {
  const far = ring.reduce((best, corner, i) => (apart(ring[0], corner) > apart(ring[0], ring[best]) ? i : best), 0);
  const corners = new Set([0, far]);
  const closed = [...ring, ring[0]];
  const spans = [[0, far], [far, ring.length]];
  while (spans.length) {
    const [from, to] = spans.pop();
    let [worst, at] = [tolerance, -1];
    for (let i = from + 1; i < to; i += 1) {
      const away = offChord(closed[i], closed[from], closed[to]);
      if (away > worst) [worst, at] = [away, i];
    }
    if (at < 0) continue;
    corners.add(at);
    spans.push([from, at], [at, to]);
  }
  return [...corners].sort((a, b) => a - b).map((i) => ring[i]);
}

const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

function offChord(point, from, to) {
  const length = apart(from, to);
  if (length === 0) return apart(point, from);
  return Math.abs((to.x - from.x) * (from.y - point.y) - (from.x - point.x) * (to.y - from.y)) / length;
}

function packed(rings) {
  const bytes = new Uint8Array(rings.reduce((sum, ring) => sum + ring.length, 0) * POINT_BYTES);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const ring of rings) {
    ring.forEach(({ x, y }, i) => {
      view.setInt16(at, x * UNITS_PER_PX, true);
      view.setInt16(at + 2, y * UNITS_PER_PX, true);
      view.setUint16(at + 4, 65535, true);
      view.setInt8(at + 6, i === 0 ? LIFTED : 0);
      at += POINT_BYTES;
    });
  }
  return bytes;
}
