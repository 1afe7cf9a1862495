// The panel of the layers, topmost first: which one is drawn on, which are shown and how opaque; add, move, merge, delete.

import { fillTrack } from './controls.js';
import { MAX_LAYERS } from '../canvas/edits.js';
import { t } from '../i18n/language.js';

export class Layers {
  // live: {journal, pad, edit(edit), store}
  constructor(root, live) {
    this.live = live;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.badge = document.createElement('i'); // how many there are, on the button
    this.find('layers').append(this.badge);
    this.refresh();
  }

  get all() { return this.live.journal.layers; }
  get at() { return this.all.findIndex(({ id }) => id === this.live.pad.layer); }
  get active() { return this.all[this.at]; }

  arrange(layers, merged = null) { this.live.edit({ arrange: { layers, merged } }); }
  change(id, values) { this.arrange(this.all.map((layer) => (layer.id === id ? { ...layer, ...values } : layer))); }

  toggleActive() { this.change(this.active.id, { shown: !this.active.shown }); }

  use(id) {
    this.live.pad.layer = id;
    this.live.store.touch();
    this.refresh();
  }

  // A number that no stroke has: what was undone may come back.
  get fresh() {
    const { entries, undone } = this.live.journal;
    const used = new Set([...entries, ...undone].flatMap((entry) => entry.layer ?? entry.arrange?.layers.map(({ id }) => id) ?? 0));
    for (let id = 1; id < 255; id += 1) if (!used.has(id)) return id;
    return Array.from({ length: 255 }, (_, id) => id).find((id) => !this.all.some((layer) => layer.id === id));
  }

  add(at = this.at + 1) {
    if (this.all.length >= MAX_LAYERS) return;
    const layer = { id: this.fresh, opacity: 100, shown: true };
    this.arrange(this.all.toSpliced(at, 0, layer));
    this.use(layer.id);
  }

  // The uppermost layer there can be.
  addOnTop() {
    if (this.all.length < MAX_LAYERS) this.add(this.all.length);
    else this.use(this.all.at(-1).id);
  }

  move(by) {
    const to = this.at + by;
    if (to < 0 || to >= this.all.length) return;
    this.arrange(this.all.toSpliced(this.at, 1).toSpliced(to, 0, this.active));
  }

  // Both look as they did, so what comes of them is whole and shown.
  merge() {
    if (!this.canMerge) return;
    const [upper, lower] = [this.active, this.all[this.at - 1]];
    const rest = this.all.filter(({ id }) => id !== upper.id);
    this.arrange(rest.map((layer) => (layer.id === lower.id ? { ...layer, opacity: 100 } : layer)), [upper.id, lower.id]);
    this.use(lower.id);
  }

  get canMerge() { return this.at > 0 && this.active.shown && this.all[this.at - 1].shown; }

  remove() {
    if (this.all.length === 1) return;
    const left = this.all.filter(({ id }) => id !== this.live.pad.layer);
    const next = left[Math.max(0, this.at - 1)].id;
    this.arrange(left);
    this.use(next);
  }

  // After any change of the drawing: an undo may have taken the layer in use away.
  refresh() {
    if (this.at < 0) this.live.pad.layer = this.all.at(-1).id;
    const shown = [this.all, this.live.pad.layer];
    if (this.shown?.every((one, i) => one === shown[i])) return; // a stroke began or ended: the same layers
    this.shown = shown;
    this.find('layer-list').replaceChildren(...this.all.toReversed().map((layer) => this.row(layer)));
    const able = { add: this.all.length < MAX_LAYERS, up: this.at < this.all.length - 1, down: this.at > 0, merge: this.canMerge, remove: this.all.length > 1 };
    for (const [name, can] of Object.entries(able)) this.find(`layer-${name}`).disabled = !can;
    this.badge.textContent = String(this.all.length);
    this.badge.hidden = this.all.length === 1;
  }

  row({ id, opacity, shown }) {
    const name = t('Layer {number}', { number: id + 1 });
    const row = this.find('layer-row').content.firstElementChild.cloneNode(true);
    const [eye, use, range, share] = ['button', '.sl-layer-name', 'input', 'output'].map((part) => row.querySelector(part));
    eye.setAttribute('aria-pressed', String(shown));
    eye.setAttribute('aria-label', t('Show {name}', { name }));
    eye.title = t('Show or hide');
    use.title = t('Draw on this layer');
    eye.addEventListener('click', () => this.change(id, { shown: !shown }));
    use.textContent = name;
    use.setAttribute('aria-pressed', String(id === this.live.pad.layer));
    use.addEventListener('click', () => this.use(id));
    range.value = String(opacity);
    range.setAttribute('aria-label', t('Opacity of {name}', { name }));
    const show = () => { share.textContent = `${range.value} %`; fillTrack(range); };
    range.addEventListener('input', () => { show(); this.live.pad.sheets.fade(id, Number(range.value)); });
    range.addEventListener('change', () => this.change(id, { opacity: Number(range.value) }));
    show();
    return row;
  }
}
