// What the tips go by: the numbers of the controls, what the drawing holds, and how far the picture is from the painting.

import { TOOL } from '../wire/protocol.js';
import { paperBox } from '../canvas/page-box.js';
import { difference } from './tips.js';

export function factsOf(live) {
  const { prompt, painting, controlStrength, strength, controlStart, controlEnd, width, height, steps } = live.controls.snapshot();
  const tools = new Set(live.journal.visible().map(({ tool }) => tool));
  const paint = tools.has(TOOL.paint) || tools.has(TOOL.fill);
  return {
    prompt, painting, hasBranch: live.controls.model.hasBranch, hasColors: live.controls.model.hasColors, controlStrength, strength, controlStart, controlEnd,
    steps: live.refiner.steps(steps), lines: tools.has(TOOL.brush), paint,
    difference: painting && paint ? difference(live.find('under'), paperBox(width, height), live.picture.canvas) : null,
  };
}

// change: {id of a control: its value} with focus and painting as special cases
export function changeOf(live, { focus, painting, ...values }) {
  if (focus) live.find(focus).focus();
  if (painting !== undefined) live.controls.setPainting(painting);
  for (const [name, value] of Object.entries(values)) live.find(name).value = String(value);
  if (!Object.keys(values).length) return;
  live.controls.showStrength();
  live.controls.changed();
}
