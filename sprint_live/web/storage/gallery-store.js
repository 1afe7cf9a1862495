// Kept pictures in this browser (IndexedDB), apart from the drawing that is autosaved: each with its project, so that it
// opens again exactly. Bounded: a gallery that is full says so, and never throws away a picture by itself.

import { inStore } from './database.js';

const inGallery = (mode, ask) => inStore('sprint-live-gallery', 'pictures', { keyPath: 'id', autoIncrement: true }, mode, ask);
export const MAX_PICTURES = 200;
export const MAX_BYTES = 256 << 20;

export class GalleryFull extends Error {}

// {keptAt, picture: Blob or null, thumbnail: Blob, project: text, made} -> its id. Throws GalleryFull.
export async function keep(record) {
  const kept = await list();
  const bytes = (record.picture?.size ?? 0) + record.thumbnail.size + record.project.length;
  if (kept.length >= MAX_PICTURES || kept.reduce((sum, one) => sum + one.bytes, bytes) > MAX_BYTES) throw new GalleryFull();
  return inGallery('readwrite', (store) => store.add({ ...record, bytes }));
}

// Every record with its id, the newest first.
export async function list() {
  const kept = await inGallery('readonly', (store) => store.getAll());
  return kept.sort((a, b) => b.keptAt - a.keptAt);
}

export const remove = (id) => inGallery('readwrite', (store) => store.delete(id));
