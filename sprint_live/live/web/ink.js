// Ink on paper: the shapes of raster.py (discs at points, quadrilaterals between, radius by pressure) on a 2D context.
// The context's canvas is transparent paper, so the eraser takes ink away instead of painting white.

import { POINT_BYTES, TOOL, UNITS_PER_PX } from './protocol.js';

const THINNEST = 0.25;
const MIN_RADIUS = 11 / UNITS_PER_PX;

function radius(width, pressure) {
  return Math.max(MIN_RADIUS, Math.floor((width / 2) * (THINNEST + (1 - THINNEST) * (pressure / 65535)) + 0.5) / UNITS_PER_PX);
}

// Draws one chunk of wire points; `before` is the point the stroke has reached, returns the new one.
export function drawChunk(context, stroke, chunk, before) {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  context.globalCompositeOperation = stroke.tool === TOOL.eraser ? 'destination-out' : 'source-over';
  context.fillStyle = '#000';
  context.beginPath();
  let last = before;
  for (let at = 0; at < chunk.length; at += POINT_BYTES) {
    const point = {
      x: view.getInt16(at, true) / UNITS_PER_PX,
      y: view.getInt16(at + 2, true) / UNITS_PER_PX,
      r: radius(stroke.width, view.getUint16(at + 4, true)),
    };
    if (last) addQuad(context, last, point);
    context.moveTo(point.x + point.r, point.y);
    context.arc(point.x, point.y, point.r, 0, 2 * Math.PI);
    last = point;
  }
  context.fill('nonzero');
  return last;
}

// Wound like the discs (clockwise on screen), so that overlaps add up under the nonzero rule.
function addQuad(context, from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return;
  const nx = -(to.y - from.y) / length;
  const ny = (to.x - from.x) / length;
  context.moveTo(from.x - nx * from.r, from.y - ny * from.r);
  context.lineTo(to.x - nx * to.r, to.y - ny * to.r);
  context.lineTo(to.x + nx * to.r, to.y + ny * to.r);
  context.lineTo(from.x + nx * from.r, from.y + ny * from.r);
  context.closePath();
}

export function drawAll(context, strokes) {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  for (const stroke of strokes) {
    let reached = null;
    for (const chunk of stroke.chunks) reached = drawChunk(context, stroke, chunk, reached);
  }
}

// Rounds the corners that a fast pen leaves between its samples. Each call returns points up to the newest sample,
// never behind it: ink that lags would make the lift of the pen a change of its own and cost one more picture.
export class Smoothing {
  constructor() {
    this.last = null;
    this.chord = null; // direction of the last segment, radians
    this.heading = null; // direction the curve has at the last sample
  }

  add(sample) {
    const from = this.last;
    this.last = sample;
    if (!from) return [sample];
    const dx = sample.x - from.x;
    const dy = sample.y - from.y;
    const length = Math.hypot(dx, dy);
    if (length < 0.75 && Math.abs(sample.pressure - from.pressure) < 0.05) {
      this.last = from;
      return [];
    }
    const chord = length > 0 ? Math.atan2(dy, dx) : this.chord ?? 0;
    const turn = this.chord === null ? 0 : turned(chord - this.chord);
    const headingFrom = this.heading;
    this.chord = chord;
    this.heading = Math.abs(turn) > CORNER ? chord : chord + turn / 2; // as if the arc went on: exact for a circle
    if (length < 8 || Math.abs(turn) < 0.03 || Math.abs(turn) > CORNER) return [sample];
    const count = Math.min(16, Math.ceil(length / 6));
    return Array.from({ length: count }, (_, i) => hermite(from, sample, headingFrom, this.heading, length, (i + 1) / count, count));
  }
}

const CORNER = 1.1; // radians; sharper turns stay corners
const turned = (angle) => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));

function hermite(from, to, headingFrom, headingTo, pull, t, count) {
  const a = t * t * (3 - 2 * t);
  const b = t * (1 - t) * (1 - t) * pull;
  const c = t * t * (t - 1) * pull;
  return {
    x: from.x + (to.x - from.x) * a + Math.cos(headingFrom) * b + Math.cos(headingTo) * c,
    y: from.y + (to.y - from.y) * a + Math.sin(headingFrom) * b + Math.sin(headingTo) * c,
    pressure: from.pressure + (to.pressure - from.pressure) * t,
    tiltX: to.tiltX,
    tiltY: to.tiltY,
    dt: to.dt / count,
  };
}
