// While the hand rests the picture is drawn once more with more steps from the same noise; the next change goes back to one.
// Not with a model whose second look is no better than its first.

const REST_MS = 600;

export class Refiner {
  // box: whether to refine at all; choices: radio buttons of how many steps
  constructor(box, choices, changed) {
    this.box = box;
    this.choices = [...choices];
    this.changed = changed; // called when the steps that `steps` answers have changed
    this.resting = false;
    this.allowed = true;
    box.addEventListener('change', () => (box.checked ? this.settled() : this.wake()));
    for (const choice of this.choices) {
      choice.addEventListener('change', () => { if (this.resting) this.changed(); else this.settled(); });
    }
  }

  get refined() { return Number(this.choices.find(({ checked }) => checked).value); }
  set refined(steps) { for (const choice of this.choices) choice.checked = Number(choice.value) === steps; }

  // Whether the model's picture gains by it.
  describe({ refines }) {
    this.allowed = refines;
    if (!refines) this.wake();
  }

  steps(chosen) { return this.resting ? Math.max(chosen, this.refined) : chosen; }

  // The picture on show is that of the drawing.
  settled(chosen = 1) {
    clearTimeout(this.timer);
    if (!this.allowed || !this.box.checked || this.resting || chosen >= this.refined) return;
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
