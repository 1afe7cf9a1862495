// The paper: every layer's lines and paint, stacked onto the two canvases on show. The twin of raster.py.
// show(marks) draws only what changed: new marks are added; where marks went or changed, the rectangle around them is
// drawn again from those that touch it. An undo in a drawing of 2,000 strokes so costs a few strokes, not all of them.

import { FIRST_LAYERS } from './edits.js';
import { bounds, drawChunk, drawStroke } from './ink.js';
import { CANVAS_PX, TOOL } from '../wire/protocol.js';

const FEW = 12;
const WHOLE = { x: 0, y: 0, right: CANVAS_PX, bottom: CANVAS_PX };

class Sheet {
  constructor() {
    this.lines = new OffscreenCanvas(CANVAS_PX, CANVAS_PX).getContext('2d');
    this.paint = null; // until there is paint: most layers have none
  }

  // The contexts that a stroke goes to.
  under(stroke) {
    if (stroke.tool !== TOOL.brush && stroke.tool !== TOOL.eraser) {
      this.paint ??= new OffscreenCanvas(CANVAS_PX, CANVAS_PX).getContext('2d');
    }
    return this;
  }

  get contexts() { return this.paint ? [this.lines, this.paint] : [this.lines]; }
}

export class Sheets {
  // lines, paint: the 2D contexts on show
  constructor(lines, paint) {
    this.lines = lines;
    this.paint = paint;
    this.strokesDrawn = 0; // how many strokes were drawn whole: what the tests count
    this.forget();
  }

  sheet(id) {
    if (!this.sheets.has(id)) this.sheets.set(id, new Sheet());
    return this.sheets.get(id);
  }

  forget() {
    this.marks = [];
    this.layers = FIRST_LAYERS;
    this.sheets = new Map();
    this.stack(WHOLE);
  }

  // Draws one chunk of the stroke under the pen; returns the point it has reached.
  ink(stroke, chunk, before) {
    if (this.marks.at(-1) !== stroke) this.marks.push(stroke);
    const reached = drawChunk(this.sheet(stroke.layer).under(stroke), stroke, chunk, before);
    this.stack(bounds({ ...stroke, chunks: [chunk] }, before));
    return reached;
  }

  show(marks) {
    const before = this.marks;
    this.marks = [...marks];
    if (before.every((mark, i) => mark === marks[i])) {
      this.add(marks.slice(before.length));
      return;
    }
    const [then, now] = [new Set(before), new Set(marks)]; // marks never change places, they come and go
    this.redo(marks, [...before.filter((mark) => !now.has(mark)), ...marks.filter((mark) => !then.has(mark))]);
  }

  add(marks) {
    for (const mark of marks) {
      if (mark.arrange) this.arrange(mark.arrange, WHOLE);
      else this.draw(mark);
    }
    this.stack(marks.some((mark) => mark.arrange) ? WHOLE : around(marks));
  }

  redo(marks, changed) {
    const arranged = changed.filter((mark) => mark.arrange);
    if (arranged.length === changed.length && arranged.every(({ arrange }) => this.keepsAll(arrange))) {
      this.arrange({ layers: marks.findLast((mark) => mark.arrange)?.arrange.layers ?? FIRST_LAYERS, merged: null });
      this.stack(WHOLE);
      return;
    }
    for (const where of arranged.length ? [WHOLE] : places(changed)) {
      this.replay(marks, where);
      this.stack(where);
    }
  }

  // True if an arrangement loses nothing of what is drawn, so that going back over it only changes the stack.
  keepsAll({ layers, merged }) {
    return !merged && [...this.sheets.keys()].every((id) => layers.some((layer) => layer.id === id));
  }

  // Draws the marks again where they touch the rectangle, in order: what lies outside it stays.
  replay(marks, where) {
    for (const sheet of this.sheets.values()) sheet.contexts.forEach((context) => cut(context, where));
    this.layers = FIRST_LAYERS;
    for (const mark of marks) {
      if (mark.arrange) this.arrange(mark.arrange, where, true);
      else if (touch(bounds(mark), where)) this.draw(mark, where);
    }
    for (const id of this.sheets.keys()) if (!this.layers.some((layer) => layer.id === id)) this.sheets.delete(id);
  }

