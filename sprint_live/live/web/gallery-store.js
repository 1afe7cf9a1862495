// Kept pictures in this browser (IndexedDB), apart from the drawing that is autosaved: each with its project, so that it
// opens again exactly. Bounded: a gallery that is full says so, and never throws away a picture by itself.

const DATABASE = 'sprint-live-gallery';
const STORE = 'pictures';
export const MAX_PICTURES = 200;
export const MAX_BYTES = 256 << 20;

export class GalleryFull extends Error {}

// {keptAt, picture: Blob or null, thumbnail: Blob, project: text, made} -> its id. Throws GalleryFull.
export async function keep(record) {
  const kept = await list();
  const bytes = (record.picture?.size ?? 0) + record.thumbnail.size + record.project.length;
  if (kept.length >= MAX_PICTURES || kept.reduce((sum, one) => sum + one.bytes, bytes) > MAX_BYTES) throw new GalleryFull();
  return inStore('readwrite', (store) => store.add({ ...record, bytes }));
}

// Every record with its id, the newest first.
export async function list() {
  const kept = await inStore('readonly', (store) => store.getAll());
  return kept.sort((a, b) => b.keptAt - a.keptAt);
}

export const remove = (id) => inStore('readwrite', (store) => store.delete(id));

// Resolves once the change is on the disk's way for good: a request that succeeded can still be lost with its transaction.
async function inStore(mode, ask) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id', autoIncrement: true });
  const database = await new Promise((done, failed) => {
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  try {
    const transaction = database.transaction(STORE, mode);
    const request = ask(transaction.objectStore(STORE));
    return await new Promise((done, failed) => {
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}
