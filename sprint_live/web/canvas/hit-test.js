// Which strokes a tap, a box or a lasso means. Places in px of the canvas; a polygon is [{x, y}], closed.

import { pointsOf } from './ink.js';
import { TOOL } from '../wire/protocol.js';

// Even-odd, so a lasso that crosses itself leaves out what it winds around twice.
export function inPolygon({ x, y }, polygon) {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i, i += 1) {
    const [a, b] = [polygon[i], polygon[j]];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

// A stroke is meant if at least half of its points lie inside.
export function mostlyInside(stroke, polygon) {
  const points = stroke.chunks.flatMap((chunk) => pointsOf(stroke, chunk));
  return points.length > 0 && 2 * points.filter((point) => inPolygon(point, polygon)).length >= points.length;
}

// True if the ink, or the area of a fill or a picture, is within `reach` px of the place.
export function touches(stroke, place, reach) {
  const points = stroke.chunks.flatMap((chunk) => pointsOf(stroke, chunk));
  if (stroke.tool === TOOL.fill || stroke.tool === TOOL.picture) return rings(points).reduce((inside, ring) => inside !== inPolygon(place, ring), false);
  return points.some((point, i) => {
    const from = i === 0 || point.lifted ? point : points[i - 1];
    return fromSegment(place, from, point) <= point.r + reach;
  });
}

function rings(points) {
  const all = [];
  points.forEach((point, i) => (i === 0 || point.lifted ? all.push([point]) : all.at(-1).push(point)));
  return all;
}

function fromSegment(place, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = dx || dy ? ((place.x - from.x) * dx + (place.y - from.y) * dy) / (dx * dx + dy * dy) : 0;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(place.x - from.x - t * dx, place.y - from.y - t * dy);
}
