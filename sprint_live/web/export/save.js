// Files out and in: the picture, the sketch, the project.

import { t } from '../i18n/language.js';
import { kindOf } from '../storage/file-type.js';
import { xmpPacket, withXmp } from '../storage/metadata.js';
import { paperBox } from '../canvas/page-box.js';
import { projectText, readProject } from '../storage/project-file.js';
import { toSvg } from './svg.js';

export class Save {
  // live: {picture, pad, journal, controls, snapshot(), gallery, readout}
  constructor(root, live) {
    this.live = live;
    this.root = root;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    const input = this.find('project-input');
    this.choose = () => input.click();
    input.addEventListener('change', () => { this.open(input.files[0]); input.value = ''; });
  }

  get name() {
    const { prompt, seed } = this.live.controls.values();
    const words = prompt.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60);
    return `${words || 'picture'}-${seed}`;
  }

  // A JPEG is the very bytes on show. A browser that writes no WebP (Safari) gives PNG.
  async picture() {
    const wanted = this.root.querySelector('input[name="format"]:checked').value;
    const { jpeg, made, canvas } = this.live.picture;
    const blob = wanted === 'image/jpeg' ? new Blob([jpeg]) : await new Promise((done) => { canvas.toBlob(done, wanted, 0.92); });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const { type, ending } = kindOf(bytes);
    const whole = this.find('with-metadata').checked ? withXmp(bytes, type, xmpPacket({ ...made, ai_generated: true })) : bytes;
    offer(new Blob([whole], { type }), `${this.name}.${ending}`);
    if (type === wanted) return;
    this.live.readout.say(t('This browser cannot write {wanted}. The picture is saved as {got}.', { wanted: nameOf(wanted), got: nameOf(type) }));
  }

  // The sketch as it is seen: what lies beside the paper of this shape is left out.
  get page() { return paperBox(...this.live.controls.pictureSize); }

  sketchPng() {
    const { left, top, width, height } = this.page;
    const page = new OffscreenCanvas(width, height);
    const context = page.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    for (const layer of [this.live.pad.layers.paint, this.live.pad.layers.lines]) context.drawImage(layer.canvas, -left, -top);
    page.convertToBlob({ type: 'image/png' }).then((file) => offer(file, `${this.name}-sketch.png`));
  }

  sketchSvg() {
    offer(new Blob([toSvg(this.live.journal.marks(), this.page)], { type: 'image/svg+xml' }), `${this.name}-sketch.svg`);
  }

  project() {
    offer(new Blob([projectText(this.live.snapshot())], { type: 'application/json' }), `${this.name}.sprintlive.json`);
  }

  async open(file) {
    if (!file) return;
    try {
      await this.live.gallery.exchange(await readProject(file));
    } catch (error) {
      this.live.readout.say(t('{name} could not be opened: {why}.', { name: file.name, why: error.message }));
    }
  }
}

const nameOf = (type) => type.split('/')[1].toUpperCase().replace('WEBP', 'WebP');

// A picture or a film under a name that tells what it is.
export async function offerAs(blob, stem) {
  const { type, ending } = kindOf(new Uint8Array(await blob.slice(0, 16).arrayBuffer()));
  offer(new Blob([blob], { type }), `${stem}.${ending}`);
}

export function offer(file, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
