// Ink on paper: the shapes of raster.py (discs at points, quadrilaterals between, radius by pressure) on 2D contexts.
// layers = {lines, paint}: the lines lie on the paint. Both canvases are transparent paper, so the eraser takes ink away.

import { CANVAS_PX, LIFTED, MIRROR, POINT_BYTES, TOOL, UNITS_PER_PX } from './protocol.js';

const THINNEST = 0.25;
const MIN_RADIUS = 11 / UNITS_PER_PX;

// Radius in px of a stroke `width` wide (1/16 px) at a pressure of 0..65535.
export function radius(width, pressure) {
  return Math.max(MIN_RADIUS, Math.floor((width / 2) * (THINNEST + (1 - THINNEST) * (pressure / 65535)) + 0.5) / UNITS_PER_PX);
}

// Draws one chunk of wire points; `before` is the point the stroke has reached, returns the new one.
export function drawChunk(layers, stroke, chunk, before) {
  const path = new Path2D();
  const last = tracePath(path, stroke, chunk, before);
  const [red, green, blue] = stroke.tool === TOOL.paint ? stroke.rgb : [0, 0, 0];
  for (const context of { [TOOL.brush]: [layers.lines], [TOOL.paint]: [layers.paint], [TOOL.eraser]: [layers.lines, layers.paint] }[stroke.tool]) {
    context.globalCompositeOperation = stroke.tool === TOOL.eraser ? 'destination-out' : 'source-over';
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fill(path, 'nonzero');
  }
  return last;
}

function tracePath(path, stroke, chunk, before) {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const flips = [[false, false]];
  if (stroke.mirror & MIRROR.leftRight) flips.push([true, false]);
  if (stroke.mirror & MIRROR.topBottom) flips.push(...flips.map(([x]) => [x, true]));
  let last = before;
  for (let at = 0; at < chunk.length; at += POINT_BYTES) {
    const point = {
      x: view.getInt16(at, true) / UNITS_PER_PX,
      y: view.getInt16(at + 2, true) / UNITS_PER_PX,
      r: radius(stroke.width, view.getUint16(at + 4, true)),
    };
    const joined = last && view.getInt8(at + 6) !== LIFTED;
    for (const flip of flips) {
      const to = flipped(point, flip);
      if (joined) addQuad(path, flipped(last, flip), to);
      path.moveTo(to.x + to.r, to.y);
      path.arc(to.x, to.y, to.r, 0, 2 * Math.PI);
    }
    last = point;
  }
  return last;
}

const flipped = ({ x, y, r }, [flipX, flipY]) => ({ x: flipX ? CANVAS_PX - x : x, y: flipY ? CANVAS_PX - y : y, r });

// Wound like the discs (clockwise on screen), so that overlaps add up under the nonzero rule.
function addQuad(path, from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return;
  const nx = -(to.y - from.y) / length;
  const ny = (to.x - from.x) / length;
  path.moveTo(from.x - nx * from.r, from.y - ny * from.r);
  path.lineTo(to.x - nx * to.r, to.y - ny * to.r);
  path.lineTo(to.x + nx * to.r, to.y + ny * to.r);
  path.lineTo(from.x + nx * from.r, from.y + ny * from.r);
  path.closePath();
}

export function drawAll(layers, strokes) {
  for (const context of [layers.lines, layers.paint]) context.clearRect(0, 0, CANVAS_PX, CANVAS_PX);
  for (const stroke of strokes) {
    let reached = null;
    for (const chunk of stroke.chunks) reached = drawChunk(layers, stroke, chunk, reached);
  }
}
