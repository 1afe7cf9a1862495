// Drawings to start from: recorded journals that are drawn again stroke by stroke, through the same operations as a hand,
// so that the picture follows; what they leave is an ordinary drawing.

import { onKey } from '../canvas/keyboard.js';
import { t } from '../i18n/language.js';
import { Journal } from '../canvas/journal.js';
import { POINT_BYTES } from '../wire/protocol.js';
import { readProject } from '../storage/project-file.js';

export const EXAMPLES = { cat: 'A cat', house: 'A house', fish: 'A fish', flower: 'A flower' };
const LIFT_MS = 220; // between two strokes
const MAX_PIECE_MS = 40;

export class Examples {
  // live: {journal, at, words, begin(pen), append(points), end(), clear(), pad, controls, sendSettings(), readout}
  constructor(root, base, live) {
    this.live = live;
    this.base = base;
    this.run = 0; // of the example that is being drawn; another number ends it
    for (const place of root.querySelectorAll('[data-examples]')) place.append(...Object.keys(EXAMPLES).map((name) => this.button(name, place)));
    onKey(root, 'keydown', ({ key }) => { if (key === 'Escape') this.run += 1; });
  }

  button(name, place) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'sl-button', textContent: t(EXAMPLES[name]) });
    button.addEventListener('click', () => { place.closest('dialog')?.close(); this.play(name); });
    return button;
  }

  async play(name) {
    this.run += 1;
    const { run } = this;
    try {
      const answer = await fetch(new URL(`examples/${name}.json`, this.base));
      if (!answer.ok) throw new Error(t('the server answered {status}', { status: answer.status }));
      const { messages, settings } = await readProject(await answer.blob());
      this.live.clear(); // undo brings back what was there
      const strokes = Journal.fromMessages(messages).entries;
      for (const [i, stroke] of strokes.entries()) if (!(await this.draw(stroke, i === 0 ? settings : null, run))) return;
    } catch (error) {
      this.live.readout.say(t('The example could not be drawn: {why}', { why: error.message }));
    }
  }

  // The example's words and seed, as a step of their own before its first stroke.
  say({ prompt, seed }, at) {
    const { controls, words } = this.live;
    controls.restore({ ...controls.snapshot(), prompt, seed }, controls.locked);
    words.step(at);
    this.live.sendSettings();
  }

  // False if a hand has taken over.
  async draw({ id, chunks, count, ...pen }, settings, run) {
    const { live } = this;
    if (settings) live.words.note();
    const before = live.at;
    const stroke = live.begin(pen);
    if (!stroke) return false;
    if (settings) this.say(settings, before);
    const points = chunks[0];
    const view = new DataView(points.buffer, points.byteOffset, points.byteLength);
    const ahead = matchMedia('(prefers-reduced-motion: reduce)').matches ? Infinity : 0;
    let dueMs = performance.now();
    let reached = null;
    for (let at = 0; at < points.length;) {
      let to = at;
      for (const untilMs = Math.max(performance.now(), dueMs) + MAX_PIECE_MS + ahead; to < points.length && dueMs < untilMs; to += POINT_BYTES) {
        dueMs += view.getUint16(to + 8, true);
      }
      if (live.journal.open !== stroke) return false;
      reached = live.pad.sheets.ink(stroke, points.subarray(at, to), reached);
      live.append(points.subarray(at, to));
      at = to;
      if (!ahead) await pause(dueMs - performance.now());
      if (run !== this.run) break;
    }
    if (live.journal.open !== stroke) return false;
    live.end();
    await pause(LIFT_MS);
    return run === this.run && live.journal.entries.at(-1) === stroke;
  }
}

const pause = (ms) => new Promise((done) => { setTimeout(done, Math.max(0, ms)); });
