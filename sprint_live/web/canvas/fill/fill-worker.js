// Finds the area of a fill off the page's thread.
// in:  {id, rgba: ArrayBuffer of the lines, place, gap}
// out: {id, points: Uint8Array or null}

import { fillOutline } from './bucket-fill.js';

const page = /** @type {{onmessage: (event: MessageEvent) => void, postMessage: (message: any) => void}} */ (self);

page.onmessage = ({ data: { id, rgba, place, gap } }) => {
  const colors = new Uint8Array(rgba);
  const barrier = new Uint8Array(colors.length / 4);
  for (let at = 0; at < barrier.length; at += 1) barrier[at] = colors[4 * at + 3];
  page.postMessage({ id, points: fillOutline(barrier, place, gap) });
};
