// The paper under the pen: pointer events become strokes, ink appears at once, chunks go to whoever listens.
// One pointer draws at a time. Once a pen was seen, fingers do not draw: that is the palm. Two fingers zoom, Space pans.

import { drawAll, drawChunk } from './ink.js';
import { shapePoints } from './shapes.js';
import { Smoothing } from './smoothing.js';
import { TOOL, UNITS_PER_PX, packPoints } from './protocol.js';

const ERASER_BUTTON = 32;
const MIDDLE = 1;

export class Pad {
  // parts: {lines, paint, preview, ring, zoom}; on: {begin(pen) -> stroke or null, append(bytes), end(), cancel(stroke)}
  constructor({ lines, paint, preview, ring, zoom }, on) {
    this.canvas = lines;
    this.ring = ring;
    this.zoom = zoom;
    this.on = on;
    this.layers = { lines: lines.getContext('2d'), paint: paint.getContext('2d') };
    this.preview = preview.getContext('2d');
    this.tool = TOOL.brush;
    this.sizes = { [TOOL.brush]: 6, [TOOL.eraser]: 40, [TOOL.paint]: 48 };
    this.rgb = [0, 0, 0];
    this.mirror = 0;
    this.layer = 0;
    this.shape = 'free';
    this.pointer = null;
    this.panning = null; // {id, x, y}
    this.spaceDown = false;
    this.fingers = new Map(); // id -> {x, y}
    this.penSeen = false;
    lines.addEventListener('pointerdown', (event) => this.down(event));
    lines.addEventListener('pointermove', (event) => this.move(event));
    for (const type of ['pointerup', 'pointercancel']) lines.addEventListener(type, (event) => this.up(event));
    lines.addEventListener('pointerleave', () => { if (this.pointer === null) this.ring.hidden = true; });
    lines.addEventListener('contextmenu', (event) => event.preventDefault());
    document.addEventListener('keydown', (event) => this.space(event, true));
    document.addEventListener('keyup', (event) => this.space(event, false));
  }

  get drawing() { return this.pointer !== null; }
  get size() { return this.sizes[this.tool]; }

  redraw(strokes) {
    drawAll(this.layers, strokes.filter((mark) => mark.chunks));
  }

  space(event, down) {
    if (event.key !== ' ' || event.target.matches?.('input, select, button, textarea, summary')) return;
    event.preventDefault();
    this.spaceDown = down;
    this.canvas.classList.toggle('is-panning', down);
  }

  down(event) {
    if (event.pointerType === 'touch' && this.finger(event)) return;
    if (event.button === MIDDLE || (this.spaceDown && event.button === 0)) {
      event.preventDefault();
      this.canvas.setPointerCapture(event.pointerId);
      this.panning = { id: event.pointerId, x: event.clientX, y: event.clientY };
      return;
    }
    if (this.pointer !== null || (event.button > 0 && event.button !== 5)) return;
    if (event.pointerType === 'pen') this.penSeen = true;
    if (event.pointerType === 'touch' && this.penSeen) return;
    event.preventDefault();
    document.activeElement?.blur?.();
    const tool = event.buttons & ERASER_BUTTON ? TOOL.eraser : this.tool;
    const rgb = tool === TOOL.paint ? this.rgb : [0, 0, 0];
    const stroke = this.on.begin({ tool, width: Math.round(this.sizes[tool] * UNITS_PER_PX), rgb, mirror: this.mirror, layer: this.layer });
    if (!stroke) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.stroke = stroke;
    this.reached = null;
    this.smoothing = new Smoothing();
    this.lastMs = event.timeStamp;
    this.rect = this.canvas.getBoundingClientRect();
    this.corner = this.shape === 'free' || tool === TOOL.eraser ? null : this.sample(event);
    if (!this.corner) this.put([event]);
    this.showRing(event);
  }

  // A second finger turns what the first one began into a pinch. True if this finger does not draw.
  finger(event) {
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.fingers.size < 2) return false;
    this.canvas.setPointerCapture(event.pointerId);
    if (this.pointer !== null && this.fingers.has(this.pointer)) {
      this.pointer = null;
      this.preview.reset();
      this.on.cancel(this.stroke);
    }
    this.ring.hidden = true;
    return true;
  }

  move(event) {
    if (this.fingers.has(event.pointerId)) {
      const before = [...this.fingers.values()];
      this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (before.length === 2) this.zoom.pinch(before, [...this.fingers.values()], this.canvas.parentElement);
      if (before.length > 1) return;
    }
    if (this.panning?.id === event.pointerId) {
      this.zoom.panBy(event.clientX - this.panning.x, event.clientY - this.panning.y);
      Object.assign(this.panning, { x: event.clientX, y: event.clientY });
      return;
    }
    this.showRing(event);
    if (event.pointerId !== this.pointer) return;
    if (this.corner) {
      this.showShape(event);
      return;
    }
    const events = event.getCoalescedEvents?.() ?? []; // exists on localhost and https only
    this.put(events.length ? events : [event]);
  }

  up(event) {
    this.fingers.delete(event.pointerId);
    if (this.panning?.id === event.pointerId) this.panning = null;
    if (event.pointerId !== this.pointer) return;
    if (this.corner) this.putShape(event);
    else if (event.type === 'pointerup') this.put([event], this.lastPressure);
    this.pointer = null;
    this.on.end();
    if (event.pointerType === 'touch') this.ring.hidden = true;
  }

  put(events, pressure) {
    const samples = events.map((event) => this.sample(event, pressure));
    this.ink(samples.flatMap((sample) => this.smoothing.add(sample)));
  }

  ink(points) {
    if (!points.length) return;
    const bytes = packPoints(points);
    this.reached = drawChunk(this.layers, this.stroke, bytes, this.reached);
    this.on.append(bytes);
  }

  shapeSamples(event) {
    const to = this.sample(event);
    return shapePoints(this.shape, this.corner, to, event.shiftKey).map((place) => ({ ...this.corner, ...place, dt: 8 }));
  }

  showShape(event) {
    this.preview.reset();
    drawChunk({ lines: this.preview, paint: this.preview }, this.stroke, packPoints(this.shapeSamples(event)), null);
  }

  putShape(event) {
    this.preview.reset();
    if (event.type === 'pointerup') this.ink(this.shapeSamples(event));
    this.corner = null;
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
    const square = this.canvas.parentElement.getBoundingClientRect();
    const diameter = Math.max(3, (this.size * this.canvas.getBoundingClientRect().width) / this.canvas.width);
    this.ring.hidden = false;
    this.ring.style.width = this.ring.style.height = `${diameter}px`;
    this.ring.style.transform = `translate(${event.clientX - square.left - diameter / 2}px, ${event.clientY - square.top - diameter / 2}px)`;
  }
}
