// Moments of a drawing: its whole history, what was undone included, up to a share of it.
// No DOM in this file: it runs in the page and under node in the tests.

import { Journal } from './journal.js';
import { POINT_BYTES } from '../wire/protocol.js';

const OTHER_WEIGHT = 30; // what a clear or an edit of strokes takes of the time, in points

// Every entry there was, in the order it was made.
export const historyOf = (journal) => [...journal.entries, ...journal.undone.toReversed()];

// entries up to a share of 0..1 of their points, the last stroke cut where the share ends.
export function momentOf(entries, share) {
  let left = Math.round(share * entries.reduce((sum, entry) => sum + weight(entry), 0));
  const moment = new Journal();
  for (const entry of entries) {
    const own = weight(entry);
    if (left >= own) moment.entries.push(entry);
    else if (entry.chunks && left > 0) moment.entries.push(cut(entry, left));
    left -= own;
    if (left <= 0) break;
  }
  moment.recount();
  return moment;
}

const weight = (entry) => (entry.chunks ? Math.max(1, entry.count) : OTHER_WEIGHT);

function cut(stroke, count) {
  const chunks = [];
  let left = count;
  for (const chunk of stroke.chunks) {
    const part = chunk.subarray(0, left * POINT_BYTES);
    if (part.length) chunks.push(part);
    left -= part.length / POINT_BYTES;
  }
  return { ...stroke, chunks, count };
}
