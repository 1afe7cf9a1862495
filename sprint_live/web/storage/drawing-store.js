// The drawing and the controls, kept in this browser (IndexedDB) so that a reload or a crash loses at most a second.
// One record per tab. A new tab opens the latest drawing, a duplicated tab opens a copy, and each writes its own record. If
// storage is refused or full, drawing goes on and the page says so.

import { forgetPicturesBut } from './image-store.js';
import { claimTab, isInUse, namesInUse } from './tab-name.js';

const DATABASE = 'sprint-live';
const STORE = 'drawings';
const KEEP = 8;
const SAVE_AFTER_MS = 500;

export class DrawingStore {
  constructor(snapshot, refused) {
    this.snapshot = snapshot; // () => {messages, settings, ...}
    this.refused = refused; // () => the person should know that nothing is kept; called once
    this.timer = 0;
    this.tab = null; // {name, before}
    this.claiming = claimTab().then((tab) => (this.tab = tab));
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
    try {
      const { name } = this.tab ?? (await this.claiming); // as below
      const record = { tab: name, savedAt: Date.now(), ...this.snapshot() };
      const database = this.database ?? (await this.opening); // no await where it is open: a page that goes away has no later
      if (!database) throw new Error('storage is refused');
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'relaxed' });
      transaction.objectStore(STORE).put(record);
      await new Promise((done, failed) => Object.assign(transaction, { oncomplete: done, onabort: () => failed(transaction.error) }));
    } catch (error) {
      console.warn('Sprint Live: the drawing could not be saved in this browser:', error);
      this.tell();
    }
  }

  tell() {
    this.refused();
    this.refused = () => {};
  }

  // The record of this tab, or of the one it is a copy of, else the newest one, else null.
  async load() {
    try {
      const [database, { before }, inUse] = await Promise.all([this.opening, this.claiming, namesInUse()]);
      if (!database) {
        this.tell();
        return null;
      }
      const store = database.transaction(STORE, 'readwrite').objectStore(STORE);
      const records = (await settled(store.getAll())).sort((a, b) => b.savedAt - a.savedAt);
      const isKept = ({ tab }, i) => i < KEEP || tab === before || isInUse(inUse, tab);
      records.filter((record, i) => !isKept(record, i)).forEach((record) => store.delete(record.tab));
      forgetPicturesBut(new Set(records.filter(isKept).flatMap((record) => record.pictures ?? [])));
      return records.find((record) => record.tab === before) || records[0] || null;
    } catch (error) {
      console.warn('Sprint Live: no saved drawing could be read:', error);
      return null;
    }
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
