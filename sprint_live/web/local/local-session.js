// One drawing as the server holds it, in the page's own engine: the journal, the settings, the paper. The part of session.py.

import { Journal } from '../canvas/journal.js';
import { decodeRestore } from '../wire/protocol.js';
import { decodeClient } from '../wire/decode-client.js';
import { Paper } from './paper.js';

const QUIET = new Set(['end', 'pin', 'usePin', 'vary', 'picture']); // they leave the paper as it is

export class LocalSession {
  // lay(paint, stroke, points): puts a picture on a sheet's paint
  constructor(lay) {
    this.journal = new Journal();
    this.paper = new Paper(lay);
    this.settings = null;
    this.opSeq = 0;
    this.changes = 0; // of what the paper shows
    this.restoring = [];
  }

  // Applies one message; returns it. Throws ProtocolError for bytes that are none.
  take(bytes) {
    const message = decodeClient(bytes);
    this.opSeq = Math.max(this.opSeq, message.seq);
    if (message.kind === 'settings') this.settings = message.settings;
    else {
      this.apply(message);
      if (!QUIET.has(message.kind)) this.changes += 1;
    }
    return message;
  }

  /** @param {any} message */
  apply({ kind, ...message }) {
    const { journal } = this;
    if (kind === 'begin') this.begin(message.pen);
    else if (kind === 'points' && journal.open?.id === message.id) journal.append(message.points);
    else if (kind === 'edit') journal.edit(message.edit);
    else if (kind === 'restore') this.restore(message);
    else if (['end', 'undo', 'redo', 'clear'].includes(kind)) journal[kind]();
  }

  begin(pen) {
    const stroke = this.journal.begin(pen);
    stroke.id = pen.id;
  }

  // A whole drawing, in one or more parts.
  restore({ first, last, bytes }) {
    if (first) this.restoring = [];
    this.restoring.push(bytes);
    if (!last) return;
    this.journal = Journal.fromMessages(this.restoring);
    const [newest] = decodeRestore(this.restoring.at(-1)).slice(-1);
    if (newest?.open) this.journal.open = this.journal.entries.at(-1);
    this.restoring = [];
  }

  get penDown() { return Boolean(this.journal.open); }

  // White paper has no picture, but when painting the words alone make one.
  get blank() { return !this.settings || (this.journal.blank && !this.settings.painting); }

  // What the engine is to draw now; of another seed, if one is given.
  job(seed = this.settings.seed) {
    this.paper.show(this.journal.marks());
    const { painting } = this.settings;
    const [painted, colors] = painting ? [this.paper.painting(), null] : [null, this.paper.colors()];
    return { ...this.settings, seed, lines: this.paper.lines(), painting: painted, colors };
  }
}
