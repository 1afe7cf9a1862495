// What a pointer that is down does: draw freely, drag a shape open, fill. Each has move(event), lift(event), cancel().

import { drawChunk } from './ink.js';
import { shapePoints } from './shapes.js';
import { Smoothing } from './smoothing.js';
import { TOOL, packPoints } from '../wire/protocol.js';

// A stroke that follows the pen. Predicted points are ink only: they lie on the preview until the real ones come.
export class FreeHand {
  constructor(pad, stroke, event) {
    this.pad = pad;
    this.stroke = stroke;
    this.reached = null;
    this.smoothing = new Smoothing();
    this.put([event]);
  }

  move(event) {
    const events = event.getCoalescedEvents?.() ?? []; // exists on localhost and https only
    this.put(events.length ? events : [event]);
    this.predict(event.getPredictedEvents?.() ?? []);
  }

  lift(event) {
    this.pad.preview.reset();
    if (event.type === 'pointerup') this.put([event], this.pad.lastPressure);
    this.pad.on.end();
  }

  cancel() {
    this.pad.preview.reset();
    this.pad.on.cancel(this.stroke);
  }

  put(events, pressure) {
    const points = events.map((event) => this.pad.sample(event, pressure)).flatMap((sample) => this.smoothing.add(sample));
    if (!points.length) return;
    const bytes = packPoints(points);
    this.reached = this.pad.sheets.ink(this.stroke, bytes, this.reached);
    this.pad.on.append(bytes);
  }

  predict(events) {
    const { preview } = this.pad;
    preview.reset();
    if (!events.length || this.stroke.tool === TOOL.eraser || !this.reached) return;
    const ahead = packPoints(events.map((event) => this.pad.place(event)));
    drawChunk({ lines: preview, paint: preview }, this.stroke, ahead, this.reached);
  }
}

// A line, rectangle or ellipse between the corner where the pen came down and where it is.
export class ShapeHand {
  constructor(pad, stroke, event) {
    this.pad = pad;
    this.stroke = stroke;
    this.corner = pad.sample(event);
    this.seen = null; // the shape on the preview
  }

  samples(event) {
    const places = shapePoints(this.pad.shape, this.corner, this.pad.sample(event), event.shiftKey);
    return packPoints(places.map((place) => ({ ...this.corner, ...place, dt: 8 })));
  }

  move(event) {
    const { preview } = this.pad;
    preview.reset();
    this.seen = this.samples(event);
    drawChunk({ lines: preview, paint: preview }, this.stroke, this.seen, null);
  }

  lift(event) {
    const bytes = event.type === 'pointerup' ? this.samples(event) : this.seen;
    if (!bytes) {
      this.cancel();
      return;
    }
    this.pad.preview.reset();
    this.pad.sheets.ink(this.stroke, bytes, null);
    this.pad.on.append(bytes);
    this.pad.on.end();
  }

  cancel() {
    this.pad.preview.reset();
    this.pad.on.cancel(this.stroke);
  }
}

// Fills where the pen is lifted: a finger that becomes a pinch has filled nothing.
export class FillHand {
  constructor(pad) { this.pad = pad; }

  move() {}

  lift(event) { if (event.type === 'pointerup') this.pad.on.fill(this.pad.place(event)); }

  cancel() {}
}
