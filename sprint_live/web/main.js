// Ties the page together: pad and controls -> journal -> link (a worker) -> server; frames -> picture and readout.

import { Controls, WHOLE_RUN } from './panels/controls.js';
import { placeButtons } from './actions/buttons.js';
import { bringBack, keptOf } from './storage/snapshot.js';
import { loadLanguage, t, translate } from './i18n/language.js';
import { openLink } from './link/link.js';
import { TRY_LATER } from './link/refused.js';
import { MarkedDrawing } from './canvas/undoable-document.js';
import { Pad } from './canvas/pad.js';
import { paperBox } from './canvas/page-box.js';
import { Picture } from './panels/picture-view.js';
import { readPictures } from './storage/image-store.js';
import { Given, hold } from './canvas/images.js';
import { Readout } from './panels/readout.js';
import { Refiner } from './panels/refine.js';
import { inWords } from './i18n/server-messages.js';
import { furnish } from './panels/workspace.js';
import { DrawingStore } from './storage/drawing-store.js';
import { loadPresets } from './panels/presets.js';
import { Zoom } from './canvas/zoom.js';
import { TOOL, encodeSettings, unheard } from './wire/protocol.js';

// base: address of the scripts. earlyStrokes(): what early.js has caught; from then on the pad hears for itself.
export async function start(root, base, earlyStrokes) {
  if (!root || root.dataset.started) return;
  root.dataset.started = 'yes';
  await loadLanguage(base);
  translate(root);
  placeButtons(root);
  const live = new Live(root, base);
  await live.open();
  live.pad.replay(earlyStrokes());
  Object.assign(window, { sprintLive: live });
}

export class Live extends MarkedDrawing {
  /** @type {import('./storage/drawing-store.js').DrawingStore} */
  store = null;
  /** @type {import('./panels/pins.js').Pins} */
  pins = null;
  /** @type {import('./panels/variations.js').Variations} */
  variations = null;
  /** @type {import('./panels/words.js').Words} */
  words = null;
  /** @type {import('./panels/tips.js').Tips} */
  tips;
  /** @type {import('./panels/prompt-history.js').PromptHistory} */
  prompts;
  /** @type {import('./panels/photo.js').Photo} */
  photo;
  /** @type {import('./panels/live-input.js').LiveInput} */
  liveInput;
  /** @type {import('./panels/layers.js').Layers} */
  layers;
  /** @type {import('./canvas/selection.js').Selection} */
  selection;
  /** @type {import('./panels/tools.js').Tools} */
  tools;
  /** @type {import('./panels/paint-over.js').PaintOver} */
  paintOver;
  /** @type {import('./panels/gallery.js').Gallery} */
  gallery;
  /** @type {import('./panels/history.js').History} */
  history;
  /** @type {import('./panels/view.js').View} */
  view;
  /** @type {import('./panels/theme.js').Theme} */
  theme;
  /** @type {import('./panels/popovers.js').Panels} */
  panels;
  /** @type {import('./actions/keys.js').Keys} */
  keys;
  /** @type {import('./export/save.js').Save} */
  save;
  /** @type {import('./export/timelapse.js').Timelapse} */
  timelapse;

  constructor(root, base) {
    super(base);
    this.root = root;
    this.base = base;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.changedSeq = 0;
    this.shownOp = 0;
    this.readout = new Readout(root, () => this.worker.postMessage({ retry: true }));
    this.picture = new Picture(this.find('picture'), this.find('view'));
    this.controls = new Controls(root, base, () => this.settingsChanged());
    this.refiner = new Refiner(this.find('refine'), root.querySelectorAll('input[name="refine-steps"]'), () => this.sendSettings());
    this.zoom = new Zoom(root, this.find('fit'));
    const [lines, paint, preview, ring] = ['sketch', 'under', 'preview', 'ring'].map(this.find);
    this.pad = new Pad({ lines, paint, preview, ring, zoom: this.zoom }, {
      begin: (pen) => this.begin(pen),
      append: (points) => this.append(points),
      end: () => this.end(),
      cancel: (stroke) => this.takeBack(stroke),
      fill: (place) => this.fill(place),
      select: (event) => this.selection.hand(event),
      page: () => paperBox(...this.controls.pictureSize),
    });
    this.store = new DrawingStore(
      () => this.snapshot(),
      () => this.say(t('This browser cannot store the drawing. Save the project before you close the page.')),
    );
    this.unheard = []; // what the link says while the kept drawing is read: it connects meanwhile
    this.worker = this.openLink(({ data }) => (this.unheard ? this.unheard.push(data) : this.hear(data)));
    Object.assign(this, furnish(root, base, this)); // tools, photo, prompts...: what a person works the page with
  }

