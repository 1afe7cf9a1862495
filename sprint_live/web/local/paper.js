// The paper as the server sees it: lines (black on white) and paint of every layer, stacked. The twin of raster.py, ink.py and
// compositing.py, level for level; canvas/raster.js draws what the person sees, this what the model reads.

import { CANVAS_PX, LIFTED, TOOL } from '../wire/protocol.js';
import { FIRST_LAYERS } from '../canvas/edits.js';
import { fillConvex, fillDisc } from './convex-fill.js';
import { fillEvenOdd } from './outline-fill.js';
import { flipsOf, strokePoints } from './stroke-points.js';

const WHITE = 255;
const SCALE = 4096; // of 1/16 px in the units of convex-fill.js
const HALF_PX = 8; // wire coordinates count pixel edges, the shapes pixel centers
const BLEED = 11; // a soft edge reaches 0.7 px over its line
const CANVAS_UNITS = CANVAS_PX * 16;
const LEVELS = CANVAS_PX * CANVAS_PX;

class Sheet {
  constructor() {
    this.lines = image(1, WHITE);
    this.paint = null; // RGBA, premultiplied; null until there is paint
  }

  // Draws a stroke from point `first` on, joined to the one before. lay(paint, stroke): puts a picture on the paint.
  draw(stroke, points, first, lay) {
    if (stroke.tool === TOOL.brush || stroke.tool === TOOL.eraser) drawStroke(this.lines, stroke, points, first, [stroke.tool === TOOL.brush ? 0 : WHITE]);
    if (stroke.tool === TOOL.brush) return;
    if (stroke.tool === TOOL.eraser) {
      if (this.paint) drawStroke(this.paint, stroke, points, first, [0, 0, 0, 0]);
      return;
    }
    this.paint ??= image(4, 0);
    if (stroke.tool === TOOL.picture) lay(this.paint, stroke, points);
    else drawStroke(this.paint, stroke, points, first, [...stroke.rgb, WHITE]);
  }
}

export class Paper {
  constructor(lay = () => {}) {
    this.lay = lay;
    this.forget();
  }

  forget() {
    this.drawn = []; // [mark, points drawn]
    this.without = null; // the same without pictures, once that is asked for
    this.layers = FIRST_LAYERS;
    this.sheets = new Map(FIRST_LAYERS.map(({ id }) => [id, new Sheet()]));
  }

  // Brings the paper to these marks; what only grew at its end is only added to.
  show(marks) {
    const grows = this.drawn.every(([mark, count], i) => mark === marks[i] && (mark.count === count || (i === this.drawn.length - 1 && growsByPoints(mark))));
    if (!grows) this.forget();
    for (let i = Math.max(0, this.drawn.length - 1); i < marks.length; i += 1) {
      const mark = marks[i];
      const before = this.drawn[i]?.[1] ?? 0;
      if (mark.arrange) {
        if (!this.drawn[i]) this.arrange(mark.arrange);
      } else if (mark.count > before) this.sheets.get(mark.layer)?.draw(mark, strokePoints(mark), before, this.lay);
      this.drawn[i] = [mark, mark.count];
    }
  }

  // All lines that are shown, Uint8Array of 1024 x 1024, black on white.
  lines() {
    let stack = null;
    for (const [sheet, layer] of this.shown()) stack = multiplied(stack, faded(sheet.lines.pixels, layer.opacity));
    return stack ?? image(1, WHITE).pixels;
  }

  // All paint that is shown on white, RGB, or null where there is none.
  painting() {
    const stack = this.stacked();
    return stack && onWhite(stack);
  }

  // What was painted and filled, RGBA, premultiplied, or null. A picture that is laid is to draw over: no color of the page.
  colors() {
    if (!this.drawn.some(([mark]) => mark.tool === TOOL.picture)) return this.stacked();
    this.without ??= new Paper();
    this.without.show(this.drawn.map(([mark]) => mark).filter(({ tool }) => tool !== TOOL.picture));
    return this.without.colors();
  }

  stacked() {
    let stack = null;
    for (const [sheet, layer] of this.shown()) stack = over(stack, sheet.paint?.pixels ?? null, layer.opacity);
    return stack;
  }

  shown() { return this.layers.filter((layer) => layer.shown).map((layer) => [this.sheets.get(layer.id), layer]); }

