// The drawing and its operations: each goes into the journal first, then onto the wire, and numbers what is awaited.
// The page around it (main.js) overrides what happens on a change.

import { Fills } from './fill/fills.js';
import { t } from '../i18n/language.js';
import { Journal, MAX_ENTRIES, MAX_POINTS, weight } from './journal.js';
import { Given } from './images.js';
import {
  MAX_POINTS_A_MESSAGE, POINT_BYTES, TOOL, encodeBegin, encodeClear, encodeEdit, encodeEnd, encodePoints, encodeRedo,
  encodeUndo,
} from '../wire/protocol.js';

const ROOM_FOR_A_STROKE = 4000; // points; a drawing that is nearly full is compacted before a stroke, not inside it

export class Drawing {
  /** @type {import('./pad.js').Pad} */
  pad;
  /** @type {Worker} */
  worker;

  // base: address of the page's scripts
  constructor(base) {
    this.journal = new Journal();
    this.seq = 0;
    this.times = []; // [seq, ms of the event] of operations whose picture is awaited
    this.online = false;
    this.given = new Given(); // the pictures that the server has
    this.fills = new Fills(base);
    this.late = []; // [pen, points] of fills that came while a stroke was open
    this.before = null; // {stroke, undone, standing}: what the newest stroke put an end to
  }

  // -- the page's part ---------------------------------------------------------------------------------------------------

  wait() {} // a picture is awaited
  redraw() {} // the paper has changed
  refresh() {} // what can be done has changed
  sent() {} // an operation went out
  stir(_fresh) {} // the drawing is about to change; fresh: from white paper
  full() {} // no room is left
  standing() {} // how the page stands, as it is before a stroke
  comeBack(_standing) {} // as it stood
  say(_text) {}

  // -- operations --------------------------------------------------------------------------------------------------------

  op(encode, eventMs = performance.now()) {
    this.seq += 1;
    this.times.push([this.seq, eventMs]);
    if (this.times.length > 2000) this.times.shift();
    if (this.online) this.worker.postMessage({ send: [encode(this.seq)] });
    this.sent();
  }

  // pen: {tool, width, rgb, mirror, layer}, and the picture's name of one that is laid
  begin(pen) {
    if (!this.hasRoomFor(ROOM_FOR_A_STROKE) && !this.makeRoom(ROOM_FOR_A_STROKE)) return null;
    if (!this.journal.layers.find(({ id }) => id === pen.layer)?.shown) {
      this.say(t('This layer is hidden. Show it or choose another layer to draw.'));
      return null;
    }
    const before = { undone: this.journal.undone, standing: this.standing() };
    this.stir(this.journal.blank);
    const stroke = this.journal.begin(pen);
    this.before = { stroke, ...before };
    if (pen.picture) this.sendPictures();
    this.op((seq) => encodeBegin(seq, stroke));
    this.refresh();
    return stroke;
  }

  append(points) {
    const { open } = this.journal;
    if (!open || this.journal.points + points.length / POINT_BYTES > MAX_POINTS) return;
    for (let at = 0; at < points.length; at += MAX_POINTS_A_MESSAGE * POINT_BYTES) {
      const part = points.subarray(at, at + MAX_POINTS_A_MESSAGE * POINT_BYTES);
      this.journal.append(part);
      this.op((seq) => encodePoints(seq, open.id, part), this.pad.lastMs);
    }
    this.wait();
  }

  end() {
    const { open } = this.journal;
    if (!open) return;
    this.journal.end();
    this.op((seq) => encodeEnd(seq, open.id), this.pad.lastMs);
    this.refresh();
    for (const [pen, points] of this.late.splice(0)) this.addStroke(pen, points);
  }

  // A whole stroke at once, as a photo gives one. Returns it, or null if the drawing is full.
  addStroke(pen, points) {
    const stroke = this.begin(pen);
    if (!stroke) return null;
    this.append(points);
    this.end();
    this.redraw();
    return stroke;
  }

