// Ties the page together: pad and controls -> journal -> link (a worker) -> server; frames -> picture and readout.

import { Controls, fillTrack } from './controls.js';
import { Journal, MAX_POINTS } from './journal.js';
import { Pad } from './pad.js';
import { Picture } from './picture.js';
import { Readout } from './readout.js';
import { DrawingStore } from './store.js';
import {
  MAX_POINTS_A_MESSAGE, NEW_SESSION, POINT_BYTES, TOOL, encodeBegin, encodeClear, encodeEnd, encodePoints, encodeRedo,
  encodeSettings, encodeUndo,
} from './protocol.js';

const ROOM_FOR_A_STROKE = 4000; // points; a drawing that is nearly full is compacted before a stroke, not inside it

export async function start(root, base) {
  if (!root || root.dataset.started) return;
  root.dataset.started = 'yes';
  const live = new Live(root, base);
  await live.open();
  window.sprintLive = live;
}

class Live {
  constructor(root, base) {
    this.root = root;
    this.base = base;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.journal = new Journal();
    this.seq = 0;
    this.times = []; // [seq, ms of the event] of operations whose picture is awaited
    this.online = false;
    this.changedSeq = 0;
    this.shownOp = 0;
    this.readout = new Readout(root, () => this.worker.postMessage({ retry: true }));
    this.picture = new Picture(this.find('picture'), this.find('view'));
    this.controls = new Controls(root, () => this.settingsChanged());
    this.pad = new Pad(this.find('sketch'), this.find('ring'), {
      begin: (tool, width) => this.begin(tool, width),
      append: (points) => this.append(points),
      end: () => this.end(),
    });
    this.store = new DrawingStore(() => this.snapshot());
    this.wireTools();
    this.wireKeys();
    this.wireTheme();
  }

  async open() {
    const saved = await this.store.load();
    if (saved) this.restore(saved);
    this.find('hint').hidden = Boolean(saved) || !this.journal.blank;
    this.refresh();
    this.worker = new Worker(new URL('link-worker.js', this.base), { type: 'module' });
    this.worker.onmessage = ({ data }) => this[`on_${data.type}`](data);
    this.worker.onerror = () => this.readout.say('This browser could not start the connection: module workers are needed.', true);
    const address = new URL('live', document.baseURI);
    address.protocol = address.protocol.replace('http', 'ws');
    const token = new URLSearchParams(location.search).get('token') ?? '';
    this.worker.postMessage({ open: address.href, sessionId: NEW_SESSION, token });
  }

  // -- operations: the journal first, then the wire --------------------------------------------------------------------

  op(encode, eventMs = performance.now()) {
    this.seq += 1;
    this.times.push([this.seq, eventMs]);
    if (this.times.length > 2000) this.times.shift();
    if (this.online) this.worker.postMessage({ send: [encode(this.seq)] });
    this.root.dataset.sentOp = String(this.seq);
    this.store.touch();
  }

  begin(tool, width) {
    if (this.journal.points + ROOM_FOR_A_STROKE > MAX_POINTS && !this.makeRoom()) return null;
    if (this.journal.blank && !this.controls.locked) {
      this.controls.roll();
      this.sendSettings();
    }
    this.find('hint').hidden = true;
    const stroke = this.journal.begin(tool, width);
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
  }

  step(change, encode) {
    if (this.pad.drawing) return;
    change();
    this.op(encode);
    this.redraw();
  }

  undo() { if (this.journal.canUndo) this.step(() => this.journal.undo(), encodeUndo); }
  redo() { if (this.journal.canRedo) this.step(() => this.journal.redo(), encodeRedo); }
  clear() { if (!this.journal.blank) this.step(() => this.journal.clear(), encodeClear); }

  makeRoom() {
    this.journal.compact();
    if (this.online) this.worker.postMessage({ send: this.journal.toMessages(() => this.nextSeq()) });
    if (this.journal.points + ROOM_FOR_A_STROKE <= MAX_POINTS) return true;
    this.readout.say('This drawing is full (200,000 points). Undo something or clear the paper to go on.');
    return false;
  }

  nextSeq() {
    this.seq += 1;
    return this.seq;
  }

  sendSettings() {
    const settings = this.controls.values();
    this.op((seq) => encodeSettings(seq, settings));
  }

  settingsChanged() {
    this.sendSettings();
    if (!this.journal.blank) this.wait();
  }

  // -- what the server says --------------------------------------------------------------------------------------------

  on_welcome({ lastOpSeq }) {
    this.online = true;
    this.seq = Math.max(this.seq, lastOpSeq);
    const settings = encodeSettings(this.nextSeq(), this.controls.values());
    this.worker.postMessage({ send: [settings, ...this.journal.toMessages(() => this.nextSeq())] });
    this.times = [[this.seq, performance.now()]];
    this.root.dataset.sentOp = String(this.seq);
    if (!this.journal.blank) this.wait();
  }

  on_model(model) { this.controls.describe(model); }

  on_status({ state, opSeq, text }) {
    this.readout.state(state, text ? capital(text) : '');
    if (state === 'idle' && opSeq >= this.seq) this.settle(opSeq);
  }

  on_error({ text, closeCode }) {
    this.refused = closeCode ? text : '';
    this.readout.say(text, Boolean(closeCode) || this.root.dataset.state === 'loading'); // no model: it stays
    this.readout.waiting(false);
  }

