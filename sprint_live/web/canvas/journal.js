// The drawing and its history, as journal.py has it on the server; the client's copy is the one that counts.
// What the entries make (the paper, whether it is white...) is asked for many times a second: it is worked out once a state.
// A stroke is {id, tool, width, rgb, mirror, layer, chunks: [Uint8Array of wire points], count}, of the picture tool with
// the picture's name as `picture`; a clear is {clear: true}; edits are those of edits.js.

import { FIRST_LAYERS, settle, white } from './edits.js';
import { MAX_POINTS_A_MESSAGE, POINT_BYTES, decodeRestore, encodeRestore } from '../wire/protocol.js';

export const MAX_POINTS = 200000;
export const MAX_ENTRIES = 20000;
const POINTS_A_KEPT_MESSAGE = 2000;

export class Journal {
  constructor() {
    this.entries = [];
    this.undone = [];
    this.open = null;
    this.points = 0;
    this.known = {};
    this.written = []; // of each message of the last toMessages of a size: {records, bytes}
  }

  // What the entries make, the same until they change: entries are only put on and taken off at the end, so their number
  // and the last one say which they are. A stroke that grows makes the same: nothing here depends on its points.
  once(name, make) {
    const { entries, known: { of, length, last } } = this;
    if (of !== entries || length !== entries.length || last !== entries.at(-1)) this.known = { of: entries, length: entries.length, last: entries.at(-1) };
    if (!(name in this.known)) this.known[name] = make();
    return this.known[name];
  }

  // What makes the paper: the entries after the last clear, behind the layers as they were then.
  visible() { return this.once('paper', () => this.afterClear()); }

  afterClear() {
    const start = this.entries.findLastIndex((entry) => entry.clear) + 1;
    const arranged = this.entries.findLast((entry, i) => i < start && entry.arrange);
    return [...(arranged ? [carried(arranged)] : []), ...this.entries.slice(start)];
  }

  // The same once edits are applied: strokes where they are now, and arrangements of layers.
  marks() { return this.once('marks', () => settle(this.visible())); }

  get blank() { return this.once('blank', () => white(this.visible())); }
  get canClear() { return this.once('canClear', () => this.visible().some((entry) => entry.chunks)); }
  get layers() { return this.entries.findLast((entry) => entry.arrange)?.arrange.layers ?? FIRST_LAYERS; }
  get canUndo() { return this.entries.length > 0; }
  get canRedo() { return this.undone.length > 0; }
  get nextId() { return 1 + [...this.entries, ...this.undone].reduce((max, entry) => Math.max(max, lastId(entry)), 0); }

  // pen: {tool, width, rgb, mirror, layer}
  begin(pen) {
    const stroke = { ...pen, id: this.nextId, chunks: [], count: 0 };
    this.dropUndone();
    this.entries.push(stroke);
    this.open = stroke;
    return stroke;
  }

  append(points) {
    this.open.chunks.push(points);
    this.open.count += points.length / POINT_BYTES;
    this.points += points.length / POINT_BYTES;
  }

  end() { this.open = null; }

  undo() {
    this.open = null;
    if (this.canUndo) this.undone.push(this.entries.pop());
  }

  // The newest entry was never there; `undone` is what could be redone then.
  forget(undone) {
    this.open = null;
    this.entries.pop();
    this.undone = undone;
    this.recount();
  }

  redo() {
    this.open = null;
    if (this.canRedo) this.entries.push(this.undone.pop());
  }

  clear() {
    this.open = null;
    if (!this.canClear) return;
    this.dropUndone();
    this.entries.push({ clear: true });
  }

  edit(edit) {
    this.open = null;
    this.dropUndone();
    this.entries.push(edit);
    this.points += weight(edit);
  }

  // True if entry `at` adds the layer that the entry after it lays a picture on.
  bringsPicture(at) {
    const added = this.entries[at]?.arrange;
    const { layer } = this.entries[at + 1] ?? this.undone.at(-1) ?? {};
    const before = this.entries.findLast((entry, i) => i < at && entry.arrange)?.arrange.layers ?? FIRST_LAYERS;
    return Boolean(added?.layers.some(({ id }) => id === layer)) && !before.some(({ id }) => id === layer);
  }

  // Strokes whose picture cannot be had are left out: without it the rest of the drawing would not be taken.
  without(missing) {
    const there = (entry) => !missing.includes(entry.picture);
    [this.entries, this.undone] = [this.entries.filter(there), this.undone.filter(there)];
    this.recount();
  }

