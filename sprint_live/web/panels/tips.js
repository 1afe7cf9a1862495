// One quiet line when the picture cannot do what the drawing seems to ask for, with one press that helps. What is said
// follows from the numbers, never from a guess: see `tipFor`.

import { t } from '../i18n/language.js';

const LITTLE = 0.2; // control strength below which lines hardly count
const ALIKE = 11; // mean difference, of 255, up to which a picture is still the painting
const SIDE = 64;
const COVERED = 250; // alpha of a small pixel that is paint all over

// facts: {prompt, painting, hasBranch, hasColors, controlStrength, strength, steps, controlStart, controlEnd, lines, paint, difference}
// lines, paint: whether there are any; difference: of picture and painting, null where unknown.
// Returns {name, says, fix, change} or null; change is what a press sets in the controls.
export function tipFor(facts) {
  const { painting, hasBranch, lines, paint, controlStrength, strength, difference: apart } = facts;
  if (!facts.prompt.trim()) {
    return { name: 'words', says: 'The prompt is empty. Say what you are drawing.', fix: 'Write a prompt', change: { focus: 'prompt' } };
  }
  if (lines && hasBranch && controlStrength < LITTLE) {
    const says = controlStrength === 0 ? 'Your lines have no effect: control strength is 0.' : 'Your lines have little effect: control strength is low.';
    return { name: 'lines', says, fix: 'Follow the lines', change: { strength: 1 } };
  }
  if (lines && hasBranch && facts.steps > 1 && !counts(facts)) {
    return { name: 'when', says: 'Your lines guide none of the steps.', fix: 'Use all steps', change: { 'control-start': 0, 'control-end': 1 } };
  }
  if (paint && !painting && !facts.hasColors) {
    const says = 'The paint has no effect: the picture follows only the lines.';
    return { name: 'paint', says, fix: 'Follow the paint', change: { painting: true } };
  }
  if (painting && apart !== null && apart < ALIKE && strength <= 0.55) {
    const says = 'The picture is almost the same as your painting.';
    return { name: 'over', says, fix: 'Paint over more', change: { repaint: Math.min(1, strength + 0.2) } };
  }
  return null;
}

// Whether any step lies wholly between the two, as draw_settings.py counts.
const counts = ({ steps, controlStart, controlEnd }) => Array.from({ length: steps }, (_, step) => step)
  .some((step) => step / steps >= controlStart && (step + 1) / steps <= controlEnd);

// Mean absolute difference, 0..255, of picture and painting where there is paint, both drawn small. null without paint.
// The paint lies in `box` of its canvas, which is transparent elsewhere.
export function difference(paint, { left, top, width, height }, picture) {
  const [a, b] = [small(paint, [left, top, width, height]), small(picture)];
  let [sum, number] = [0, 0];
  for (let at = 0; at < a.length; at += 4) {
    if (a[at + 3] < COVERED) continue;
    sum += Math.abs(a[at] - b[at]) + Math.abs(a[at + 1] - b[at + 1]) + Math.abs(a[at + 2] - b[at + 2]);
    number += 3;
  }
  return number ? sum / number : null;
}

/** @param {[number, number, number, number] | null} from */
function small(image, from = null) {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  context.imageSmoothingQuality = 'high';
  if (from) context.drawImage(image, ...from, 0, 0, SIDE, SIDE);
  else context.drawImage(image, 0, 0, SIDE, SIDE);
  return context.getImageData(0, 0, SIDE, SIDE).data;
}

export class Tips {
  // on: {facts() -> see above, change(values)}
  constructor(root, on) {
    this.on = on;
    this.bar = root.querySelector('#sl-tip');
    this.text = this.bar.querySelector('span');
    this.fix = this.bar.querySelector('.sl-tip-fix');
    this.close = this.bar.querySelector('.sl-tip-close');
    this.unwanted = new Set();
    this.fix.addEventListener('click', () => { this.bar.hidden = true; on.change(this.tip.change); });
    this.close.addEventListener('click', () => { this.unwanted.add(this.tip.name); this.bar.hidden = true; });
  }

  // The picture is that of the drawing and the hand rests.
  look() {
    this.tip = tipFor(this.on.facts());
    this.bar.hidden = !this.tip || this.unwanted.has(this.tip.name);
    if (this.bar.hidden) return;
    this.text.textContent = t(this.tip.says);
    this.fix.textContent = t(this.tip.fix);
  }

  hide() { this.bar.hidden = true; }
}
