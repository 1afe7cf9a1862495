// The drawing and the controls, kept in this browser (IndexedDB) so that a reload or a crash loses at most a second.
// One record a tab; a new tab opens what was drawn last. Where storage is refused or full, drawing goes on and the person is told.

import { forgetPicturesBut } from './image-store.js';

const DATABASE = 'sprint-live';
const STORE = 'drawings';
const KEEP = 8;
const SAVE_AFTER_MS = 500;

export class DrawingStore {
  constructor(snapshot, refused) {
    this.snapshot = snapshot; // () => {messages, settings, ...}
    this.refused = refused; // () => the person should know that nothing is kept; called once
    this.timer = 0;
    this.tab = sessionItem('sprint-live-tab', () => crypto.getRandomValues(new Uint32Array(2)).join('-'));
    this.database = null;
    this.opening = openDatabase().then((database) => (this.database = database));
    document.addEventListener('visibilitychange', () => document.hidden && this.flush());
    addEventListener('pagehide', () => this.flush());
  }

  touch() {
    if (!this.timer) this.timer = setTimeout(() => this.flush(), SAVE_AFTER_MS);
  }

  async flush() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = 0;
    const record = { tab: this.tab, savedAt: Date.now(), ...this.snapshot() };
    try {
      const database = this.database ?? (await this.opening); // no await where it is open: a page that goes away has no later
      if (!database) throw new Error('storage is refused');
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'relaxed' });
      transaction.objectStore(STORE).put(record);
      await new Promise((done, failed) => Object.assign(transaction, { oncomplete: done, onabort: () => failed(transaction.error) }));
    } catch (error) {
      console.warn('Sprint Live: the drawing could not be saved in this browser:', error);
      this.refused();
      this.refused = () => {};
    }
  }

  // The record of this tab, else the newest one, else null.
  async load() {
    try {
      const database = await this.opening;
      if (!database) return null;
      const store = database.transaction(STORE, 'readwrite').objectStore(STORE);
      const records = (await settled(store.getAll())).sort((a, b) => b.savedAt - a.savedAt);
      records.slice(KEEP).forEach((record) => store.delete(record.tab));
      forgetPicturesBut(new Set(records.slice(0, KEEP).flatMap((record) => record.pictures ?? [])));
      return records.find((record) => record.tab === this.tab) || records[0] || null;
    } catch (error) {
      console.warn('Sprint Live: no saved drawing could be read:', error);
      return null;
    }
  }
}

export function sessionItem(key, make) {
  try {
    const value = sessionStorage.getItem(key) ?? make();
    sessionStorage.setItem(key, value);
    return value;
  } catch {
    return make();
  }
}

async function openDatabase() {
  try {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'tab' });
    return await settled(request);
  } catch {
    return null;
  }
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
