// What the page says: connection pill, latency with its stages, and errors. Text of others is only ever textContent.

import { localNumber, t } from '../i18n/language.js';

const STATE_TEXT = {
  connecting: 'Connecting', loading: 'Loading the model', queued: 'Waiting in line', drawing: 'Drawing', idle: 'Ready',
};
const STAGE_TEXT = {
  engine: 'Engine', map: 'Lines', text: 'Words', encode: 'Encode', denoise: 'Denoise', decode: 'Decode', jpeg: 'JPEG',
  strokes: 'Strokes to pixels', queue: 'Waiting', paint: 'In the browser',
};
const DOOR_TEXT = {
  socket: '', post: 'Connected by POST, because WebSockets are blocked here. Pictures may arrive a little later.',
  events: 'Connected through Gradio events',
};

const SHORT_MS = 2500; // what is said stays as long as it takes to read
const MS_A_LETTER = 70;
const CALM_MS = 180;
const OUTAGE_MS = 2500;
const SAID_AFTER_MS = 900; // a screen reader hears what lasts, not every stroke

const noServer = () => t('No connection to the server. Keep drawing: the page keeps your drawing, and the picture follows once the server is back.');

export class Readout {
  constructor(root, onRetry) {
    this.root = root;
    this.pill = root.querySelector('#sl-status');
    this.latency = root.querySelector('#sl-latency');
    this.stages = root.querySelector('#sl-stages');
    this.toast = root.querySelector('#sl-toast');
    this.said = root.querySelector('#sl-said');
    this.timings = null;
    this.pill.addEventListener('click', () => {
      if (this.root.dataset.state === 'offline') onRetry();
      if (this.failure) this.say(this.failure);
    });
    this.latency.addEventListener('click', () => this.toggleStages());
    this.toast.querySelector('button').addEventListener('click', () => { this.toast.hidden = true; });
  }

  // A picture that takes a blink is not worth a word: "Drawing" is said after a moment, everything else at once.
  state(state, text) {
    clearTimeout(this.stateTimer);
    if (state === 'idle' && this.failure) {
      this.showState('failed', t('The picture failed'));
      return;
    }
    this.failure = '';
    if (state === 'drawing' && this.root.dataset.state === 'idle') {
      this.stateTimer = setTimeout(() => this.showState(state, text), CALM_MS);
    } else this.showState(state, text);
  }

  showState(state, text) {
    this.root.dataset.state = state;
    const label = this.pill.querySelector('span');
    const said = text || t(STATE_TEXT[state]);
    this.pill.title = this.failure || this.doorText || '';
    if (label.textContent === said) return;
    label.textContent = said;
    clearTimeout(this.saidTimer);
    this.saidTimer = setTimeout(() => { this.said.textContent = said; }, SAID_AFTER_MS);
  }

  // There is no connection, or there is one again; a short break is not worth a word beyond the pill.
  outage(lasts) {
    if (lasts) this.outageTimer ??= setTimeout(() => this.say(noServer()), OUTAGE_MS);
    else {
      clearTimeout(this.outageTimer);
      this.outageTimer = null;
    }
  }

  // By which way the page reached the server; said on the pill where it is not the usual one.
  door(name) {
    this.root.dataset.door = name;
    this.doorText = DOOR_TEXT[name] && t(DOOR_TEXT[name]);
    this.pill.title = this.doorText;
  }

  // Why there is no new picture; the pill keeps it until the next one is being drawn.
  failed(why, stays) {
    this.failure = why;
    this.say(why, stays);
  }

  waiting(isWaiting) {
    if (isWaiting) this.waitTimer ??= setTimeout(() => this.root.classList.add('is-waiting'), CALM_MS);
    else {
      clearTimeout(this.waitTimer);
      this.waitTimer = null;
      this.root.classList.remove('is-waiting');
    }
  }

  // totalMs: last pointer event to painted; timings: [[stage, ms]] with "engine" first
  times(totalMs, timings) {
    this.timings = { totalMs, timings };
    this.latency.querySelector('b').textContent = `${Math.round(totalMs)} ms`;
    const engineMs = timings.find(([name]) => name === 'engine')?.[1] ?? 0;
    this.latency.querySelector('em').textContent = t('engine {ms} ms', { ms: Math.round(engineMs) });
    if (!this.stages.hidden) this.listStages();
  }

  // There is no picture whose times these would be.
  forget() {
    this.timings = null;
    for (const name of ['b', 'em']) this.latency.querySelector(name).textContent = '';
    if (!this.stages.hidden) this.listStages();
  }

  toggleStages() {
    this.stages.hidden = !this.stages.hidden;
    this.latency.setAttribute('aria-expanded', String(!this.stages.hidden));
    if (!this.stages.hidden) this.listStages();
  }

  listStages() {
    this.stages.replaceChildren();
    if (!this.timings) {
      this.stages.textContent = t('Draw something to see how long each stage takes.');
      return;
    }
    const { totalMs, timings } = this.timings;
    this.addStage(t('Pen to picture'), totalMs, totalMs, 'is-total');
    for (const [name, ms] of timings) {
      const text = name in STAGE_TEXT ? t(STAGE_TEXT[name]) : name.replaceAll('_', ' ');
      this.addStage(text, ms, totalMs, name === 'engine' ? 'is-engine' : '');
    }
  }

  addStage(name, ms, totalMs, kind) {
    const row = document.createElement('div');
    row.className = `sl-stage ${kind}`;
    const [label, number, bar] = ['span', 'span', 'i'].map((tag) => document.createElement(tag));
    label.textContent = name;
    number.textContent = `${ms < 10 ? localNumber(ms, 1) : Math.round(ms)} ms`;
    bar.style.setProperty('--share', `${Math.min(100, (100 * ms) / Math.max(totalMs, 0.001))}%`);
    row.append(label, number, bar);
    this.stages.append(row);
  }

  say(text, stays = false) {
    clearTimeout(this.toastTimer);
    this.toast.querySelector('p').textContent = text;
    this.toast.hidden = false;
    this.toast.hidePopover?.();
    this.toast.showPopover?.(); // above a sheet that is open
    if (!stays) this.toastTimer = setTimeout(() => { this.toast.hidden = true; }, SHORT_MS + MS_A_LETTER * text.length);
  }
}
