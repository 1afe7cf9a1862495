// One store of this browser's database (IndexedDB), opened for one transaction.

// options: of the store when it is made; ask(store) -> the request whose result is wanted, or nothing.
// Resolves once the change is on the disk's way for good: a request that succeeded can still be lost with its transaction.
export async function inStore(name, storeName, options, mode, ask) {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName, options);
  const database = await new Promise((done, failed) => {
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  try {
    const transaction = database.transaction(storeName, mode);
    const request = ask(transaction.objectStore(storeName));
    return await new Promise((done, failed) => {
      transaction.oncomplete = () => done(request?.result);
      transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}