  draw(stroke, where) {
    this.strokesDrawn += 1;
    const sheet = this.sheet(stroke.layer).under(stroke);
    if (where) sheet.contexts.forEach((context) => clip(context, where));
    drawStroke(sheet, stroke);
    if (where) sheet.contexts.forEach((context) => context.restore());
  }

  // `keep`: sheets that are missing in the arrangement are only emptied, for a replay may meet them again.
  arrange({ layers, merged }, where, keep = false) {
    if (merged) this.merge(...merged, where);
    for (const [id, sheet] of this.sheets) {
      if (layers.some((layer) => layer.id === id)) continue;
      if (keep) sheet.contexts.forEach((context) => cut(context, where));
      else this.sheets.delete(id);
    }
    this.layers = layers;
  }

  merge(upper, lower, where) {
    const [above, below] = [upper, lower].map((id) => this.sheet(id));
    const [over, under] = [upper, lower].map((id) => this.layers.find((layer) => layer.id === id).opacity / 100);
    if (above.paint) below.under({ tool: TOOL.paint });
    for (const name of below.paint ? ['lines', 'paint'] : ['lines']) {
      clip(below[name], where);
      fade(below[name], under);
      if (above[name]) paste(below[name], above[name], over, where);
      below[name].restore();
    }
  }

  // Puts the layers that are shown onto the canvases on show, within a rectangle; null: nothing.
  stack(where) {
    if (!where) return;
    for (const name of ['lines', 'paint']) {
      cut(this[name], where);
      for (const { id, opacity, shown } of this.layers) {
        const context = shown && this.sheets.get(id)?.[name];
        if (context) paste(this[name], context, opacity / 100, where);
      }
    }
  }

  // Shows a layer fainter or stronger while its slider moves; the next show() is what counts.
  fade(id, opacity) {
    const { layers } = this;
    this.layers = layers.map((layer) => (layer.id === id ? { ...layer, opacity } : layer));
    this.stack(WHOLE);
    this.layers = layers;
  }

  // The lines that a fill must not cross, those on show as if no layer were faded: RGBA, an ArrayBuffer of 1024 * 1024 * 4.
  barrier() {
    const all = new OffscreenCanvas(CANVAS_PX, CANVAS_PX).getContext('2d', { willReadFrequently: true });
    for (const { id, shown } of this.layers) if (shown) all.drawImage(this.sheet(id).lines.canvas, 0, 0);
    return all.getImageData(0, 0, CANVAS_PX, CANVAS_PX).data.buffer;
  }
}

function clip(context, { x, y, right, bottom }) {
  context.save();
  context.beginPath();
  context.rect(x, y, right - x, bottom - y);
  context.clip();
}

const cut = (context, { x, y, right, bottom }) => context.clearRect(x, y, right - x, bottom - y);

function paste(context, from, alpha, { x, y, right, bottom }) {
  context.globalAlpha = alpha;
  context.globalCompositeOperation = 'source-over';
  context.drawImage(from.canvas, x, y, right - x, bottom - y, x, y, right - x, bottom - y);
  context.globalAlpha = 1;
}

function fade(context, alpha) {
  if (alpha === 1) return;
  context.globalCompositeOperation = 'destination-in';
  context.fillStyle = `rgb(0 0 0 / ${alpha})`;
  context.fillRect(0, 0, CANVAS_PX, CANVAS_PX);
}

const touch = (a, b) => a && a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom;

// Where strokes are: each by itself while they are few, for between two that lie far apart nothing has changed.
function places(strokes) {
  const parts = strokes.length > FEW ? [around(strokes)] : strokes.map((stroke) => bounds(stroke));
  return parts.filter((part) => part);
}

function around(strokes) {
  const parts = strokes.map((stroke) => bounds(stroke)).filter((part) => part);
  if (!parts.length) return null;
  const least = (name) => Math.min(...parts.map((part) => part[name]));
  const most = (name) => Math.max(...parts.map((part) => part[name]));
  return { x: least('x'), y: least('y'), right: most('right'), bottom: most('bottom') };
}
