// Rounds the corners that a fast pen leaves between its samples. Each call returns points up to the newest sample,
// never behind it: ink that lags would make the lift of the pen a change of its own and cost one more picture.
export class Smoothing {
  constructor() {
    this.last = null;
    this.chord = null; // direction of the last segment, radians
    this.heading = null; // direction the curve has at the last sample
  }

  add(sample) {
    const from = this.last;
    this.last = sample;
    if (!from) return [sample];
    const dx = sample.x - from.x;
    const dy = sample.y - from.y;
    const length = Math.hypot(dx, dy);
    if (length < 0.75 && Math.abs(sample.pressure - from.pressure) < 0.05) {
      this.last = from;
      return [];
    }
    const chord = length > 0 ? Math.atan2(dy, dx) : this.chord ?? 0;
    const turn = this.chord === null ? 0 : turned(chord - this.chord);
    const headingFrom = this.heading;
    this.chord = chord;
    this.heading = Math.abs(turn) > CORNER ? chord : chord + turn / 2; // as if the arc went on: exact for a circle
    if (length < 8 || Math.abs(turn) < 0.03 || Math.abs(turn) > CORNER) return [sample];
    const count = Math.min(16, Math.ceil(length / 6));
    return Array.from({ length: count }, (_, i) => hermite(from, sample, headingFrom, this.heading, length, (i + 1) / count, count));
  }
}

const CORNER = 1.1; // radians; sharper turns stay corners
const turned = (angle) => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));

function hermite(from, to, headingFrom, headingTo, pull, t, count) {
  const a = t * t * (3 - 2 * t);
  const b = t * (1 - t) * (1 - t) * pull;
  const c = t * t * (t - 1) * pull;
  return {
    x: from.x + (to.x - from.x) * a + Math.cos(headingFrom) * b + Math.cos(headingTo) * c,
    y: from.y + (to.y - from.y) * a + Math.sin(headingFrom) * b + Math.sin(headingTo) * c,
    pressure: from.pressure + (to.pressure - from.pressure) * t,
    tiltX: to.tiltX,
    tiltY: to.tiltY,
    dt: to.dt / count,
  };
}
