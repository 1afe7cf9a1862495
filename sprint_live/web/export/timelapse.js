// The timelapse: the history of the drawing in so many moments, a picture for each, drawing and picture side by side in
// a file. A bar says how far it is, and it can be given up; the drawing on the paper is not touched.

import { HOLD_MS, makeGif, recordVideo, videoType } from './video-recorder.js';
import { localNumber, t } from '../i18n/language.js';
import { momentOf } from '../canvas/history-states.js';
import { Renders } from './background-renders.js';
import { offerAs } from './save.js';
import { whyOf } from '../i18n/server-messages.js';
import { Sheets } from '../canvas/raster.js';

const FRAME_MS = 100;
const SIDE_PX = { video: 512, gif: 320 };

export class Timelapse {
  // live: {journal, marks, pins, settings(), openLink(onmessage), pad, picture, save, readout}
  constructor(root, live) {
    this.root = root;
    this.live = live;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.dialog = this.find('timelapse-sheet');
    this.abort = null;
    this.dialog.addEventListener('close', () => this.abort?.abort());
  }

  open() {
    const [video, gif] = ['video', 'gif'].map((kind) => this.root.querySelector(`input[name="film"][value="${kind}"]`));
    video.disabled = !videoType();
    if (video.disabled) gif.checked = true;
    this.show(0, '');
    this.dialog.showModal();
  }

  show(share, text) {
    const bar = this.find('film-progress');
    bar.hidden = !this.abort;
    bar.value = share;
    this.find('film-says').textContent = text;
    this.find('film-start').disabled = Boolean(this.abort);
  }

  async run() {
    const kind = this.root.querySelector('input[name="film"]:checked').value;
    const count = Math.round((Number(this.find('film-length').value) * 1000) / FRAME_MS);
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.show(0, t('Picture {number} of {all}', { number: 1, all: count }));
    try {
      const frames = await this.frames(count, signal);
      const stage = new Stage(SIDE_PX[kind], frames);
      const says = kind === 'gif' ? t('Making the GIF') : t('Recording the video');
      const film = await (kind === 'gif' ? makeGif : recordVideo)(stage.canvas, count, (i) => stage.paint(i), FRAME_MS, {
        signal, progress: (share) => this.show(0.5 + share / 2, says),
      });
      await offerAs(film, this.live.save.name);
      this.abort = null;
      const [size, seconds] = [film.size / 2 ** 20, (count * FRAME_MS + HOLD_MS) / 1000].map((number) => localNumber(number, 1));
      this.show(1, t('Done: {size} MB, {seconds} s.', { size, seconds }));
    } catch (error) {
      this.abort = null;
      this.show(0, signal.aborted ? '' : t('The timelapse could not be made: {why}', { why: whyOf(error) }));
    }
  }

  // [{moment, jpeg or null}]
  async frames(count, signal) {
    const { journal: { entries }, marks, pins } = this.live;
    const renders = new Renders((onmessage) => this.live.openLink(onmessage), this.live.settings());
    signal.addEventListener('abort', () => renders.close());
    try {
      const frames = [];
      for (let i = 0; i < count; i += 1) {
        const moment = momentOf(entries, (i + 1) / count);
        const whole = moment.entries.filter((entry, at) => entry === entries[at]).length; // the last may be half drawn
        frames.push({ moment, jpeg: await renders.picture(moment, marks.valueAt('pin', whole, pins.pin)) });
        this.show((i + 1) / count / 2, t('Picture {number} of {all}', { number: i + 1, all: count }));
      }
      return frames;
    } finally {
      renders.close();
    }
  }
}

// Drawing on the left, picture on the right.
class Stage {
  constructor(side, frames) {
    this.frames = frames;
    this.canvas = Object.assign(document.createElement('canvas'), { width: 2 * side, height: side });
    this.context = this.canvas.getContext('2d', { alpha: false });
    const layer = () => Object.assign(document.createElement('canvas'), { width: 1024, height: 1024 }).getContext('2d');
    this.sheets = new Sheets(layer(), layer());
    this.side = side;
  }

  async paint(i) {
    const { moment, jpeg } = this.frames[i];
    const { context, side } = this;
    this.sheets.show(moment.marks());
    const picture = jpeg && await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 2 * side, side);
    context.imageSmoothingQuality = 'high';
    for (const layer of [this.sheets.paint, this.sheets.lines]) context.drawImage(layer.canvas, 0, 0, side, side);
    if (!picture) return;
    const scale = side / Math.max(picture.width, picture.height); // a portrait stands where its paper lies
    const [width, height] = [picture.width * scale, picture.height * scale];
    context.drawImage(picture, side + (side - width) / 2, (side - height) / 2, width, height);
    picture.close();
  }
}
