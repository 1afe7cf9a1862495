// The pictures of drawings, kept in this browser apart from the drawings: those are written twice a second, these once.

import { inStore } from './database.js';

const DAY_MS = 86400000;
const inPictures = (mode, ask) => inStore('sprint-live-pictures', 'pictures', { keyPath: 'name' }, mode, ask);

export async function keepPicture(name, bytes) {
  try {
    await inPictures('readwrite', (store) => store.put({ name, bytes, keptAt: Date.now() }));
  } catch (error) {
    console.warn('Sprint Live: a picture could not be saved in this browser:', error);
  }
}

// [{name, bytes}] of those of `names` that are here.
export async function readPictures(names) {
  if (!names.length) return [];
  try {
    return (await inPictures('readonly', (store) => store.getAll())).filter(({ name }) => names.includes(name));
  } catch (error) {
    console.warn('Sprint Live: no saved picture could be read:', error);
    return [];
  }
}

// Forgets those that no saved drawing names. One that is a day old has had the time to be named.
export async function forgetPicturesBut(names) {
  try {
    await inPictures('readwrite', (store) => {
      store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        if (!names.has(cursor.value.name) && cursor.value.keptAt < Date.now() - DAY_MS) cursor.delete();
        cursor.continue();
      };
    });
  } catch (error) {
    console.warn('Sprint Live: the saved pictures could not be tidied:', error);
  }
}