  // Fills the area between lines around a place with the pen's color. A stroke that is begun meanwhile is finished first.
  async fill({ x, y }) {
    const pen = this.pad.pen(TOOL.fill);
    try {
      const points = await this.fills.outline(this.pad.sheets.barrier(), { x, y }, this.pad.gap);
      if (points === undefined) return;
      if (!points) this.say(t('There is a line here. Fill the area next to it.'));
      else if (this.journal.open) this.late.push([pen, points]);
      else this.addStroke(pen, points);
    } catch (error) {
      this.say(t('The area could not be filled: {why}', { why: error.message }));
    }
  }

  // Moves, scales or removes strokes, or arranges the layers: one entry, one operation.
  edit(edit) {
    if (!this.hasRoomFor(weight(edit)) && !this.makeRoom(weight(edit))) return;
    this.step(() => this.journal.edit(edit), (seq) => encodeEdit(seq, edit));
  }

  // Takes a stroke back, if it is the newest, as if it had never been: what could be redone can be redone.
  takeBack(stroke) {
    const { journal, before } = this;
    const isNewest = journal.entries.at(-1) === stroke;
    if (!isNewest || before?.stroke !== stroke || journal.canRedo) {
      this.end();
      if (isNewest) this.undo();
      return;
    }
    this.before = null;
    journal.forget(before.undone);
    this.comeBack(before.standing);
    if (journal.canRedo) this.resend(); // the server has let go of it
    else {
      this.op(encodeUndo);
      this.redraw();
    }
  }

  step(change, encode) {
    this.pad.liftPen();
    this.stir(false);
    change();
    this.op(encode);
    this.redraw();
  }

  // A picture goes and comes with the layer that was added for it.
  undo() {
    this.pad.liftPen();
    const { journal } = this;
    const together = journal.entries.at(-1)?.picture && journal.bringsPicture(journal.entries.length - 2);
    for (let i = 0; i < (together ? 2 : 1) && journal.canUndo; i += 1) this.step(() => journal.undo(), encodeUndo);
  }

  redo() {
    this.pad.liftPen();
    const { journal } = this;
    if (journal.canRedo) this.step(() => journal.redo(), encodeRedo);
    if (journal.undone.at(-1)?.picture && journal.bringsPicture(journal.entries.length - 1)) this.step(() => journal.redo(), encodeRedo);
  }

  clear() { if (this.journal.canClear) this.step(() => this.journal.clear(), encodeClear); }

  // To the moment after so many entries; what comes later waits where redo finds it.
  moveTo(count) {
    this.pad.liftPen();
    this.fills.forget();
    this.end();
    this.stir(false);
    while (this.journal.entries.length > count) this.journal.undo();
    while (this.journal.entries.length < count && this.journal.canRedo) this.journal.redo();
    this.resend();
  }

  // The newest stroke with other points: one change of the picture, not a stroke taken back and another one drawn.
  // Returns it, or null if it is not the newest any more, or the drawing is full.
  replace(stroke, points) {
    const { journal } = this;
    if (journal.entries.at(-1) !== stroke || journal.points - stroke.count + points.length / POINT_BYTES > MAX_POINTS) return null;
    const again = { ...stroke, chunks: [points], count: points.length / POINT_BYTES };
    journal.entries.splice(-1, 1, again);
    journal.recount();
    if (this.before?.stroke === stroke) this.before.stroke = again;
    this.stir(false);
    this.resend();
    return again;
  }

  resend() {
    this.sendAll();
    this.times.push([this.seq, performance.now()]);
    this.sent();
    this.redraw();
  }

  hasRoomFor(points) {
    return this.journal.points + points <= MAX_POINTS && this.journal.entries.length < MAX_ENTRIES;
  }

  makeRoom(points) {
    this.journal.compact();
    this.sendAll();
    if (this.hasRoomFor(points)) return true;
    this.full();
    return false;
  }

  sendAll() {
    this.sendPictures();
    if (this.online) this.worker.postMessage({ send: this.journal.toMessages(() => this.nextSeq()) });
  }

  sendPictures() {
    if (this.online) this.worker.postMessage({ send: this.given.messages(this.journal, () => this.nextSeq()) });
  }

  nextSeq() {
    this.seq += 1;
    return this.seq;
  }
}
