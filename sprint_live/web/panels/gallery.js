// The gallery: Keep puts the picture with its drawing away in this browser; each kept one opens its journal again.

import { GalleryFull, MAX_BYTES, keep, list, remove } from '../storage/gallery-store.js';
import { localNumber, t } from '../i18n/language.js';
import { projectText, readProject } from '../storage/project-file.js';
import { offer, offerAs } from '../export/save.js';

const THUMBNAIL_PX = 256;

export class Gallery {
  // live: {picture, pad, journal, snapshot(), reopen(project), readout}
  constructor(root, live) {
    this.live = live;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.dialog = this.find('gallery-sheet');
    this.addresses = [];
    this.dialog.addEventListener('click', ({ target }) => { if (target === this.dialog || target.closest('[data-close]')) this.dialog.close(); });
    this.dialog.addEventListener('close', () => this.forgetAddresses());
  }

  async keep() {
    if (!this.live.picture.jpeg) {
      this.live.readout.say(t('Draw something first. Then you can keep the picture.'));
      return;
    }
    try {
      await this.put(projectText(this.live.snapshot()), this.look());
      this.live.readout.say(t('Kept in the gallery of this browser.'));
    } catch (error) {
      this.live.readout.say(whyNot(error));
    }
  }

  // What is on show now: {picture, made, thumbnail: promise of a small JPEG}
  look() {
    const { jpeg, made, canvas } = this.live.picture;
    const { paint, lines } = this.live.pad.layers;
    return {
      picture: jpeg ? new Blob([jpeg], { type: 'image/jpeg' }) : null,
      made: made ?? { prompt: '' },
      thumbnail: small(jpeg ? [canvas] : [paint.canvas, lines.canvas]),
    };
  }

  // A project with how it looked; what is kept already is not kept twice.
  async put(project, { picture, made, thumbnail }) {
    if ((await list()).some((one) => one.project === project)) return;
    await keep({ keptAt: Date.now(), picture, thumbnail: await thumbnail, project, made });
  }

  // A drawing, before another one takes its place: where the gallery does not take it, it is downloaded. says: if it went well
  async putAway(project, look, says) {
    try {
      await this.put(project, look);
      this.live.readout.say(says);
    } catch (error) {
      this.live.readout.say(`${whyNot(error)} ${t('The previous drawing is downloaded instead.')}`);
      offer(new Blob([project], { type: 'application/json' }), 'before.sprintlive.json');
    }
  }

  // What is on the paper goes into the gallery, this project onto the paper: opening another drawing loses nothing.
  async exchange(project) {
    const { live } = this;
    if (!live.journal.blank) await this.putAway(projectText(live.snapshot()), this.look(), t('The previous drawing is in the gallery.'));
    live.reopen(project);
  }

  async open() {
    await this.show();
    this.dialog.showModal();
  }

  async show() {
    this.forgetAddresses();
    let kept = [];
    try {
      kept = await list();
    } catch (error) {
      this.live.readout.say(whyNot(error));
    }
    this.find('kept').replaceChildren(...kept.map((one) => this.card(one)));
    this.find('kept-none').hidden = kept.length > 0;
    const megabytes = (bytes) => localNumber(bytes / 2 ** 20, 1);
    const used = kept.reduce((sum, { bytes }) => sum + bytes, 0);
    this.find('kept-size').textContent = t('{number} kept, {used} of {most} MB', { number: kept.length, used: megabytes(used), most: MAX_BYTES >> 20 });
  }

  card({ id, keptAt, picture, thumbnail, project, made }) {
    const card = this.find('kept-card').content.firstElementChild.cloneNode(true);
    const [image, words, time] = ['img', 'b', 'time'].map((tag) => card.querySelector(tag));
    image.src = this.addressOf(thumbnail);
    image.alt = '';
    words.textContent = made.prompt || t('No picture');
    time.textContent = new Date(keptAt).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
    const [open, download, bin] = card.querySelectorAll('button');
    open.setAttribute('aria-label', t('Open {name}', { name: words.textContent }));
    open.addEventListener('click', () => this.reopen(project));
    download.hidden = !picture;
    download.addEventListener('click', () => offerAs(picture, (made.prompt || 'picture').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)));
    bin.addEventListener('click', async () => {
      if (bin.classList.contains('is-sure')) {
        await remove(id);
        await this.show();
        (this.find('kept').querySelector('button') ?? this.dialog.querySelector('[data-close]')).focus();
      }
      bin.classList.add('is-sure');
      bin.title = t('Press again to delete');
      bin.setAttribute('aria-label', bin.title);
    });
    return card;
  }

  async reopen(project) {
    try {
      await this.exchange(await readProject(new Blob([project])));
      this.dialog.close();
    } catch (error) {
      this.live.readout.say(whyNot(error));
    }
  }

  addressOf(blob) {
    this.addresses.push(URL.createObjectURL(blob));
    return this.addresses.at(-1);
  }

  forgetAddresses() {
    this.addresses.forEach((address) => URL.revokeObjectURL(address));
    this.addresses = [];
  }
}

export const whyNot = (error) => (error instanceof GalleryFull || error.name === 'QuotaExceededError'
  ? t('The gallery is full. Delete a picture there, then keep this one.')
  : t('The gallery of this browser cannot be used: {why}', { why: error.message }));

// Canvases on white, one over the other, as a small JPEG.
async function small(canvases) {
  const scale = THUMBNAIL_PX / Math.max(canvases[0].width, canvases[0].height);
  const page = new OffscreenCanvas(Math.round(canvases[0].width * scale), Math.round(canvases[0].height * scale));
  const context = page.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, page.width, page.height);
  for (const canvas of canvases) context.drawImage(canvas, 0, 0, page.width, page.height);
  return page.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
}