  arrange({ layers, merged }) {
    if (merged) {
      const [above, below] = merged.map((id) => this.layers.find((layer) => layer.id === id).opacity);
      const [upper, lower] = merged.map((id) => this.sheets.get(id));
      lower.lines.pixels = multiplied(faded(lower.lines.pixels, below), faded(upper.lines.pixels, above));
      const paint = over(over(null, lower.paint?.pixels ?? null, below), upper.paint?.pixels ?? null, above);
      lower.paint = paint && { ...image(4, 0), pixels: paint };
    }
    this.layers = layers;
    this.sheets = new Map(layers.map(({ id }) => [id, this.sheets.get(id) ?? new Sheet()]));
  }
}

const growsByPoints = ({ tool }) => tool !== TOOL.fill && tool !== TOOL.picture;

const image = (channels, shade) => ({ pixels: new Uint8Array(LEVELS * channels).fill(shade), width: CANVAS_PX, height: CANVAS_PX, channels });

// Discs at the points and quadrilaterals between them, strictly in order; of a fill, its outline.
function drawStroke(target, stroke, points, first, color) {
  if (stroke.tool === TOOL.fill) {
    for (const flip of flipsOf(stroke)) fillEvenOdd(target, outlines(points, flip), color);
    return;
  }
  for (let i = first; i < points.length; i += 1) {
    const joined = i > 0 && points[i].tiltX !== LIFTED;
    const from = joined ? Math.max(0, i - 1) : i;
    for (const flip of flipsOf(stroke)) {
      const to = placed(points[i], flip);
      const quad = joined && quadBetween(placed(points[from], flip), to, points[from].radius - BLEED, points[i].radius - BLEED);
      if (quad) fillConvex(target, quad.map(scaled), color);
      fillDisc(target, scaled(to), (points[i].radius - BLEED) * SCALE, color);
    }
  }
}

/** @returns {[number, number]} */
const scaled = ([x, y]) => [x * SCALE, y * SCALE];

/** @returns {[number, number]} */
function placed({ x, y }, [flipX, flipY]) {
  return [(flipX ? CANVAS_UNITS - x : x) - HALF_PX, (flipY ? CANVAS_UNITS - y : y) - HALF_PX];
}

function quadBetween([x1, y1], [x2, y2], r1, r2) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = Math.hypot(dx, dy);
  if (length === 0) return null;
  const [nx, ny] = [-dy / length, dx / length];
  /** @type {[number, number][]} */
  const corners = [[x1 + nx * r1, y1 + ny * r1], [x2 + nx * r2, y2 + ny * r2], [x2 - nx * r2, y2 - ny * r2], [x1 - nx * r1, y1 - ny * r1]];
  return corners.map(([x, y]) => /** @type {[number, number]} */ ([Math.floor(x + 0.5), Math.floor(y + 0.5)]));
}

// The closed paths of a fill, each begun with a lifted pen.
function outlines(points, flip) {
  const paths = [];
  points.forEach((point, i) => {
    if (i === 0 || point.tiltX === LIFTED) paths.push([]);
    paths.at(-1).push(scaled(placed(point, flip)));
  });
  return paths.filter((path) => path.length > 2);
}

// -- layers, as compositing.py stacks them -----------------------------------------------------------------------------

// OpenCV rounds halves to the even level.
function level(number) {
  const low = Math.floor(number);
  const part = number - low;
  const near = part > 0.5 || (part === 0.5 && low % 2) ? low + 1 : low;
  return Math.min(255, Math.max(0, near));
}

const byLevel = (change) => Uint8Array.from({ length: 256 }, (_, i) => level(change(i)));

function faded(lines, opacity) {
  if (opacity === 100) return lines;
  const levels = byLevel((shade) => Math.fround(shade * Math.fround(opacity / 100) + Math.fround(WHITE * (1 - opacity / 100))));
  return lines.map((shade) => levels[shade]);
}

function multiplied(below, above) {
  return below ? below.map((shade, i) => level((shade * above[i]) / 255)) : above.slice();
}

function over(below, above, opacity) {
  if (!above) return below;
  const levels = byLevel((shade) => Math.fround(shade * Math.fround(opacity / 100)));
  const top = above.map((shade) => levels[shade]);
  if (!below) return top;
  return top.map((shade, i) => Math.min(255, shade + level((below[i] * (255 - top[i | 3])) / 255)));
}

function onWhite(paint) {
  const page = new Uint8Array(LEVELS * 3);
  for (let i = 0; i < LEVELS; i += 1) {
    const white = 255 - paint[4 * i + 3];
    for (let c = 0; c < 3; c += 1) page[3 * i + c] = Math.min(255, paint[4 * i + c] + white);
  }
  return page;
}
