// Four more: the same drawing with other seeds, drawn when nobody waits. One that is picked gives its seed, which is kept.

import { clampedSeed } from './controls.js';
import { t } from '../i18n/language.js';
import { encodeVary } from '../wire/protocol.js';

const NUM = 4;

export class Variations {
  // live: {root, controls, op(encode), empty, online, mark(kind, before, after), say(text), panels}
  constructor(root, live) {
    this.live = live;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.opSeq = 0;
    this.panel = this.find('vary-panel');
    this.list = this.find('varied');
  }

  // The panel was opened or closed.
  opened() {
    this.live.controls.openFiner(false); // it would lie over them
    if (!this.panel.hidden) this.ask();
  }

  ask() {
    this.list.replaceChildren();
    this.waiting = [];
    if (this.live.empty || !this.live.online) {
      this.tell(this.live.empty ? t('Draw something first. Then four variations appear here.') : t('Not connected: click to retry'));
      return;
    }
    const seeds = Array.from(crypto.getRandomValues(new Uint32Array(NUM)), (number) => number % 1000000);
    this.live.op((seq) => {
      this.opSeq = seq;
      return encodeVary(seq, seeds);
    });
    this.tell('');
    this.waiting = seeds;
    this.list.append(...seeds.map((seed) => this.place(seed)));
  }

  place(seed) {
    const button = Object.assign(document.createElement('button'), { type: 'button', disabled: true, title: t('Use seed {seed}', { seed }) });
    button.setAttribute('aria-label', button.title);
    button.dataset.seed = String(seed);
    const canvas = document.createElement('canvas');
    const [width, height] = this.live.controls.pictureSize;
    const scale = 256 / Math.max(width, height);
    Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
    button.append(canvas);
    button.addEventListener('click', () => this.pick(seed));
    return button;
  }

  async arrived({ opSeq, seed, jpeg }) {
    if (opSeq !== this.opSeq) return;
    const button = this.list.querySelector(`[data-seed="${seed}"]`);
    this.waiting = this.waiting.filter((one) => one !== seed);
    const bitmap = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
    const canvas = button.querySelector('canvas');
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    button.disabled = false;
  }

  // The drawing changes: the server forgets what it has not drawn yet, and so does this panel.
  stop() {
    if (!this.waiting?.length) return;
    for (const seed of this.waiting) this.list.querySelector(`[data-seed="${seed}"]`).remove();
    this.waiting = [];
    this.opSeq = 0;
    this.tell(t('Stopped: the drawing changed.'));
  }

  pick(seed) {
    const { controls } = this.live;
    const before = { seed: controls.seedNumber(), locked: controls.locked };
    const after = { seed, locked: true };
    this.use(after);
    this.live.mark('seed', before, after);
    this.live.panels.close();
  }

  // Also what undo and redo do.
  use({ seed, locked }) {
    const { controls } = this.live;
    controls.seed.value = String(clampedSeed(Math.trunc(Number(seed)) || 0));
    controls.setLocked(Boolean(locked));
    controls.changed();
  }

  tell(text) { this.find('vary-says').textContent = text; }
}
