// The pictures that strokes lay on the paint, by name: bytes for the wire and for files, bitmaps for the paper. A stroke's
// name is 16 random bytes, so no two pictures share one; what is held never changes.

import { t } from '../i18n/language.js';
import { MAX_PICTURE_BYTES, encodePicture, toHex } from '../wire/protocol.js';

export const MAX_PICTURES_BYTES = 4 << 20; // in one drawing; images.py holds twice that
const HELD = new Map(); // name -> {bytes, bitmap}

export const newName = () => toHex(crypto.getRandomValues(new Uint8Array(16)));
export const bytesOf = (name) => HELD.get(name)?.bytes;
export const bitmapOf = (name) => HELD.get(name)?.bitmap;

// Decodes a picture and holds it from now on. Throws an Error whose message is for the person.
export async function hold(name, bytes) {
  const known = bytesOf(name);
  if (known && (known.length !== bytes.length || known.some((byte, i) => byte !== bytes[i]))) throw new Error(t('it is damaged'));
  if (known) return;
  if (bytes.length > MAX_PICTURE_BYTES) throw new Error(t('it is damaged'));
  try {
    HELD.set(name, { bytes, bitmap: await createImageBitmap(new Blob([bytes])) });
  } catch {
    throw new Error(t('it is damaged'));
  }
}

// The names of the pictures of entries, done or undone.
export const namesIn = ({ entries, undone }) => new Set([...entries, ...undone].flatMap((entry) => entry.picture ?? []));

// True if one of `added` bytes still fits into a drawing.
export function hasRoom(journal, added) {
  return [...namesIn(journal)].reduce((sum, name) => sum + bytesOf(name).length, added) <= MAX_PICTURES_BYTES;
}

// What a connection has been given; made anew with it.
export class Given {
  constructor() { this.names = new Set(); }

  // The messages that bring what a journal names and the server may not have: before any stroke that names it.
  messages(journal, nextSeq) {
    const needed = namesIn(journal);
    const missing = [...needed].filter((name) => !this.names.has(name));
    if (missing.length) this.names = needed; // of others it may forget some to make room for these
    return missing.map((name) => encodePicture(nextSeq(), name, bytesOf(name)));
  }
}