  async open() {
    const [saved, presets] = await Promise.all([this.store.load(), loadPresets(this.base)]);
    this.controls.presets.table = presets;
    for (const { name, bytes } of await readPictures(saved?.pictures ?? [])) {
      await hold(name, bytes).catch((error) => console.warn(`Sprint Live: picture ${name}:`, error));
    }
    if (saved) bringBack(this, saved);
    this.find('hint').hidden = !this.journal.blank;
    this.refresh();
    const { unheard: messages } = this;
    this.unheard = null;
    messages.forEach((message) => this.hear(message));
  }

  // A link with a session of its own.
  openLink(onmessage) {
    return openLink(this.base, this.root.dataset.transport, onmessage, () => {
      this.readout.say(t('This browser cannot connect: it does not support module workers.'), true);
    });
  }

  // -- what an operation means for the page ----------------------------------------------------------------------------

  sent() {
    this.root.dataset.sentOp = String(this.seq);
    this.store.touch();
  }

  // Something is about to change: back to the quick picture; a fresh drawing gets a fresh seed unless it is locked.
  stir(fresh) {
    const rolled = fresh && !this.controls.locked;
    if (rolled) this.controls.roll();
    if (this.refiner.stir() || rolled) this.sendSettings();
    this.tips.hide();
    this.variations.stop();
    this.find('hint').hidden = true;
  }

  standing() { return { ...super.standing(), seed: this.controls.seed.value, hint: this.find('hint').hidden }; }

  comeBack(standing) {
    super.comeBack(standing);
    this.find('hint').hidden = standing.hint;
    if (this.controls.seed.value === standing.seed) return;
    this.controls.seed.value = standing.seed;
    this.sendSettings();
  }

  full() {
    this.say(t('This drawing is full (200,000 points). Undo something or clear the paper to go on.'));
  }

  say(text) { this.readout.say(text); }

  // What the picture depends on besides the strokes; while the hand rests, with more steps.
  settings() {
    const values = this.controls.values();
    const steps = this.refiner.steps(values.steps);
    return { ...values, steps, ...(steps === 1 ? WHOLE_RUN : {}) };
  }

  sendSettings() {
    const settings = this.settings();
    this.op((seq) => encodeSettings(seq, settings));
    if (!this.empty) this.wait();
  }

  settingsChanged() {
    this.refiner.stir();
    this.tips.hide();
    this.variations.stop();
    this.pins.show();
    this.sendSettings();
    if (this.empty) this.redraw();
  }

  // White paper has no picture, but when painting the words alone make one.
  get empty() { return this.journal.blank && !this.controls.painting; }

  // -- what the server says --------------------------------------------------------------------------------------------

  /** @param {import('./wire/messages.js').LinkMessage} message */
  hear(message) {
    switch (message.kind) {
      case 'welcome': return this.onWelcome(message);
      case 'model': return this.onModel(message);
      case 'frame': return this.onFrame(message);
      case 'status': return this.onStatus(message);
      case 'error': return this.onError(message);
      case 'pinned': return this.pins.made(message);
      case 'varied': return this.variations.arrived(message);
      case 'down': return this.onDown(message);
      default: return unheard(message);
    }
  }

  onWelcome({ lastOpSeq, door }) {
    this.online = true;
    this.given = new Given();
    this.readout.outage(false);
    this.readout.door(door);
    this.seq = Math.max(this.seq, lastOpSeq);
    this.worker.postMessage({ send: [encodeSettings(this.nextSeq(), this.settings())] });
    this.sendAll();
    this.worker.postMessage({ send: [this.pins.message(this.nextSeq())] });
    this.times = [[this.seq, performance.now()]];
    this.root.dataset.sentOp = String(this.seq);
    if (!this.empty) this.wait();
  }

