// The part of the canvas that is paper: it has the picture's shape, its longer side is the canvas's, it lies in the middle
// (page_box.py). A stroke keeps its place in every shape; what lies beside the paper is in the journal and comes back.

import { CANVAS_PX } from '../wire/protocol.js';

// {left, top, width, height} in canvas px of the paper of a picture of width x height
export function paperBox(width, height) {
  const longer = Math.max(width, height);
  const [w, h] = [width, height].map((side) => 2 * Math.floor((CANVAS_PX * side) / (2 * longer)));
  return { left: (CANVAS_PX - w) / 2, top: (CANVAS_PX - h) / 2, width: w, height: h };
}

// Shows that part and no other.
export function cutPaper(root, width, height) {
  const { left, top } = paperBox(width, height);
  root.style.setProperty('--paper-clip', `${(100 * top) / CANVAS_PX}% ${(100 * left) / CANVAS_PX}%`);
}

// "832x1216" in words; sizes are [[width, height]]
export function sizeGroups(sizes) {
  const groups = { Square: [], Portrait: [], Landscape: [] };
  for (const [width, height] of sizes) groups[width === height ? 'Square' : width < height ? 'Portrait' : 'Landscape'].push([width, height]);
  return Object.entries(groups).filter(([, list]) => list.length);
}
