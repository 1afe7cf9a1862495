// One quiet line when the picture cannot do what the drawing seems to ask for, with one press that helps. What is said
// follows from the numbers, never from a guess: see `tipFor`.

const LITTLE = 0.2; // control strength below which lines hardly count
const ALIKE = 14; // mean difference, of 255, up to which a picture is still the painting
const SIDE = 32;

// facts: {prompt, painting, hasBranch, controlStrength, strength, steps, controlStart, controlEnd, lines, paint, difference}
// lines, paint: whether there are any; difference: of picture and painting, null where unknown.
// Returns {name, says, fix, change} or null; change is what a press sets in the controls.
export function tipFor(facts) {
  const { painting, hasBranch, lines, paint, controlStrength, strength, difference } = facts;
  if (!facts.prompt.trim()) return { name: 'words', says: 'No words yet: say what it is, and the picture knows what to draw.', fix: 'Write', change: { focus: 'prompt' } };
  if (lines && hasBranch && controlStrength < LITTLE) {
    const says = controlStrength === 0 ? 'Your lines say nothing now: control strength is 0.' : 'Your lines say little now: control strength is low.';
    return { name: 'lines', says, fix: 'Follow them', change: { strength: 1 } };
  }
  if (lines && hasBranch && facts.steps > 1 && !counts(facts)) {
    return { name: 'when', says: 'Your lines count in none of the steps.', fix: 'In all', change: { 'control-start': 0, 'control-end': 1 } };
  }
  if (paint && !painting) return { name: 'paint', says: 'Paint counts only where the picture follows it.', fix: 'Follow paint', change: { painting: true } };
  if (painting && difference !== null && difference < ALIKE && strength < 0.75) {
    return { name: 'over', says: 'It is nearly your own picture: little of it is painted over.', fix: 'Paint over more', change: { repaint: Math.min(1, strength + 0.2) } };
  }
  return null;
}

// Whether any step lies wholly between the two, as sampler.py counts.
const counts = ({ steps, controlStart, controlEnd }) => Array.from({ length: steps }, (_, step) => step)
  .some((step) => step / steps >= controlStart && (step + 1) / steps <= controlEnd);

// Mean absolute difference, 0..255, of two images drawn small. null where one is missing.
export function difference(one, other) {
  if (!one || !other) return null;
  const [a, b] = [one, other].map(small);
  return a.reduce((sum, value, i) => sum + (i % 4 === 3 ? 0 : Math.abs(value - b[i])), 0) / (3 * SIDE * SIDE);
}

function small(image) {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, SIDE, SIDE);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, SIDE, SIDE);
  return context.getImageData(0, 0, SIDE, SIDE).data;
}

export class Tips {
  // on: {facts() -> see above, change(values)}
  constructor(root, on) {
    this.on = on;
    this.bar = root.querySelector('#sl-tip');
    [this.text, this.fix, this.close] = ['span', '.sl-tip-fix', '.sl-tip-close'].map((part) => this.bar.querySelector(part));
    this.unwanted = new Set();
    this.fix.addEventListener('click', () => { this.bar.hidden = true; on.change(this.tip.change); });
    this.close.addEventListener('click', () => { this.unwanted.add(this.tip.name); this.bar.hidden = true; });
  }

  // The picture is that of the drawing and the hand rests.
  look() {
    this.tip = tipFor(this.on.facts());
    this.bar.hidden = !this.tip || this.unwanted.has(this.tip.name);
    if (this.bar.hidden) return;
    this.text.textContent = this.tip.says;
    this.fix.textContent = this.tip.fix;
  }

  hide() { this.bar.hidden = true; }
}
