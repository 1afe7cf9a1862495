// Several messages of the wire in one body, for doors that are no socket. The layout is written down in batches.py.

export const NEW_CONNECTION = new Uint8Array(16);
const UP_BYTES = 20;
const DOWN_BYTES = 24;

export function packUp(connectionId, number, messages) {
  const size = messages.reduce((total, message) => total + 4 + message.length, UP_BYTES);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(connectionId);
  view.setUint32(16, number, true);
  let at = UP_BYTES;
  for (const message of messages) {
    view.setUint32(at, message.length, true);
    bytes.set(message, at + 4);
    at += 4 + message.length;
  }
  return bytes;
}

// ArrayBuffer -> {connectionId, number, closeCode, retryAfterS, messages: [ArrayBuffer]}. Throws RangeError for what is no batch.
export function unpackDown(buffer) {
  const view = new DataView(buffer);
  const messages = [];
  for (let at = DOWN_BYTES; at < buffer.byteLength;) {
    const end = at + 4 + view.getUint32(at, true);
    if (end > buffer.byteLength) throw new RangeError('a batch cut in a message');
    messages.push(buffer.slice(at + 4, end));
    at = end;
  }
  return {
    connectionId: new Uint8Array(buffer.slice(0, 16)),
    number: view.getUint32(16, true),
    closeCode: view.getUint16(20, true),
    retryAfterS: view.getUint16(22, true),
    messages,
  };
}

// Hands batches on in the order of their numbers, because two requests in flight may overtake each other.
export class InOrder {
  constructor(take) {
    this.take = take;
    this.next = 0;
    this.early = new Map();
  }

  add(batch) {
    this.early.set(batch.number, batch);
    while (this.early.has(this.next)) {
      const due = this.early.get(this.next);
      this.early.delete(this.next);
      this.next += 1;
      this.take(due);
    }
  }
}
