// A photo, chosen, dropped or pasted, becomes one stroke of lines, found by the server's detector, or a picture to paint over.

import { t } from '../i18n/language.js';
import { onWhite } from '../canvas/on-white.js';
import { TOOL, UNITS_PER_PX } from '../wire/protocol.js';
import { ServerError, whyOf } from '../i18n/server-messages.js';

const FIELDS = 'input:not([type=file], [type=range], [type=checkbox], [type=radio], [type=color], [type=button]), textarea, [contenteditable]';
const TYPES = ['image/png', 'image/jpeg', 'image/webp'];

export class Photo {
  // on: {lay(file), openProject(file), pageSize() -> [width, height], add(pen, points) -> the stroke or null, takeBack(stroke), say(text, stays), quiet()}
  constructor(root, base, on) {
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.address = new URL('photo-lines', base);
    this.on = on;
    this.blob = null; // the last photo, to trace it again with other choices
    this.stroke = null;
    this.becomes = [...root.querySelectorAll('input[name="photo-becomes"]')];
    for (const radio of this.becomes) radio.addEventListener('change', () => this.showKind());
    const input = this.find('photo-input');
    this.choose = () => input.click();
    input.addEventListener('change', () => { this.take(input.files[0]); input.value = ''; });
    const paper = this.find('paper');
    for (const type of ['dragover', 'drop']) root.addEventListener(type, (event) => { if (!isForText(event, event.dataTransfer)) event.preventDefault(); });
    paper.addEventListener('dragenter', () => paper.classList.add('is-target'));
    paper.addEventListener('dragleave', (event) => paper.contains(event.relatedTarget) || paper.classList.remove('is-target'));
    root.addEventListener('drop', (event) => {
      paper.classList.remove('is-target');
      if (!isForText(event, event.dataTransfer)) this.drop(event.dataTransfer);
    });
    document.addEventListener('paste', (event) => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (!file || isForText(event, event.clipboardData)) return;
      event.preventDefault();
      this.take(file);
    });
  }

  describe({ detectors }) {
    const select = this.find('detector');
    const chosen = select.value;
    select.replaceChildren(...detectors.map(([name, title]) => new Option(t(title), name)));
    if (detectors.some(([name]) => name === chosen)) select.value = chosen;
    this.becomes[0].disabled = detectors.length === 0;
    if (detectors.length === 0) this.becomes[1].checked = true;
    this.find('photo-part').hidden = false;
    this.showKind();
  }

  get toPaint() { return this.becomes[1].checked; }

  showKind() {
    this.find('photo-lines').hidden = this.toPaint;
    this.find('target-text').textContent = this.toPaint ? t('Drop the photo to paint over it') : t('Drop the photo to turn it into lines');
  }

  // A file, or a picture of a web page: of that a browser gives the address, and only those of this page may be read.
  async drop(data) {
    if (data?.files.length) {
      await this.take(data.files[0]);
      return;
    }
    const address = addressIn(data);
    if (!address) return;
    try {
      if (!/^(data|blob):/.test(address) && new URL(address).origin !== location.origin) throw new Error('another site');
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(String(answer.status));
      const blob = await answer.blob();
      await this.take(new File([blob], t('This photo'), { type: blob.type.split(';')[0] }));
    } catch {
      this.on.say(t('This page may not read pictures of other sites. Copy the picture and paste it, or save it and drop the file here.'));
    }
  }

  async take(file) {
    if (!file) return;
    if (file.type === 'application/json' || /\.json$/i.test(file.name)) {
      await this.on.openProject(file);
      return;
    }
    if (!TYPES.includes(file.type)) {
      this.on.say(t('{name} is not a photo: PNG, JPEG and WebP are accepted.', { name: file.name || t('This file') }));
      return;
    }
    try {
      if (this.toPaint) {
        await this.on.lay(file);
        return;
      }
      const page = await onWhite(file);
      await this.takeLines(await page.convertToBlob({ type: 'image/jpeg', quality: 0.92 })); // lines need a fraction of the bytes
    } catch {
      this.on.say(t('{name} could not be read: it may be damaged or too large.', { name: file.name || t('This photo') }));
    }
  }

  async takeLines(blob) {
    this.blob = blob;
    this.stroke = null;
    await this.trace();
  }

  async trace() {
    if (!this.blob || this.tracing) return;
    this.tracing = true;
    this.on.say(t('Finding the lines in the photo…'), true);
    try {
      const [pageWidth, pageHeight] = this.on.pageSize();
      const [detector, polarity] = [this.find('detector').value, this.find('polarity').value];
      this.address.search = String(new URLSearchParams({ detector, polarity, width: pageWidth, height: pageHeight }));
      const answer = await fetch(this.address, { method: 'POST', body: this.blob });
      if (!answer.ok) throw await ServerError.of(answer, t('the server answered {status}', { status: answer.status }));
      const points = new Uint8Array(await answer.arrayBuffer());
      if (this.stroke) this.on.takeBack(this.stroke);
      const width = Math.round(Number(this.find('thickness').value) * UNITS_PER_PX);
      this.stroke = this.on.add({ tool: TOOL.brush, width, rgb: [0, 0, 0], mirror: 0, layer: 0 }, points);
      this.find('retrace').disabled = false;
      this.on.quiet();
    } catch (error) {
      this.on.say(t('The photo could not be traced: {why}', { why: error instanceof TypeError ? t('the server cannot be reached') : whyOf(error) }));
    } finally {
      this.tracing = false;
    }
  }
}

// The address of a picture that is dragged from a web page, '' for anything else: a link to a page is none.
function addressIn(data) {
  const html = new DOMParser().parseFromString(data?.getData('text/html') ?? '', 'text/html');
  const [picture] = html.images;
  if (picture) return picture.src;
  const [line = ''] = (data?.getData('text/uri-list') ?? '').split(/\r?\n/).filter((one) => one && !one.startsWith('#'));
  return /^data:image\/|\.(png|jpe?g|webp)([?#]|$)/i.test(line) ? line : '';
}

// In a text field text wins: a spreadsheet's cells come with a picture of themselves.
function isForText({ target }, data) {
  const types = [...(data?.types ?? [])];
  return Boolean(target.closest?.(FIELDS)) && types.includes('text/plain');
}
