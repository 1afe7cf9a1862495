// The paper under the pen: pointer events become strokes, ink appears at once, chunks go to whoever listens.
// One pointer draws at a time. Once a pen was seen, fingers do not draw: that is the palm.

import { Smoothing, drawAll, drawChunk } from './ink.js';
import { TOOL, UNITS_PER_PX, packPoints } from './protocol.js';

const ERASER_BUTTON = 32;

export class Pad {
  // on: {begin(tool, width) -> stroke or null, append(bytes), end()}
  constructor(canvas, ring, on) {
    this.canvas = canvas;
    this.ring = ring;
    this.on = on;
    this.context = canvas.getContext('2d');
    this.tool = TOOL.brush;
    this.sizes = { [TOOL.brush]: 6, [TOOL.eraser]: 40 };
    this.pointer = null;
    this.penSeen = false;
    canvas.addEventListener('pointerdown', (event) => this.down(event));
    canvas.addEventListener('pointermove', (event) => this.move(event));
    for (const type of ['pointerup', 'pointercancel']) canvas.addEventListener(type, (event) => this.up(event));
    canvas.addEventListener('pointerleave', () => { if (this.pointer === null) this.ring.hidden = true; });
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  get drawing() { return this.pointer !== null; }
  get size() { return this.sizes[this.tool]; }

  redraw(strokes) {
    drawAll(this.context, strokes);
  }

  down(event) {
    if (this.pointer !== null || (event.button > 0 && event.button !== 5)) return;
    if (event.pointerType === 'pen') this.penSeen = true;
    if (event.pointerType === 'touch' && this.penSeen) return;
    event.preventDefault();
    document.activeElement?.blur?.();
    const tool = event.buttons & ERASER_BUTTON ? TOOL.eraser : this.tool;
    const stroke = this.on.begin(tool, Math.round(this.sizes[tool] * UNITS_PER_PX));
    if (!stroke) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.stroke = stroke;
    this.reached = null;
    this.smoothing = new Smoothing();
    this.lastMs = event.timeStamp;
    this.rect = this.canvas.getBoundingClientRect();
    this.put([event]);
    this.showRing(event);
  }

  move(event) {
    this.showRing(event);
    if (event.pointerId !== this.pointer) return;
    const events = event.getCoalescedEvents?.() ?? []; // exists on localhost and https only
    this.put(events.length ? events : [event]);
  }

  up(event) {
    if (event.pointerId !== this.pointer) return;
    if (event.type === 'pointerup') this.put([event], this.lastPressure);
    this.pointer = null;
    this.on.end();
    if (event.pointerType === 'touch') this.ring.hidden = true;
  }

  put(events, pressure) {
    const samples = events.map((event) => this.sample(event, pressure));
    const points = samples.flatMap((sample) => this.smoothing.add(sample));
    if (!points.length) return;
    const bytes = packPoints(points);
    this.reached = drawChunk(this.context, this.stroke, bytes, this.reached);
    this.on.append(bytes);
  }

  // A lifted pen reports pressure 0; the stroke keeps the pressure it had.
  sample(event, pressure) {
    const dt = Math.max(0, event.timeStamp - this.lastMs);
    this.lastMs = event.timeStamp;
    this.lastPressure = pressure ?? (event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : 1);
    const scale = this.canvas.width / this.rect.width;
    return {
      x: (event.clientX - this.rect.left) * scale,
      y: (event.clientY - this.rect.top) * scale,
      pressure: this.lastPressure,
      tiltX: event.tiltX || 0,
      tiltY: event.tiltY || 0,
      dt,
    };
  }

  showRing(event) {
    if (event.pointerType === 'touch' && this.pointer === null) return;
    const rect = this.canvas.getBoundingClientRect();
    const diameter = Math.max(3, (this.size * rect.width) / this.canvas.width);
    this.ring.hidden = false;
    this.ring.style.width = this.ring.style.height = `${diameter}px`;
    this.ring.style.transform = `translate(${event.clientX - rect.left - diameter / 2}px, ${event.clientY - rect.top - diameter / 2}px)`;
  }
}
