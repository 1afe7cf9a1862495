// While the hand rests the picture is drawn once more with more steps from the same noise; the next change goes back to one.

const REST_MS = 600;
export const REFINED_STEPS = 2;

export class Refiner {
  constructor(box, changed) {
    this.box = box;
    this.changed = changed; // called when the steps that `steps` answers have changed
    this.resting = false;
    box.addEventListener('change', () => (box.checked ? this.settled() : this.wake()));
  }

  steps(chosen) { return this.resting ? Math.max(chosen, REFINED_STEPS) : chosen; }

  // The picture on show is that of the drawing.
  settled(chosen = 1) {
    clearTimeout(this.timer);
    if (!this.box.checked || this.resting || chosen >= REFINED_STEPS) return;
    this.timer = setTimeout(() => {
      this.resting = true;
      this.changed();
    }, REST_MS);
  }

  // Something changes: back to the quick picture. The caller sends the settings if this returns true.
  stir() {
    clearTimeout(this.timer);
    const was = this.resting;
    this.resting = false;
    return was;
  }

  wake() { if (this.stir()) this.changed(); }
}
