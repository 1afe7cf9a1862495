// The paper under the pen: which pointer does what. One pointer works at a time, a hand (pointer-tools.js, selection.js) does
// its work. A palm does not draw (palm-rejection.js), two fingers zoom, Space or the middle button pans. A pointer whose release
// never comes holds nothing up: the next one, an undo, or the loss of the focus lifts it.

import { GAP_PX } from './fill/bucket-fill.js';
import { composes, isSpace } from './keyboard.js';
import { Approach, watchMargin } from './approach.js';
import { FillHand, FreeHand, ShapeHand } from './pointer-tools.js';
import { Palm } from './palm-rejection.js';
import { Sheets } from './raster.js';
import { TOOL, UNITS_PER_PX } from '../wire/protocol.js';

const ERASER_BUTTON = 32;
const MIDDLE = 1;
export const SELECT = 'select'; // a tool that draws nothing

export class Pad {
  // parts: {lines, paint, preview, ring, zoom}
  // on: {begin(pen) -> stroke or null, append(bytes), end(), cancel(stroke), fill(place), select(event) -> hand, page() -> its box on the canvas}
  constructor({ lines, paint, preview, ring, zoom }, on) {
    this.canvas = lines;
    this.ring = ring;
    this.zoom = zoom;
    this.on = on;
    this.layers = { lines: lines.getContext('2d'), paint: paint.getContext('2d') };
    this.sheets = new Sheets(this.layers.lines, this.layers.paint);
    this.preview = preview.getContext('2d');
    this.palm = new Palm();
    /** @type {number | string} */
    this.tool = TOOL.brush;
    this.sizes = { [TOOL.brush]: 6, [TOOL.eraser]: 40, [TOOL.paint]: 48 };
    this.rgb = [0, 0, 0];
    this.mirror = 0;
    this.gap = GAP_PX;
    this.layer = 0;
    this.shape = 'free';
    this.pointer = null;
    this.hand = null;
    this.panning = null; // {id, x, y}
    this.spaceDown = false;
    lines.addEventListener('pointerdown', (event) => this.down(event));
    lines.addEventListener('pointermove', (event) => this.move(event));
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture']) lines.addEventListener(type, (event) => this.up(event));
    lines.addEventListener('pointerleave', (event) => this.leave(event));
    watchMargin(this, lines.parentElement);
    lines.addEventListener('contextmenu', (event) => event.preventDefault());
    lines.addEventListener('touchmove', (event) => event.preventDefault(), { passive: false }); // Safari drops quick pencil strokes otherwise
    document.addEventListener('keydown', (event) => this.space(event, true));
    document.addEventListener('keyup', (event) => this.space(event, false));
    window.addEventListener('blur', () => this.letGo());
  }

  get drawing() { return this.pointer !== null; }
  get size() { return this.sizes[this.tool] ?? 0; }

  space(event, down) {
    if (!isSpace(event) || (down && (composes(event) || event.target.matches?.('input, select, button, textarea, summary')))) return;
    if (down) event.preventDefault();
    this.holdSpace(down);
  }

  // Another window has the focus: what is let go there is not heard here.
  letGo() {
    this.liftPen();
    this.holdSpace(false);
    this.panning = null;
  }

  // As if the pointer that works had left: what it has drawn stays.
  liftPen() {
    if (this.pointer === null) return;
    const { hand } = this;
    this.pointer = null;
    this.hand = null;
    hand.lift({ type: 'pointercancel' });
  }

  holdSpace(down) {
    this.spaceDown = down;
    this.canvas.classList.toggle('is-panning', down);
  }

  down(event) {
    if (this.hasLost(event)) this.liftPen();
    this.palm.saw(event);
    if (event.pointerType === 'touch' && this.finger(event)) return;
    if (event.button === MIDDLE || (this.spaceDown && event.button === 0)) {
      event.preventDefault();
      this.canvas.setPointerCapture(event.pointerId);
      this.panning = { id: event.pointerId, x: event.clientX, y: event.clientY };
      return;
    }
    if (event.pointerType === 'pen') {
      if (this.palm.fingers.has(this.pointer)) this.giveUp(); // the palm was there first
      this.palm.penDown();
    }
    if (this.pointer !== null || (event.button > 0 && event.button !== 5) || this.palm.refuses(event)) return;
    event.preventDefault();
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur?.();
    this.lastMs = event.timeStamp;
    this.lastPressure = null;
    this.rect = this.canvas.getBoundingClientRect();
    this.hand = event.target === this.canvas ? this.take(event) : new Approach(this, event);
    if (!this.hand) return;
    this.capture(event.pointerId);
    this.pointer = event.pointerId;
    this.pointerType = event.pointerType;
    this.showRing(event);
  }

  // A pointer of strokes that are replayed may be gone already.
  capture(pointerId) {
    try {
      this.canvas.setPointerCapture(pointerId);
    } catch (error) {
      if (error.name !== 'NotFoundError') throw error;
    }
  }

  // Draws what early.js has caught. The paper may stand elsewhere by now: places are shares of it.
  replay(events) {
    const hear = { pointerdown: this.down, pointermove: this.move, pointerup: this.up, pointercancel: this.up };
    for (const { place, ...event } of events) {
      const { left, top, width, height } = this.canvas.getBoundingClientRect();
      const seen = { clientX: left + place.x * width, clientY: top + place.y * height, target: this.canvas, preventDefault: () => {} };
      hear[event.type].call(this, { ...event, ...seen });
    }
  }

