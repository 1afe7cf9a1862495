// The controls beside the canvas as one settings object; `changed` is called when the picture may change.

import { onKey } from '../canvas/keyboard.js';
import { localNumber, t } from '../i18n/language.js';
import { cutPaper, sizeGroups } from '../canvas/page-box.js';
import { Presets } from './presets.js';
import { DRAW_SETTINGS } from '../wire/protocol.js';

const TYPING_MS = 120;
const SLIDERS = { controlStrength: 'strength', strength: 'repaint', guidance: 'guidance', controlStart: 'control-start', controlEnd: 'control-end' };
// The lines count in every step.
export const WHOLE_RUN = { controlStart: DRAW_SETTINGS.controlStart.initial, controlEnd: DRAW_SETTINGS.controlEnd.initial };

export class Controls {
  constructor(root, base, changed) {
    this.root = root;
    this.changed = changed;
    const find = (id) => root.querySelector(`#sl-${id}`);
    this.prompt = find('prompt');
    this.seed = find('seed');
    this.lock = find('lock');
    this.sliders = Object.fromEntries(Object.entries(SLIDERS).map(([name, id]) => [name, asSlider(find(id), DRAW_SETTINGS[name])]));
    this.strengthOut = find('strength-out');
    this.presets = new Presets(root, base, changed);
    this.model = { name: '', title: '', sizes: [[1024, 1024]], hasBranch: true, hasGuidance: true, hasPreview: false, hasColors: false, refines: true };
    this.size = find('picture-size');
    this.wantedSize = '1024x1024';
    find('dock').addEventListener('submit', (event) => event.preventDefault());
    this.prompt.addEventListener('input', () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(changed, TYPING_MS);
    });
    onKey(this.prompt, 'keydown', (event) => event.key === 'Enter' && this.prompt.blur());
    this.seed.addEventListener('change', () => { this.seed.value = String(this.seedNumber()); changed(); });
    this.size.addEventListener('change', () => { this.wantedSize = this.size.value; this.showSize(); changed(); });
    root.querySelectorAll('input[name="mode"]').forEach((radio) => radio.addEventListener('change', () => { this.showMode(); changed(); }));
    root.querySelectorAll('input[name="steps"]').forEach((radio) => radio.addEventListener('change', changed));
    this.more = find('more');
    document.addEventListener('pointerdown', ({ target }) => { if (this.isOpen && !find('dock').contains(target)) this.openFiner(false); }, true);
    onKey(document, 'keydown', ({ key }) => { if (key === 'Escape' && this.isOpen) { this.openFiner(false); this.more.focus(); } });
    const { controlStart, controlEnd, ...free } = this.sliders;
    for (const range of Object.values(free)) range.addEventListener('input', () => { this.showStrength(); changed(); });
    this.previews = find('previews');
    controlStart.addEventListener('input', () => this.window(controlEnd, 1));
    controlEnd.addEventListener('input', () => this.window(controlStart, -1));
    this.previews.addEventListener('change', changed);
    this.roll();
    this.showStrength();
    this.showMode();
  }

  // Paint is the picture to start from; a model without a control branch knows nothing else.
  get painting() { return !this.model.hasBranch || this.root.querySelector('input[name="mode"]:checked').value === 'painting'; }

  setPainting(painting) {
    const before = this.painting;
    this.root.querySelector(`input[name="mode"][value="${painting ? 'painting' : 'sketch'}"]`).checked = true;
    this.showMode();
    if (this.painting !== before) this.changed();
  }

  showMode() {
    this.root.classList.toggle('is-painting', this.painting);
    this.root.classList.toggle('has-no-branch', !this.model.hasBranch);
    this.root.classList.toggle('has-guidance', this.model.hasGuidance);
    this.root.classList.toggle('has-previews', this.model.hasPreview);
    this.root.classList.toggle('has-colors', this.model.hasBranch && this.model.hasColors);
    this.root.classList.toggle('has-refining', this.model.refines);
    const guide = this.model.hasColors ? t('Lines and colors guide the picture') : t('Only the lines guide the picture');
    this.root.querySelector('input[name="mode"][value="sketch"]').parentElement.title = guide;
  }

  get isOpen() { return this.root.querySelector('#sl-settings').classList.contains('is-open'); }

  openFiner(open) {
    this.root.querySelector('#sl-settings').classList.toggle('is-open', open);
    this.more.setAttribute('aria-expanded', String(open));
  }

  // From stays before to: the one that was not moved makes room.
  window(other, direction) {
    const { controlStart, controlEnd } = this.sliders;
    const step = Number(controlStart.step);
    const gap = (Number(controlEnd.value) - Number(controlStart.value)) || 0;
    if (gap < step) other.value = String(Number(other.value) + direction * (step - gap));
    if (Number(controlEnd.value) <= Number(controlStart.value)) {
      controlStart.value = String(Math.min(Number(controlEnd.max) - step, Number(controlStart.value)));
      controlEnd.value = String(Number(controlStart.value) + step);
    }
    this.showStrength();
    this.changed();
  }

  get locked() { return this.lock.getAttribute('aria-pressed') === 'true'; }

  setLocked(locked) {
    this.lock.setAttribute('aria-pressed', String(locked));
  }

  toggleLock() {
    this.setLocked(!this.locked);
    this.changed();
  }

  stepSeed(by) {
    this.seed.value = String(clampedSeed(this.seedNumber() + by));
    this.changed();
  }

  roll() {
    this.seed.value = String(crypto.getRandomValues(new Uint32Array(1))[0] % 1000000);
  }

  seedNumber() {
    const number = Number.parseInt(this.seed.value, 10);
    return Number.isFinite(number) ? clampedSeed(number) : 0;
  }

  showStrength() {
    const { controlStrength, strength, guidance, controlStart, controlEnd } = this.sliders;
    this.strengthOut.textContent = localNumber(controlStrength.value, 2);
    this.root.querySelector('#sl-repaint-out').textContent = localNumber(strength.value, 2);
    this.root.querySelector('#sl-guidance-out').textContent = localNumber(guidance.value, 1);
    const [from, to] = [controlStart, controlEnd].map(({ value }) => `${Math.round(100 * value)}`);
    this.root.querySelector('#sl-when-out').textContent = `${from} – ${to} %`;
    for (const range of Object.values(this.sliders)) fillTrack(range);
  }

  // What is sent: the place's words are part of the prompt, the style's follow where it is drawn.
  values() {
    return { ...this.snapshot(), prompt: this.prompt.value + this.presets.inUse('place').words, style: this.presets.inUse('style').name };
  }

  // What is kept: what the person wrote and chose.
  snapshot() {
    return {
      prompt: this.prompt.value,
      ...this.presets.wanted,
      seed: this.seedNumber(),
      steps: Number(this.root.querySelector('input[name="steps"]:checked').value),
      ...this.sliderValues(),
      ...(this.model.hasGuidance ? {} : { guidance: DRAW_SETTINGS.guidance.initial }),
      width: this.pictureSize[0],
      height: this.pictureSize[1],
      painting: this.painting,
      preview: Boolean(this.model.hasPreview) && this.previews.checked,
    };
  }

  sliderValues() {
    const values = Object.entries(this.sliders).map(([name, { value }]) => [name, Number(value)]);
    return /** @type {Record<keyof typeof SLIDERS, number>} */ (Object.fromEntries(values));
  }

  restore(settings, locked) {
    this.prompt.value = String(settings.prompt ?? 'a cat');
    // earlier a place was one of the styles, and their names were capital
    const [style, place] = [settings.style, settings.place ?? settings.style].map((name) => String(name ?? '').toLowerCase());
    this.presets.choose({ style, place });
    this.seed.value = String(settings.seed ?? DRAW_SETTINGS.seed.initial);
    for (const [name, range] of Object.entries(this.sliders)) range.value = String(settings[name] ?? DRAW_SETTINGS[name].initial);
    this.wantedSize = `${settings.width ?? 1024}x${settings.height ?? 1024}`;
    this.showSize();
    for (const [name, value] of [['steps', Number(settings.steps) || DRAW_SETTINGS.steps.initial], ['mode', settings.painting ? 'painting' : 'sketch']]) {
      const radio = this.root.querySelector(`input[name="${name}"][value="${value}"]`);
      if (radio) radio.checked = true;
    }
    this.setLocked(Boolean(locked));
    this.showStrength();
    this.showMode();
  }

  // The model behind the server.
  describe(model) {
    const before = JSON.stringify(this.values());
    this.model = model;
    this.root.querySelector('#sl-model').textContent = model.title;
    this.presets.describe(model);
    this.listSizes();
    this.showMode();
    if (JSON.stringify(this.values()) !== before) this.changed();
  }

  // What was asked for, while the model draws it; else the model's own first size.
  get pictureSize() {
    return this.model.sizes.find(([width, height]) => `${width}x${height}` === this.wantedSize) ?? this.model.sizes[0];
  }

  listSizes() {
    this.size.replaceChildren(...sizeGroups(this.model.sizes).map(([label, sizes]) => {
      const group = Object.assign(document.createElement('optgroup'), { label: t(label) });
      group.append(...sizes.map(([width, height]) => new Option(`${width} × ${height}`, `${width}x${height}`)));
      return group;
    }));
    this.showSize();
  }

  showSize() {
    const [width, height] = this.pictureSize;
    this.size.value = `${width}x${height}`;
    cutPaper(this.root, width, height);
  }
}

export const clampedSeed = (number) => Math.min(DRAW_SETTINGS.seed.high, Math.max(DRAW_SETTINGS.seed.low, number));

// An input of type range as the table has it.
function asSlider(range, { slider: { low, high, step }, initial }) {
  return Object.assign(range, { min: low, max: high, step, value: initial });
}

// Colors a slider's track up to its thumb.
export function fillTrack(range) {
  const share = (range.value - range.min) / (range.max - range.min);
  range.style.setProperty('--share', `${share * 100}%`);
}
