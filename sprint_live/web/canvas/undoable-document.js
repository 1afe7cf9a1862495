// The drawing with its marks: one history of strokes, pins and picked seeds for undo and redo.

import { Drawing } from './document.js';
import { Marks } from './undo-marks.js';

export class MarkedDrawing extends Drawing {
  /** @type {{touch: () => void}} */
  store;
  /** @type {{use: (pin: any) => void, change: (pin: any) => void}} */
  pins;
  /** @type {{use: (picked: any) => void}} */
  variations;
  /** @type {{use: (words: any) => void}} */
  words;

  constructor(base) {
    super(base);
    this.marks = new Marks({ pin: (pin) => this.pins.use(pin), seed: (seed) => this.variations.use(seed), words: (words) => this.words.use(words) });
  }

  get at() { return this.journal.entries.length; }
  get canUndo() { return this.journal.canUndo || this.marks.canUndo(this.at); }
  get canRedo() { return this.journal.canRedo || this.marks.canRedo(this.at); }

  // Something was changed that undo takes back without the server.
  mark(kind, before, after) {
    this.marks.add(kind, before, after, this.at);
    this.journal.dropUndone();
    this.refresh();
    this.store.touch();
  }

  undo() {
    this.pad.liftPen();
    if (this.fills.forget()) return; // the fill that is under way was the newest
    if (this.marks.canUndo(this.at)) this.markStep('undo');
    else super.undo();
  }

  redo() {
    this.pad.liftPen();
    if (this.marks.canRedo(this.at)) this.markStep('redo');
    else super.redo();
  }

  markStep(step) {
    this.marks[step]();
    this.refresh();
    this.store.touch();
  }

  standing() { return { undoneMarks: this.marks.undone }; }
  comeBack({ undoneMarks }) { this.marks.comeBack(undoneMarks, this.at); }

  begin(pen) {
    const stroke = super.begin(pen);
    if (stroke) this.marks.forgetUndone();
    return stroke;
  }

  edit(edit) {
    super.edit(edit);
    this.marks.forgetUndone();
  }

  // White paper begins anew: what was pinned goes, too, and comes back with undo.
  clear() {
    this.pad.liftPen();
    this.fills.forget();
    if (this.journal.canClear) this.pins.change(null);
    super.clear();
    this.marks.forgetUndone();
  }

  makeRoom(points) {
    this.marks.clear();
    return super.makeRoom(points);
  }
}