  on_down({ code, retryInMs }) {
    this.online = false;
    this.readout.waiting(false);
    if (retryInMs !== null) this.readout.state('offline', code === 1013 ? 'Full: trying again' : 'Reconnecting');
    else this.readout.state('offline', code === 4001 ? 'Open in another tab: click to draw here' : 'Not connected: click to retry');
  }

  on_frame(message) {
    if (this.journal.blank || !this.picture.show(message)) {
      if (this.journal.blank) message.bitmap.close();
      return;
    }
    const eventMs = this.times.findLast(([seq]) => seq <= message.opSeq)?.[1] ?? performance.now();
    requestAnimationFrame(() => this.painted(message, eventMs));
    this.find('download').disabled = false;
  }

  painted(message, eventMs) {
    const totalMs = performance.now() - eventMs;
    const timings = [...message.timings, ['paint', message.decodeMs]];
    this.readout.times(totalMs, timings);
    this.root.dataset.shownFrame = String(message.seq);
    this.settle(message.opSeq);
    const detail = { frameSeq: message.seq, opSeq: message.opSeq, totalMs, timings };
    this.root.dispatchEvent(new CustomEvent('sprint-live:painted', { detail }));
  }

  // Everything up to opSeq is on show.
  settle(opSeq) {
    this.shownOp = Math.max(this.shownOp, opSeq);
    this.root.dataset.shownOp = String(this.shownOp);
    this.times = this.times.filter(([seq]) => seq >= this.shownOp);
    if (opSeq >= this.changedSeq) this.readout.waiting(false);
  }

  wait() {
    this.changedSeq = this.seq;
    if (this.online) this.readout.waiting(true);
  }

  // -- the page --------------------------------------------------------------------------------------------------------

  redraw() {
    this.pad.redraw(this.journal.visible());
    if (this.journal.blank) {
      this.picture.blank(this.seq);
      this.find('download').disabled = true;
      this.readout.waiting(false);
    } else this.wait();
    this.refresh();
  }

  refresh() {
    this.find('undo').disabled = !this.journal.canUndo;
    this.find('redo').disabled = !this.journal.canRedo;
    this.find('clear').disabled = this.journal.blank;
  }

  snapshot() {
    let seq = 0;
    return {
      messages: this.journal.toMessages(() => { seq += 1; return seq; }),
      settings: this.controls.values(), locked: this.controls.locked, sizes: this.pad.sizes,
    };
  }

  restore(saved) {
    try {
      this.journal = Journal.fromMessages(saved.messages);
      this.controls.restore(saved.settings, saved.locked);
      Object.assign(this.pad.sizes, saved.sizes);
      this.selectTool(TOOL.brush);
      this.pad.redraw(this.journal.visible());
    } catch (error) {
      console.warn('Sprint Live: the saved drawing could not be read:', error);
      this.journal = new Journal();
    }
  }

  selectTool(tool) {
    this.pad.tool = tool;
    this.find('brush').setAttribute('aria-pressed', String(tool === TOOL.brush));
    this.find('eraser').setAttribute('aria-pressed', String(tool === TOOL.eraser));
    this.resize(this.pad.size);
  }

  resize(size) {
    const range = this.find('size');
    this.pad.sizes[this.pad.tool] = Math.min(Number(range.max), Math.max(Number(range.min), size));
    range.value = String(this.pad.size);
    fillTrack(range);
    const dot = Math.max(2, Math.min(22, this.pad.size * 0.5));
    this.find('dot').style.cssText = `width:${dot}px;height:${dot}px`;
  }

  wireTools() {
    this.find('brush').addEventListener('click', () => this.selectTool(TOOL.brush));
    this.find('eraser').addEventListener('click', () => this.selectTool(TOOL.eraser));
    this.find('size').addEventListener('input', (event) => { this.resize(Number(event.target.value)); this.store.touch(); });
    for (const name of ['undo', 'redo', 'clear']) this.find(name).addEventListener('click', () => this[name]());
    this.find('download').addEventListener('click', () => {
      const { prompt, style, seed, steps, controlStrength } = this.controls.values();
      this.picture.download({ prompt, style, seed, steps, control_strength: controlStrength, model: this.controls.model.name });
    });
    this.selectTool(TOOL.brush);
  }

  wireKeys() {
    document.addEventListener('keydown', (event) => {
      if (event.target.matches?.('input[type="text"], select, textarea, [contenteditable]')) return;
      const key = event.key.toLowerCase();
      const command = event.ctrlKey || event.metaKey;
      const action = command
        ? { z: () => (event.shiftKey ? this.redo() : this.undo()), y: () => this.redo() }[key]
        : {
          b: () => this.selectTool(TOOL.brush), e: () => this.selectTool(TOOL.eraser),
          '[': () => this.resize(this.pad.size - stepOf(this.pad.size)), ']': () => this.resize(this.pad.size + stepOf(this.pad.size + 1)),
        }[key];
      if (!action || event.altKey) return;
      event.preventDefault();
      action();
    });
  }

  wireTheme() {
    const KEY = 'sprint-live-theme';
    const set = (dark) => document.body.classList.toggle('dark', dark);
    try {
      const kept = localStorage.getItem(KEY);
      if (kept) set(kept === 'dark');
    } catch { /* storage is refused: the system's choice stands */ }
    this.find('theme').addEventListener('click', () => {
      const dark = !document.body.classList.contains('dark');
      set(dark);
      try { localStorage.setItem(KEY, dark ? 'dark' : 'light'); } catch { /* as above */ }
    });
  }
}

const stepOf = (size) => (size > 24 ? 6 : size > 10 ? 3 : 1);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
