// Ink on paper: the shapes of ink.py (discs at points, quadrilaterals between, radius by pressure) on 2D contexts.
// A picture is laid as image_strokes.py lays it. sheet = {lines, paint}: both are transparent paper, so the eraser removes ink;
// paint is null until there is some.

import { bitmapOf } from './images.js';
import { CANVAS_PX, LIFTED, MIRROR, POINT_BYTES, TOOL, UNITS_PER_PX } from '../wire/protocol.js';

const THINNEST = 0.25;
const MIN_RADIUS = 11 / UNITS_PER_PX;

// Radius in px of a stroke `width` wide (1/16 px) at a pressure of 0..65535.
export function radius(width, pressure) {
  return Math.max(MIN_RADIUS, Math.floor((width / 2) * (THINNEST + (1 - THINNEST) * (pressure / 65535)) + 0.5) / UNITS_PER_PX);
}

// Draws one chunk of wire points; `before` is the point the stroke has reached, returns the new one.
export function drawChunk(sheet, stroke, chunk, before) {
  const path = new Path2D();
  const last = tracePath(path, stroke, chunk, before);
  put(sheet, stroke, path, 'nonzero');
  return last;
}

// Draws all of a stroke.
export function drawStroke(sheet, stroke) {
  if (stroke.tool === TOOL.picture) {
    lay(sheet.paint, stroke);
    return;
  }
  if (stroke.tool === TOOL.fill) {
    for (const path of fillPaths(stroke)) put(sheet, stroke, path, 'evenodd');
    return;
  }
  let reached = null;
  for (const chunk of stroke.chunks) reached = drawChunk(sheet, stroke, chunk, reached);
}

// Corner on corner; nothing before all four are there.
function lay(context, stroke) {
  const [origin, across, , down] = stroke.chunks.flatMap((chunk) => pointsOf(stroke, chunk));
  const bitmap = bitmapOf(stroke.picture);
  if (!down || !bitmap) return;
  const along = (to, length) => [(to.x - origin.x) / length, (to.y - origin.y) / length];
  context.save();
  context.setTransform(...along(across, bitmap.width), ...along(down, bitmap.height), origin.x, origin.y);
  context.globalCompositeOperation = 'source-over';
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0);
  context.restore();
}

function put(sheet, { tool, rgb }, path, rule) {
  const [red, green, blue] = tool === TOOL.paint || tool === TOOL.fill ? rgb : [0, 0, 0];
  const contexts = { [TOOL.brush]: [sheet.lines], [TOOL.eraser]: [sheet.lines, sheet.paint] }[tool] ?? [sheet.paint];
  for (const context of contexts) {
    if (!context) continue;
    context.globalCompositeOperation = tool === TOOL.eraser ? 'destination-out' : 'source-over';
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fill(path, rule);
  }
}

// The outline of a fill, once for each of its mirror images: overlapping ones must not cancel each other.
function fillPaths(stroke) {
  const points = stroke.chunks.flatMap((chunk) => pointsOf(stroke, chunk));
  return flipsOf(stroke).map((flip) => {
    const path = new Path2D();
    points.forEach((point, i) => {
      const { x, y } = flipped(point, flip);
      if (i === 0 || point.lifted) path.moveTo(x, y);
      else path.lineTo(x, y);
    });
    return path;
  });
}

// [{x, y, r, lifted}] in px
export function pointsOf(stroke, chunk) {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return Array.from({ length: chunk.length / POINT_BYTES }, (_, i) => ({
    x: view.getInt16(i * POINT_BYTES, true) / UNITS_PER_PX,
    y: view.getInt16(i * POINT_BYTES + 2, true) / UNITS_PER_PX,
    r: radius(stroke.width, view.getUint16(i * POINT_BYTES + 4, true)),
    lifted: view.getInt8(i * POINT_BYTES + 6) === LIFTED,
  }));
}

const KNOWN = new WeakMap(); // stroke -> [count, bounds]

// The rectangle {x, y, right, bottom} of whole px that a stroke's ink lies in, mirror images too; null off the canvas.
export function bounds(stroke, before = null) {
  const [count, known] = KNOWN.get(stroke) ?? [];
  if (count !== undefined && count === stroke.count) return known;
  const box = { x: Infinity, y: Infinity, right: -Infinity, bottom: -Infinity };
  const points = stroke.chunks.flatMap((chunk) => pointsOf(stroke, chunk));
  if (before) points.push(before);
  for (const flip of flipsOf(stroke)) {
    for (const point of points) {
      const { x, y, r } = flipped(point, flip);
      box.x = Math.min(box.x, x - r);
      box.y = Math.min(box.y, y - r);
      box.right = Math.max(box.right, x + r);
      box.bottom = Math.max(box.bottom, y + r);
    }
  }
  const found = onCanvas(box);
  KNOWN.set(stroke, [stroke.count, found]);
  return found;
}

function onCanvas({ x, y, right, bottom }) {
  const inside = {
    x: Math.max(0, Math.floor(x) - 1), y: Math.max(0, Math.floor(y) - 1),
    right: Math.min(CANVAS_PX, Math.ceil(right) + 1), bottom: Math.min(CANVAS_PX, Math.ceil(bottom) + 1),
  };
  return inside.x < inside.right && inside.y < inside.bottom ? inside : null;
}

/** @returns {[boolean, boolean][]} */
export function flipsOf({ mirror }) {
  /** @type {[boolean, boolean][]} */
  const flips = [[false, false]];
  if (mirror & MIRROR.leftRight) flips.push([true, false]);
  if (mirror & MIRROR.topBottom) flips.push(...flips.map(([x]) => /** @type {[boolean, boolean]} */ ([x, true])));
  return flips;
}

function tracePath(path, stroke, chunk, before) {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const flips = flipsOf(stroke);
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
