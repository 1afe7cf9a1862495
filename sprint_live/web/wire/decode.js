// Bytes of the server to messages, and saved drawings back to records.

import { KIND, MAX_MESSAGE_BYTES, NO_LAYER, POINT_BYTES, ProtocolError, RECORD, STATE, TOOL, VERSION, toHex } from './constants.js';

export class Reader {
  constructor(data) {
    if (data.byteLength > MAX_MESSAGE_BYTES) throw new ProtocolError(`${data.byteLength} bytes in a message`);
    this.data = new Uint8Array(data);
    this.view = new DataView(this.data.buffer, this.data.byteOffset, this.data.byteLength);
    this.at = 0;
  }

  take(length) {
    if (length > this.data.length - this.at) throw new ProtocolError('a message cut short');
    this.at += length;
    return this.at - length;
  }

  u8() { return this.view.getUint8(this.take(1)); }
  u16() { return this.view.getUint16(this.take(2), true); }
  i32() { return this.view.getInt32(this.take(4), true); }
  u32() { return this.view.getUint32(this.take(4), true); }
  f32() { return this.view.getFloat32(this.take(4), true); }
  bytes(length) { const from = this.take(length); return this.data.slice(from, from + length); }

  text(size) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.bytes(this[`u${size}`]()));
    } catch (error) {
      throw error instanceof ProtocolError ? error : new ProtocolError('text that is not UTF-8');
    }
  }

  // How many things of `size` bytes follow: checked before room is made for them.
  count(size) { const count = this.u32(); if (count * size > this.data.length - this.at) throw new ProtocolError('a message cut short'); return count; }
  // What the server says: {code, params, text}; the code is '' where only the English is known.
  said() { const code = this.text(8); return { code, params: Object.fromEntries(this.list(() => [this.text(8), this.text(16)])), text: this.text(16) }; }
  list(read) { return Array.from({ length: this.u8() }, read); }
}

/**
 * A server's message by its `kind`. Throws ProtocolError for anything else.
 * @param {ArrayBuffer | Uint8Array} data
 * @returns {import('./messages.js').ServerMessage}
 */
export function decodeServer(data) {
  const reader = new Reader(data);
  const version = reader.u8();
  const kind = reader.u8();
  if (version !== VERSION || reader.u16() !== 0) throw new ProtocolError(`protocol version ${version}, not ${VERSION}`);
  const seq = reader.u32();
  const message = readBody(reader, kind, seq);
  if (reader.at !== reader.data.length) throw new ProtocolError('a message that is too long');
  return message;
}

/** @returns {import('./messages.js').ServerMessage} */
function readBody(reader, kind, seq) {
  switch (kind) {
    case KIND.welcome:
      return { kind: 'welcome', seq, sessionId: reader.bytes(16), resumed: reader.u8() === 1, lastOpSeq: reader.u32() };
    case KIND.model:
      return {
        kind: 'model', seq, name: reader.text(8), title: reader.text(8), styles: reader.list(() => reader.text(8)),
        sizes: reader.list(() => [reader.u16(), reader.u16()]), license: reader.text(16), hasBranch: reader.u8() === 1,
        hasPreview: reader.u8() === 1, hasGuidance: reader.u8() === 1, hasColors: reader.u8() === 1, refines: reader.u8() === 1,
        detectors: reader.list(() => [reader.text(8), reader.text(8)]),
      };
    case KIND.frame:
      return {
        kind: 'frame', seq, opSeq: reader.u32(), width: reader.u16(), height: reader.u16(), preview: reader.u8() === 1,
        timings: reader.list(() => [reader.text(8), reader.f32()]), jpeg: reader.bytes(reader.u32()),
      };
    case KIND.status: {
      const state = STATE[reader.u8()];
      if (!state) throw new ProtocolError('an unknown state');
      return { kind: 'status', seq, state, opSeq: reader.u32(), ...reader.said() };
    }
    case KIND.pinned:
      return { kind: 'pinned', seq, opSeq: reader.u32(), pin: { width: reader.u16(), height: reader.u16(), bytes: reader.bytes(reader.u32()) } };
    case KIND.varied:
      return { kind: 'varied', seq, opSeq: reader.u32(), seed: reader.u32(), width: reader.u16(), height: reader.u16(), jpeg: reader.bytes(reader.u32()) };
    case KIND.error:
      return { kind: 'error', seq, closeCode: reader.u16(), ...reader.said() };
    default:
      throw new ProtocolError(`message kind ${kind}`);
  }
}

// Reads RESTORE messages back into records: the drawing saved in the browser has the form it travels in. Versions 1
// (black lines only), 2 (one layer, no edits) and 3 (no pictures, copies and skews) are still read: a drawing outlives the
// program that saved it.
export function decodeRestore(data) {
  const reader = new Reader(data);
  const version = reader.u8();
  if (version < 1 || version > VERSION || reader.u8() !== KIND.restore) throw new ProtocolError('not a saved drawing');
  reader.u16();
  reader.u32();
  reader.u8();
  const count = reader.u32();
  const records = [];
  for (let i = 0; i < count; i += 1) {
    const kind = reader.u8();
    const flags = reader.u8();
    const record = { undone: (flags & 1) !== 0, open: (flags & 2) !== 0 };
    if (kind === RECORD.stroke) {
      record.stroke = { id: reader.u32(), tool: reader.u8(), width: reader.u16(), rgb: [0, 0, 0], mirror: 0, layer: 0 };
      if (version > 1) Object.assign(record.stroke, { rgb: Array.from(reader.bytes(3)), mirror: reader.u8() });
      if (version > 2) record.stroke.layer = reader.u8();
      if (record.stroke.tool === TOOL.picture) record.stroke.picture = toHex(reader.bytes(16));
      record.stroke.points = reader.bytes(reader.u32() * POINT_BYTES);
    } else if (kind === RECORD.clear) record.clear = true;
    else if (kind === RECORD.more) record.more = reader.bytes(reader.u32() * POINT_BYTES);
    else Object.assign(record, readEdit(reader, kind, version));
    records.push(record);
  }
  return records;
}

export function readEdit(reader, kind, version) {
  const ids = () => Array.from({ length: reader.count(4) }, () => reader.u32());
  const transform = () => {
    const [scaleX, scaleY, shiftX, shiftY] = [reader.i32(), reader.i32(), reader.i32(), reader.i32()];
    const [skewX, skewY] = version > 3 ? [reader.i32(), reader.i32()] : [0, 0];
    return { ids: ids(), scaleX, scaleY, shiftX, shiftY, skewX, skewY };
  };
  if (kind === RECORD.transform) return { transform: transform() };
  if (kind === RECORD.copy) return { copy: { ...transform(), firstId: reader.u32(), layer: reader.u8(), count: reader.u32() } };
  if (kind === RECORD.remove) return { remove: ids() };
  if (kind !== RECORD.arrange) throw new ProtocolError(`a record of kind ${kind}`);
  const layers = reader.list(() => ({ id: reader.u8(), opacity: reader.u8(), shown: reader.u8() === 1 }));
  const merged = [reader.u8(), reader.u8()];
  return { arrange: { layers, merged: merged[0] === NO_LAYER ? null : merged } };
}