  dropUndone() {
    this.undone = [];
    this.recount();
  }

  // Forgets what lies before the last clear and what was undone: makes room when the session's limit is near.
  compact() {
    this.entries = this.marks();
    this.dropUndone();
  }

  recount() {
    this.points = [...this.entries, ...this.undone].reduce((sum, entry) => sum + weight(entry), 0);
  }

  // The RESTORE messages that bring this drawing to a server (or to the disk), seq numbered by nextSeq().
  toMessages(nextSeq) {
    const parts = this.parts(MAX_POINTS_A_MESSAGE);
    return parts.map((records, i) => encodeRestore(nextSeq(), i === 0, i === parts.length - 1, records.map((record) => this.recordOf(record))));
  }

  // The same in smaller messages numbered from 1, of which those that say what they said last time are the very same arrays:
  // a drawing that is saved twice a second is written anew at its end only.
  toKeep() {
    const parts = this.parts(POINTS_A_KEPT_MESSAGE);
    const isLast = (i) => i === parts.length - 1;
    this.written = parts.map((records, i) => {
      const before = this.written[i];
      if (before?.isLast === isLast(i) && equal(before.records, records)) return before;
      return { records, isLast: isLast(i), bytes: encodeRestore(i + 1, i === 0, isLast(i), records.map((record) => this.recordOf(record))) };
    });
    return this.written.map(({ bytes }) => bytes);
  }

  // [[{entry, undone, open, from, to}]]: what each message says, points counted; a stroke may go over several of them.
  parts(most) {
    const parts = [[]];
    let room = most;
    const next = () => { parts.push([]); room = most; };
    const put = (entry, undone, from, to) => parts.at(-1).push({ entry, undone, open: entry === this.open, from, to });
    const history = [...this.entries.map((entry) => [entry, false]), ...this.undone.map((entry) => [entry, true])];
    for (const [entry, undone] of history) {
      if (!entry.chunks) {
        if (named(entry) > room) next();
        put(entry, undone, 0, 0);
        room -= named(entry);
        continue;
      }
      let from = 0;
      do {
        if (room <= 0) next();
        const to = Math.min(entry.count, from + room);
        put(entry, undone, from, to);
        room -= to - from;
        from = to;
      } while (from < entry.count);
    }
    return parts;
  }

  recordOf({ entry, undone, open, from, to }) {
    if (!entry.chunks) return { ...entry, undone };
    const points = joined(entry.chunks).subarray(from * POINT_BYTES, to * POINT_BYTES);
    if (from > 0) return { more: points, undone };
    const { id, tool, width, rgb, mirror, layer, picture } = entry;
    return { stroke: { id, tool, width, rgb, mirror, layer, picture, points }, undone, open };
  }

  static fromMessages(messages) {
    const journal = new Journal();
    for (const { undone, open, ...record } of messages.flatMap((message) => decodeRestore(message))) {
      const target = undone ? journal.undone : journal.entries;
      if (record.stroke) {
        const { points, ...pen } = record.stroke;
        target.push({ ...pen, chunks: points.length ? [points] : [], count: points.length / POINT_BYTES });
      } else if (!record.more) target.push(record);
      else {
        target.at(-1).chunks.push(record.more);
        target.at(-1).count += record.more.length / POINT_BYTES;
      }
    }
    journal.recount();
    return journal;
  }
}

const CARRIED = new WeakMap(); // an arrangement -> itself without its merge: the same one each time, so nothing is drawn again

function carried(arranged) {
  if (!CARRIED.has(arranged)) CARRIED.set(arranged, { arrange: { layers: arranged.arrange.layers, merged: null } });
  return CARRIED.get(arranged);
}

// What an entry counts for the limit of a drawing: a point each, and one each for the strokes it names.
export const weight = (entry) => named(entry) + (entry.count ?? entry.copy?.count ?? 0);

const named = ({ transform, copy, remove }) => (transform?.ids ?? copy?.ids ?? remove ?? []).length;
const lastId = ({ id, copy }) => id ?? (copy ? copy.firstId + copy.ids.length - 1 : 0);

const equal = (before, now) => before.length === now.length && before.every((record, i) => Object.keys(record).every((key) => record[key] === now[i][key]));

function joined(chunks) {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
