// The pen in the hand: tool, width, color, shape and mirror, and the buttons that show them.

import { fillTrack } from './controls.js';
import { t } from '../i18n/language.js';
import { GAP_PX } from '../canvas/fill/bucket-fill.js';
import { SELECT } from '../canvas/pad.js';
import { MIRROR, TOOL } from '../wire/protocol.js';

const BUTTONS = [[TOOL.brush, 'brush'], [TOOL.eraser, 'eraser'], [TOOL.paint, 'paint'], [TOOL.fill, 'fill'], [SELECT, 'select']];
export const COLORS = [
  '#d7332b', '#ef8a1d', '#f6c92f', '#3f9c4b', '#2f7fd6', '#7a55c7', '#f08fb4', '#8a5a35', '#f3cfa6', '#8fd0f0', '#7d7f83', '#222222', '#ffffff',
];

export class Tools {
  // changed(tool) is called when the person chose something that is kept
  constructor(root, pad, changed) {
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.root = root;
    this.pad = pad;
    this.changed = changed;
    this.find('size').addEventListener('input', (event) => { this.resize(Number(event.target.value)); changed(this.pad.tool); });
    for (const radio of root.querySelectorAll('input[name="mirror"]')) radio.addEventListener('change', () => this.takeForm());
    this.find('color').addEventListener('input', (event) => this.color(event.target.value));
    this.find('gap').addEventListener('change', (event) => { this.setGap(Number(event.target.value)); changed(this.pad.tool); });
    this.find('palette').append(...COLORS.map((color) => this.swatch(color)));
    this.select(TOOL.brush);
    this.setShape('free');
    this.showColor(COLORS[0]);
  }

  // The person's own choice.
  take(tool) {
    this.select(tool);
    this.changed(tool);
  }

  select(tool) {
    this.pad.tool = tool;
    for (const [one, name] of BUTTONS) this.find(name).setAttribute('aria-pressed', String(one === tool));
    const wide = tool in this.pad.sizes; // a fill and a selection have no width
    this.find('size').disabled = !wide;
    this.find('paper').classList.toggle('is-aiming', !wide);
    this.find('paper').classList.toggle('is-coloring', tool === TOOL.paint || tool === TOOL.fill);
    if (wide) this.resize(this.pad.size);
  }

  resize(size) {
    const range = this.find('size');
    this.pad.sizes[this.pad.tool] = Math.min(Number(range.max), Math.max(Number(range.min), size));
    range.value = String(this.pad.size);
    fillTrack(range);
    const dot = Math.max(2, Math.min(22, this.pad.size * 0.5));
    this.find('dot').style.cssText = `width:${dot}px;height:${dot}px`;
  }

  step(direction) {
    const { size } = this.pad;
    if (!size) return;
    this.resize(size + direction * stepOf(direction > 0 ? size + 1 : size));
  }

  takeForm() {
    const chosen = (name) => this.root.querySelector(`input[name="${name}"]:checked`).value;
    this.pad.shape = chosen('shape');
    this.pad.mirror = Number(chosen('mirror'));
    this.find('shapes').classList.toggle('is-on', this.pad.shape !== 'free' || this.pad.mirror !== MIRROR.none);
    this.find('axes').dataset.mirror = String(this.pad.mirror);
  }

  setShape(shape) {
    this.root.querySelector(`input[name="shape"][value="${shape}"]`).checked = true;
    this.takeForm();
  }

  swatch(color) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sl-swatch';
    button.style.background = color;
    button.title = color;
    button.setAttribute('aria-label', t('Color {color}', { color }));
    button.addEventListener('click', () => this.color(color));
    return button;
  }

  // A color is for painting: choosing one takes the paint brush, unless an area is to be filled.
  color(color) {
    this.showColor(color);
    if (this.pad.tool !== TOOL.fill) this.select(TOOL.paint);
    this.changed(this.pad.tool);
  }

  showColor(color) {
    this.pad.rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
    this.find('color').value = color;
    for (const name of ['paint', 'fill']) this.find(name).style.setProperty('--paint', color);
    for (const swatch of this.find('palette').children) swatch.setAttribute('aria-pressed', String(swatch.title === color));
  }

  // How wide a gap between lines may be for a fill not to run out of it, px.
  setGap(gap) {
    const { min, max } = this.find('gap');
    this.pad.gap = Math.min(Number(max), Math.max(Number(min), Math.round(gap) || 0));
    this.find('gap').value = String(this.pad.gap);
  }

  snapshot() { return { gap: this.pad.gap, sizes: this.pad.sizes, colour: this.find('color').value, layer: this.pad.layer }; }

  restore({ sizes, colour: color, layer, gap = GAP_PX }) {
    this.setGap(Number(gap));
    Object.assign(this.pad.sizes, sizes);
    this.pad.layer = Number(layer) || 0;
    if (/^#[0-9a-f]{6}$/.test(color ?? '')) this.showColor(color);
    this.select(TOOL.brush);
  }
}

const stepOf = (size) => (size > 24 ? 6 : size > 10 ? 3 : 1);