  // The pointer that works must have been lifted unheard, for something else comes down that is neither a palm nor a second finger.
  hasLost({ pointerId, pointerType, isPrimary, timeStamp }) {
    if (this.pointer === null) return false;
    if (pointerType !== 'touch') return pointerType === 'mouse' || this.pointerType !== 'touch'; // a pen takes back what its palm drew
    if (this.pointerType === 'pen') return this.palm.isPenSilent(timeStamp);
    return pointerId === this.pointer || isPrimary;
  }

  // The pointer that works does something else from now on; null: nothing any more.
  handOver(hand) {
    this.hand = hand;
    if (!hand) this.pointer = null;
  }

  // What this pointer is going to do; null: nothing.
  take(event) {
    const tool = event.buttons & ERASER_BUTTON ? TOOL.eraser : this.tool;
    if (tool === SELECT) return this.on.select(event);
    if (tool === TOOL.fill) return new FillHand(this);
    const stroke = this.on.begin(this.pen(tool));
    if (!stroke) return null;
    return this.shape === 'free' || tool === TOOL.eraser ? new FreeHand(this, stroke, event) : new ShapeHand(this, stroke, event);
  }

  pen(tool) {
    const rgb = tool === TOOL.brush || tool === TOOL.eraser ? [0, 0, 0] : this.rgb;
    const width = Math.max(1, Math.round((this.sizes[tool] ?? 1) * UNITS_PER_PX));
    return { tool, width, rgb, mirror: this.mirror, layer: this.layer };
  }

  // A second finger turns what the first one began into a pinch, but not while a pen draws. True if this one does not draw.
  finger(event) {
    const { palm } = this;
    palm.touched(event, this.drawing && this.pointerType === 'pen');
    if (palm.palms.has(event.pointerId)) return true;
    if (palm.fingers.size < 2) return false;
    this.canvas.setPointerCapture(event.pointerId);
    if (palm.fingers.has(this.pointer)) this.giveUp();
    this.ring.hidden = true;
    return true;
  }

  giveUp() {
    this.pointer = null;
    this.hand.cancel();
    this.hand = null;
  }

  move(event) {
    this.palm.saw(event);
    const { fingers, palms } = this.palm;
    if (palms.has(event.pointerId)) return;
    if (fingers.has(event.pointerId)) {
      const before = [...fingers.values()];
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (before.length === 2 && this.pointer === null) this.zoom.pinch(before, [...fingers.values()], this.canvas.parentElement);
      if (before.length > 1) return;
    }
    if (isHovering(event)) this.released(event);
    if (this.panning?.id === event.pointerId) {
      this.zoom.panBy(event.clientX - this.panning.x, event.clientY - this.panning.y);
      Object.assign(this.panning, { x: event.clientX, y: event.clientY });
      return;
    }
    this.showRing(event);
    if (event.pointerId !== this.pointer) return;
    this.rect = this.canvas.getBoundingClientRect(); // the wheel may have zoomed since the pen came down
    this.hand.move(event);
  }

  // No button is down any more, and nobody said so.
  released({ pointerId }) {
    if (this.panning?.id === pointerId) this.panning = null;
    if (this.pointer === pointerId) this.liftPen();
  }

  up(event) {
    if (event.type !== 'lostpointercapture') this.palm.saw(event);
    this.palm.lifted(event.pointerId);
    if (this.panning?.id === event.pointerId) this.panning = null;
    if (event.pointerId !== this.pointer) return;
    const { hand } = this;
    this.pointer = null;
    this.hand = null;
    hand.lift(event);
    if (event.pointerType === 'touch') this.ring.hidden = true;
  }

  leave(event) {
    this.palm.saw(event);
    if (this.pointer === null) this.ring.hidden = true;
  }

  // A point of the stroke. A pen reports pressure 0 as it comes down and as it lifts: the stroke begins thin and keeps what it had.
  sample(event, pressure) {
    const dt = Math.max(0, event.timeStamp - this.lastMs);
    this.lastMs = event.timeStamp;
    this.lastPressure = pressure ?? pressureOf(event) ?? this.lastPressure ?? 0;
    return { ...this.place(event), pressure: this.lastPressure, dt };
  }

  // Where an event is on the canvas, in px, without counting as drawn.
  place(event) {
    const scale = this.canvas.width / this.rect.width;
    return {
      x: (event.clientX - this.rect.left) * scale,
      y: (event.clientY - this.rect.top) * scale,
      pressure: pressureOf(event) ?? this.lastPressure ?? 0,
      tiltX: event.tiltX || 0,
      tiltY: event.tiltY || 0,
      dt: 0,
    };
  }

  showRing(event) {
    if (event.pointerType === 'touch' && this.pointer === null) return;
    const square = this.canvas.parentElement.getBoundingClientRect();
    const diameter = Math.max(3, (this.size * this.canvas.getBoundingClientRect().width) / this.canvas.width);
    this.ring.hidden = false;
    this.ring.style.width = this.ring.style.height = `${diameter}px`;
    this.ring.style.transform = `translate(${event.clientX - square.left - diameter / 2}px, ${event.clientY - square.top - diameter / 2}px)`;
  }
}

// A mouse or a pen above the paper. Some pens press without a button.
const isHovering = ({ pointerType, buttons, pressure }) => pointerType !== 'touch' && buttons === 0 && !pressure;

// 0 to 1; null: a pen that says nothing. A mouse says 0.5 where it has none; a tablet that calls itself a mouse says others.
function pressureOf({ pointerType, pressure }) {
  if (pointerType === 'pen') return pressure > 0 ? pressure : null;
  return pointerType === 'mouse' && pressure > 0 && pressure < 1 && pressure !== 0.5 ? pressure : 1;
}
