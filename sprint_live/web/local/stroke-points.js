// The points of a stroke as numbers, in wire units (1/16 px), and where its mirror images lie.

import { MIRROR, POINT_BYTES } from '../wire/protocol.js';

const THINNEST = 0.25;
const MIN_RADIUS = 11;

// [{x, y, radius, tiltX}]
export function strokePoints({ width, chunks }) {
  return chunks.flatMap((chunk) => {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    return Array.from({ length: chunk.length / POINT_BYTES }, (_, i) => ({
      x: view.getInt16(i * POINT_BYTES, true),
      y: view.getInt16(i * POINT_BYTES + 2, true),
      radius: radius(width, view.getUint16(i * POINT_BYTES + 4, true) / 65535),
      tiltX: view.getInt8(i * POINT_BYTES + 6),
    }));
  });
}

const radius = (width, pressure) => Math.max(MIN_RADIUS, Math.floor((width / 2) * (THINNEST + (1 - THINNEST) * pressure) + 0.5));

/** @returns {[boolean, boolean][]} whether x, and whether y, is mirrored */
export function flipsOf({ mirror }) {
  /** @type {[boolean, boolean][]} */
  const flips = [[false, false]];
  if (mirror & MIRROR.leftRight) flips.push([true, false]);
  if (mirror & MIRROR.topBottom) flips.push(...flips.map(([x]) => /** @type {[boolean, boolean]} */ ([x, true])));
  return flips;
}
