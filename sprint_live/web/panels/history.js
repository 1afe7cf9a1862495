// The scrub bar along the drawing's history: it moves the paper, and on release the drawing is at that moment, with its
// picture. What came later can be redone; once somebody draws on from the past it is in the gallery instead.

import { fillTrack } from './controls.js';
import { t } from '../i18n/language.js';
import { historyOf, momentOf } from '../canvas/history-states.js';
import { projectText } from '../storage/project-file.js';

const PLAY_MS = 6000; // the whole drawing, but no entry faster than the next
const FASTEST_MS = 60;
const SLOWEST_MS = 400;

export class History {
  // live: {journal, moveTo(count), redo(), ink(journal), snapshot(), readout, gallery}
  constructor(root, live) {
    this.root = root;
    this.live = live;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.button = this.find('history');
    this.bar = this.find('history-bar');
    this.range = this.find('moment');
    this.playButton = this.find('play');
    this.later = null; // {project, look, last}: the whole drawing while an earlier moment of it is on the paper
    this.look = null; // how the drawing looked before the bar was dragged
    this.present = null; // the moment to go back to; null: it is on the paper
    this.playing = 0;
    this.frame = 0;
    this.range.addEventListener('input', () => this.peek());
    this.range.addEventListener('change', () => this.go(Number(this.range.value)));
    root.addEventListener('sprint-live:journal', () => this.refresh());
  }

  get length() { return this.live.journal.entries.length + this.live.journal.undone.length; }

  toggle() {
    if (this.button.disabled) return; // by its key: there is no history yet
    this.stop();
    if (!this.bar.hidden) this.go(this.present ?? this.live.journal.entries.length);
    this.bar.hidden = !this.bar.hidden;
    this.button.setAttribute('aria-expanded', String(!this.bar.hidden));
    this.root.classList.toggle('is-history', !this.bar.hidden);
    this.refresh();
    if (!this.bar.hidden) this.range.focus();
  }

  leave() {
    this.toggle();
    this.button.focus();
  }

  // The paper only: nothing is sent while the bar is being dragged.
  peek() {
    this.stop();
    this.look ??= this.live.gallery.look();
    const whole = historyOf(this.live.journal);
    const moment = momentOf(whole.slice(0, Number(this.range.value)), 1);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.live.ink(moment));
    this.show();
  }

  go(count) {
    const { journal } = this.live;
    cancelAnimationFrame(this.frame);
    if (count === journal.entries.length) {
      this.live.ink(journal);
      return;
    }
    this.present ??= journal.entries.length;
    if (count < journal.entries.length) {
      const look = this.look ?? this.live.gallery.look();
      this.later ??= { project: projectText(this.live.snapshot()), look, last: journal.entries.at(-1) };
    }
    this.live.moveTo(count);
  }

  playOrStop() {
    if (this.playing) this.stop();
    else this.play();
  }

  play() {
    if (!this.live.journal.canRedo) this.go(0);
    const stepMs = Math.min(SLOWEST_MS, Math.max(FASTEST_MS, PLAY_MS / Math.max(1, this.length)));
    this.playing = setInterval(() => (this.live.journal.canRedo ? this.live.redo() : this.stop()), stepMs);
    this.showPlaying();
  }

  stop() {
    clearInterval(this.playing);
    this.playing = 0;
    this.showPlaying();
  }

  showPlaying() {
    const title = this.playing ? t('Stop') : t('Play');
    this.playButton.setAttribute('aria-label', title);
    this.playButton.title = title;
    this.playButton.classList.toggle('is-playing', this.playing !== 0);
  }

  // The drawing has changed, here or by the pen.
  refresh() {
    this.button.disabled = this.length === 0 && this.bar.hidden;
    this.range.max = String(this.length);
    this.range.value = String(this.live.journal.entries.length);
    this.show();
    if (this.live.journal.open) return; // a finger may still become a pinch
    this.look = null;
    if (!this.live.journal.canRedo) this.present = null;
    if (this.later) this.rescue();
  }

  show() {
    const text = t('{at} of {all}', { at: this.range.value, all: this.range.max });
    this.find('moment-out').textContent = text;
    this.range.setAttribute('aria-valuetext', text);
    fillTrack(this.range);
  }

  // Something was drawn on an earlier moment: the strokes that came later are not in this drawing any more.
  rescue() {
    const { entries, undone } = this.live.journal;
    const { project, look, last } = this.later;
    if (undone.includes(last)) return;
    this.later = null;
    if (entries.includes(last)) return;
    this.stop();
    this.live.gallery.putAway(project, look, t('You continue from here. The previous drawing is in the gallery.'));
  }
}
