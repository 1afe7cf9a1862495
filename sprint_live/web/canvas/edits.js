// Changes of what is drawn already: strokes moved, copied, removed, and the layers. The twin of edits.py, number for number.
// An edit is {transform: {ids, scaleX, scaleY, shiftX, shiftY, skewX, skewY}} (1/65536, shifts 1/16 px), {remove: ids},
// {copy: {...a transform, firstId, layer, count: of the points it makes}} or
// {arrange: {layers: [{id, opacity, shown}] lowest first, merged: [upper, lower] or null}}.

import { POINT_BYTES } from '../wire/protocol.js';

export const ONE = 65536;
export const MAX_LAYERS = 8;
export const FIRST_LAYERS = [{ id: 0, opacity: 100, shown: true }];
const MAX_WIDTH_UNITS = 512 * 16;

// Strokes as they are after every transform, copy and removal, and arrangements, in the order they were made.
export function settle(entries) {
  const marks = [];
  const places = new Map();
  for (const entry of entries) {
    if (entry.remove) {
      for (const id of entry.remove) {
        for (const i of places.get(id) ?? []) marks[i] = null;
        places.delete(id);
      }
    } else if (entry.transform) {
      for (const i of new Set(entry.transform.ids.flatMap((id) => places.get(id) ?? []))) {
        marks[i] = transformed(marks[i], entry.transform);
      }
    } else if (entry.copy) {
      const { ids } = entry.copy;
      const sources = ids.flatMap((id, k) => (places.get(id) ?? []).map((i) => [i, k])).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      const copies = copied(entry.copy, sources.map(([i]) => marks[i]), sources.map(([, k]) => k));
      for (const copy of copies) {
        places.set(copy.id, [...(places.get(copy.id) ?? []), marks.length]);
        marks.push(copy);
      }
    } else {
      if (entry.chunks) places.set(entry.id, [...(places.get(entry.id) ?? []), marks.length]);
      marks.push(entry);
    }
  }
  return marks.filter((mark) => mark !== null);
}

// True if nothing that was drawn is on a layer that is shown.
export function white(entries) {
  const { layerOf, layers } = whereabouts(entries);
  const shown = new Set(layers.filter((layer) => layer.shown).map(({ id }) => id));
  return ![...layerOf.values()].some((layer) => shown.has(layer));
}

// Which layer each stroke lies on now, merges followed, and the layers.
export function whereabouts(entries) {
  let layers = FIRST_LAYERS;
  let layerOf = new Map();
  for (const entry of entries) {
    if (entry.chunks) layerOf.set(entry.id, entry.layer);
    else if (entry.remove) entry.remove.forEach((id) => layerOf.delete(id));
    else if (entry.copy) {
      const copies = entry.copy.ids.flatMap((id, k) => (layerOf.has(id) ? [entry.copy.firstId + k] : []));
      copies.forEach((id) => layerOf.set(id, entry.copy.layer));
    }
    else if (entry.arrange) {
      const [goes, stays] = entry.arrange.merged ?? [];
      layers = entry.arrange.layers;
      const known = new Set(layers.map(({ id }) => id));
      const merged = new Map([...layerOf.keys()].map((id) => [id, layerOf.get(id) === goes ? stays : layerOf.get(id)]));
      layerOf = new Map([...merged].filter(([, layer]) => known.has(layer)));
    }
  }
  return { layerOf, layers };
}

const MOVED = new WeakMap(); // stroke -> [transform, count, moved stroke]: an undo finds what it had before, drawn or not

export function transformed(stroke, by) {
  const [last, count, known] = MOVED.get(stroke) ?? [];
  if (last === by && count === stroke.count) return known;
  const result = moved(stroke, by);
  MOVED.set(stroke, [by, stroke.count, result]);
  return result;
}

function moved(stroke, by) {
  const grown = Math.sqrt(Math.abs(by.scaleX * by.scaleY - by.skewX * by.skewY)) / ONE;
  const width = Math.min(MAX_WIDTH_UNITS, Math.max(1, Math.floor(stroke.width * grown + 0.5)));
  return { ...stroke, width, chunks: stroke.chunks.map((chunk) => movedChunk(chunk, by)) };
}

const COPIED = new WeakMap(); // a copy -> [its sources, the strokes it made of them]: the same ones each time

function copied(by, sources, numbers) {
  const [before, known] = COPIED.get(by) ?? [];
  if (before?.length === sources.length && before.every((source, i) => source === sources[i])) return known;
  const made = sources.map((source, i) => ({ ...moved(source, by), id: by.firstId + numbers[i], layer: by.layer }));
  COPIED.set(by, [sources, made]);
  return made;
}

function movedChunk(chunk, { scaleX, scaleY, shiftX, shiftY, skewX, skewY }) {
  const bytes = chunk.slice();
  const view = new DataView(bytes.buffer);
  const put = (at, units) => view.setInt16(at, Math.min(32767, Math.max(-32768, Math.floor(units + 0.5))), true);
  for (let at = 0; at < bytes.length; at += POINT_BYTES) {
    const [x, y] = [view.getInt16(at, true), view.getInt16(at + 2, true)];
    put(at, (x * scaleX + y * skewX) / ONE + shiftX);
    put(at + 2, (x * skewY + y * scaleY) / ONE + shiftY);
  }
  return bytes;
}