  onModel(model) {
    this.controls.describe(model);
    this.refiner.describe(model);
    this.photo.describe(model);
    this.liveInput.describe(model);
  }

  /** @param {import('./wire/messages.js').Status & {progress?: number | null}} status progress: how much of a model in the page has come */
  onStatus({ state, opSeq, code, params, text, progress }) {
    this.readout.progress(progress);
    this.readout.state(state, this.refiner.resting && state === 'drawing' ? t('Refining') : inWords({ code, params, text }));
    if (state === 'idle' && opSeq >= this.seq) this.settle(opSeq);
  }

  /** @param {import('./wire/messages.js').Trouble} trouble */
  onError({ closeCode, code, params, text }) {
    const final = Boolean(closeCode) && closeCode !== TRY_LATER;
    this.readout.failed(inWords({ code, params, text }), final || this.root.dataset.state === 'loading'); // no model: it stays
    this.readout.waiting(false);
  }

  onDown({ code, retryInMs }) {
    this.online = false;
    this.readout.waiting(false);
    this.readout.outage(retryInMs !== null && code !== TRY_LATER);
    if (retryInMs !== null) this.readout.state('offline', code === TRY_LATER ? t('Server full: trying again') : t('Reconnecting'));
    else this.readout.state('offline', code === 4001 ? t('Open in another tab: click to draw here') : t('Not connected: click to retry'));
  }

  onFrame(message) {
    if (this.empty) {
      message.bitmap.close();
      return;
    }
    const { prompt, style, seed, steps, controlStrength, painting, strength } = this.settings();
    const made = { prompt, style, seed, steps, control_strength: controlStrength, model: this.controls.model.name };
    if (!this.picture.show(message, painting ? { ...made, strength } : made)) return;
    const eventMs = this.times.findLast(([seq]) => seq <= message.opSeq)?.[1] ?? performance.now();
    requestAnimationFrame(() => this.painted(message, eventMs));
    this.havePicture(true);
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
    if (opSeq < this.changedSeq) return;
    this.readout.waiting(false);
    if (this.empty || this.pad.drawing || !this.picture.jpeg) return;
    this.refiner.settled(this.controls.values().steps);
    this.tips.look();
    if (document.activeElement !== this.controls.prompt) this.prompts.add(this.controls.prompt.value); // not what is half written
  }

  wait() {
    this.changedSeq = this.seq;
    if (this.online) this.readout.waiting(true);
  }

  // -- the page --------------------------------------------------------------------------------------------------------

  ink(journal) {
    this.pad.sheets.show(journal.marks());
  }

  redraw() {
    this.ink(this.journal);
    this.find('hint').hidden = !this.journal.blank;
    if (this.empty) {
      this.picture.blank(this.seq);
      this.havePicture(false);
      this.readout.forget();
      this.readout.waiting(false);
    } else this.wait();
    this.refresh();
  }

  havePicture(is) {
    for (const name of ['download', 'keep', 'take-lines', 'take-picture']) this.find(name).disabled = !is;
  }

  refresh() {
    this.find('undo').disabled = !this.canUndo;
    this.find('redo').disabled = !this.canRedo;
    this.find('clear').disabled = !this.journal.canClear;
    this.root.classList.toggle('has-paint', this.journal.visible().some(({ tool }) => tool === TOOL.paint || tool === TOOL.fill));
    this.layers.refresh();
    this.selection.refresh();
    this.root.dispatchEvent(new Event('sprint-live:journal'));
  }

  snapshot() { return keptOf(this); }

  // A project file takes the place of the drawing.
  reopen(saved) {
    this.fills.forget();
    bringBack(this, saved);
    this.refiner.stir();
    this.sendSettings();
    this.sendAll();
    this.op((seq) => this.pins.message(seq));
    this.redraw();
    this.store.touch();
  }
}
