// Maps of what is selected, as the numbers of a transform (edits.js): shifted, scaled, turned, flipped. Places in px of the canvas.

import { ONE } from './edits.js';
import { UNITS_PER_PX } from '../wire/protocol.js';

const [LEAST, MOST] = [0.05, 20];

export const shifted = (dx, dy) => asTransform({ dx, dy });

// Turned clockwise about a place.
export function turned(middle, radians) {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return about(middle, { xx: cos, xy: -sin, yx: sin, yy: cos });
}

// xx, yy: -1 to flip that axis, other numbers to scale along it
export const stretched = (middle, xx, yy) => about(middle, { xx, yy });

// Scaled so that the corner comes to where the pointer is, evenly unless `free`; the corner across stays.
export function scaled({ x, y, across }, at, free) {
  const [width, height] = [x - across.x, y - across.y];
  const even = ((at.x - across.x) * width + (at.y - across.y) * height) / (width * width + height * height);
  const [byX, byY] = free ? [(at.x - across.x) / width, (at.y - across.y) / height] : [Math.max(LEAST, even), Math.max(LEAST, even)];
  const within = (by) => (Math.sign(by) || 1) * Math.min(MOST, Math.max(LEAST, Math.abs(by)));
  return about(across, { xx: within(byX), yy: within(byY) });
}

// The rectangle {x, y, right, bottom} around where a transform takes one.
export function boxAfter({ x, y, right, bottom }, { scaleX, scaleY, skewX, skewY, shiftX, shiftY }) {
  const corners = [[x, y], [right, y], [right, bottom], [x, bottom]];
  const xs = corners.map(([atX, atY]) => (atX * scaleX + atY * skewX) / ONE + shiftX / UNITS_PER_PX);
  const ys = corners.map(([atX, atY]) => (atX * skewY + atY * scaleY) / ONE + shiftY / UNITS_PER_PX);
  return { x: Math.min(...xs), y: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

// x is xx x + xy y + dx then; the shift is that of the rounded numbers, so that the place stays within half a unit.
function about({ x, y }, map) {
  const { scaleX, skewX, skewY, scaleY } = asTransform(map);
  return asTransform({ ...map, dx: x - (x * scaleX + y * skewX) / ONE, dy: y - (x * skewY + y * scaleY) / ONE });
}

function asTransform({ xx = 1, xy = 0, yx = 0, yy = 1, dx = 0, dy = 0 }) {
  const [scaleX, skewX, skewY, scaleY] = [xx, xy, yx, yy].map((number) => Math.round(number * ONE));
  return { scaleX, scaleY, shiftX: Math.round(dx * UNITS_PER_PX), shiftY: Math.round(dy * UNITS_PER_PX), skewX, skewY };
}
