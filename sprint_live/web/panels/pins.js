// Pin what you like: draw around a part of the picture and it stays, while the rest follows the sketch. The server makes the
// pin and sends its bytes; this page keeps them, so that a reload, a project file or another server has the very same pin.
// A pin is {width, height, data: base64, outlines: [[[x, y], ...]]}, places as shares of the picture.

import { onKey } from '../canvas/keyboard.js';
import { t } from '../i18n/language.js';
import { paperBox } from '../canvas/page-box.js';
import { pinMessage } from '../canvas/pin-message.js';
import { CANVAS_PX, MAX_CORNERS, encodePin } from '../wire/protocol.js';

const APART = 0.004; // corners nearer to each other than this share say nothing new
const SMALLEST = 0.0004; // share of the picture that is worth pinning
const MAX_BYTES = 400000; // 64 x 64 x 32 numbers and their mask

export class Pins {
  // live: {root, picture, op(encode), wait(), mark(kind, before, after), say(text), controls}
  constructor(root, live) {
    this.root = root;
    this.live = live;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.pin = null;
    this.asked = new Map(); // seq of a PIN -> its corners
    this.layer = this.find('lasso');
    for (const button of root.querySelectorAll('[data-panel]')) button.addEventListener('click', () => this.choose(false)); // its panel lies over the lasso
    this.layer.addEventListener('pointerdown', (event) => this.down(event));
    this.layer.addEventListener('pointermove', (event) => this.move(event));
    for (const type of ['pointerup', 'pointercancel']) this.layer.addEventListener(type, (event) => this.up(event));
    onKey(document, 'keydown', ({ key }) => { if (key === 'Escape' && this.choosing) this.choose(false); });
    this.show();
  }

  get choosing() { return this.root.classList.contains('is-pinning'); }

  choose(on) {
    if (on && !this.live.picture.jpeg) {
      this.live.say(t('Draw something first. Then draw around the part that should stay.'));
      return;
    }
    this.root.classList.toggle('is-pinning', on);
    this.find('pin').setAttribute('aria-pressed', String(on));
    this.show();
  }

  // -- the lasso -------------------------------------------------------------------------------------------------------

  down(event) {
    if (event.button > 0 || this.corners) return;
    event.preventDefault();
    this.layer.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.corners = [this.place(event)];
    this.show();
  }

  move(event) {
    if (!this.corners || event.pointerId !== this.pointer) return;
    const [x, y] = this.place(event);
    const [lastX, lastY] = this.corners.at(-1);
    if (Math.hypot(x - lastX, y - lastY) >= APART && this.corners.length < MAX_CORNERS) this.corners.push([x, y]);
    this.show();
  }

  up(event) {
    if (!this.corners || event.pointerId !== this.pointer) return;
    const corners = this.corners;
    this.corners = null;
    if (event.type === 'pointerup' && area(corners) >= SMALLEST) this.ask(corners);
    else this.show();
  }

  // As shares of the picture; the lasso may leave it.
  place(event) {
    const rect = this.layer.getBoundingClientRect();
    const { left, top, width, height } = this.box;
    const [x, y] = [(event.clientX - rect.left) / rect.width, (event.clientY - rect.top) / rect.height].map((share) => share * CANVAS_PX);
    return [(x - left) / width, (y - top) / height].map((share) => Math.min(1, Math.max(0, share)));
  }

  get box() { return paperBox(...this.live.controls.pictureSize); }

  ask(corners) {
    this.choose(false);
    if (!this.live.online) {
      this.live.say(t('Not connected. Pin it when the connection is back.'));
      return;
    }
    this.live.op((seq) => {
      this.asked.set(seq, corners);
      return encodePin(seq, this.live.picture.frameSeq, corners);
    });
    this.live.wait();
  }

  // -- the pin ---------------------------------------------------------------------------------------------------------

  // The server's answer to a PIN: it draws with this pin already.
  made({ opSeq, pin: { width, height, bytes } }) {
    const corners = this.asked.get(opSeq);
    this.asked.clear();
    if (!corners) return;
    const joins = this.pin?.width === width && this.pin.height === height;
    const outlines = [...(joins ? this.pin.outlines : []), corners.map((place) => place.map((share) => Math.round(share * 1e4) / 1e4))];
    const before = this.pin;
    this.pin = { width, height, data: toBase64(bytes), outlines };
    this.live.mark('pin', before, this.pin);
    this.show();
  }

  change(pin) {
    const before = this.pin;
    if (before === pin) return;
    this.use(pin);
    this.live.mark('pin', before, pin);
  }

  // Also what undo and redo do.
  use(pin) {
    this.pin = pin;
    this.live.op((seq) => pinMessage(seq, this.pin));
    this.live.wait();
    this.show();
  }

  // To a server that may know nothing, or something else.
  message(seq) { return pinMessage(seq, this.pin); }

  restore(pin) {
    this.pin = usable(pin) ? pin : null;
    this.show();
  }

  show() {
    const [width, height] = this.live.controls.pictureSize;
    const counts = this.pin?.width === width && this.pin.height === height;
    this.find('pin-says').hidden = !this.choosing || Boolean(this.corners);
    this.find('unpin').hidden = !this.pin;
    const elsewhere = this.pin && !counts; // it was made at another size
    this.find('unpin').title = elsewhere
      ? t('Unpin: the pin works only at {width} × {height}', this.pin)
      : t('Unpin: the whole picture follows the sketch again');
    this.layer.classList.toggle('has-pin', counts);
    const { left, top, width: across, height: down } = this.box;
    const rings = [...(counts ? this.pin.outlines : []), ...(this.corners ? [this.corners] : [])];
    const path = rings.map((ring) => `M${ring.map(([x, y]) => `${(left + x * across).toFixed(1)} ${(top + y * down).toFixed(1)}`).join('L')}Z`).join('');
    for (const line of this.layer.children) line.setAttribute('d', path);
  }
}

// The square of the picture that a lasso encloses, as a share.
const area = (corners) => Math.abs(corners.reduce((sum, [x, y], i) => {
  const [nextX, nextY] = corners[(i + 1) % corners.length];
  return sum + (x * nextY - nextX * y) / 2;
}, 0));

function toBase64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

// A pin that a file brought; the server looks into its bytes.
function usable(pin) {
  const { width, height, data, outlines } = pin ?? {};
  const isPlace = (place) => Array.isArray(place) && place.length === 2 && place.every(Number.isFinite);
  const isPin = Number.isInteger(width) && Number.isInteger(height) && typeof data === 'string' && data.length < (4 / 3) * MAX_BYTES
    && /^[A-Za-z0-9+/]*={0,2}$/.test(data) && data.length % 4 === 0;
  return isPin && Array.isArray(outlines) && outlines.every((ring) => Array.isArray(ring) && ring.length <= MAX_CORNERS && ring.every(isPlace));
}
