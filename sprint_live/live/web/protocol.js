// The wire of the live canvas: the twin of protocol.py, byte for byte (the layout is written down there).
// No DOM in this file: it runs in the page, in the worker, and under node in the tests.

export const VERSION = 1;
export const POINT_BYTES = 10;
export const UNITS_PER_PX = 16;
export const MAX_POINTS_A_MESSAGE = 20000;
export const MAX_MESSAGE_BYTES = 1 << 20;
export const MAX_PROMPT_BYTES = 8192;
export const NEW_SESSION = new Uint8Array(16);
export const TOOL = { brush: 0, eraser: 1 };
export const STATE = ['idle', 'queued', 'drawing', 'loading'];

const KIND = {
  hello: 1, begin: 2, points: 3, end: 4, undo: 5, redo: 6, clear: 7, restore: 8, settings: 9, ack: 10,
  welcome: 129, model: 130, frame: 131, status: 132, error: 133,
};
const RECORD = { stroke: 0, clear: 1, more: 2 };
const TEXT = new TextEncoder();

export class ProtocolError extends Error {}

// -- points ------------------------------------------------------------------------------------------------------------

// [{x, y, pressure, tiltX, tiltY, dt}] in px, 0..1, degrees, ms -> wire points. Throws for NaN and infinities.
export function packPoints(points) {
  const bytes = new Uint8Array(points.length * POINT_BYTES);
  const view = new DataView(bytes.buffer);
  points.forEach((point, i) => {
    const at = i * POINT_BYTES;
    view.setInt16(at, clamped(point.x * UNITS_PER_PX, -32768, 32767), true);
    view.setInt16(at + 2, clamped(point.y * UNITS_PER_PX, -32768, 32767), true);
    view.setUint16(at + 4, clamped(point.pressure * 65535, 0, 65535), true);
    view.setInt8(at + 6, clamped(point.tiltX, -90, 90));
    view.setInt8(at + 7, clamped(point.tiltY, -90, 90));
    view.setUint16(at + 8, clamped(point.dt, 0, 65535), true);
  });
  return bytes;
}

function clamped(number, low, high) {
  if (!Number.isFinite(number)) throw new ProtocolError(`a point with ${number}: finite numbers are accepted`);
  return Math.min(high, Math.max(low, Math.floor(number + 0.5)));
}

// -- encode ------------------------------------------------------------------------------------------------------------

class Writer {
  constructor(kind, seq) {
    this.data = new Uint8Array(256);
    this.view = new DataView(this.data.buffer);
    this.at = 0;
    this.u8(VERSION).u8(kind).u16(0).u32(seq);
  }

  room(length) {
    if (this.at + length > MAX_MESSAGE_BYTES) throw new ProtocolError(`over ${MAX_MESSAGE_BYTES} bytes in a message`);
    if (this.at + length <= this.data.length) return;
    const larger = new Uint8Array(Math.max(this.data.length * 2, this.at + length));
    larger.set(this.data);
    this.data = larger;
    this.view = new DataView(larger.buffer);
  }

  u8(number) { this.room(1); this.view.setUint8(this.at, number); this.at += 1; return this; }
  u16(number) { this.room(2); this.view.setUint16(this.at, number, true); this.at += 2; return this; }
  u32(number) { this.room(4); this.view.setUint32(this.at, number, true); this.at += 4; return this; }

  f32(number) {
    if (!Number.isFinite(number)) throw new ProtocolError(`${number}: finite numbers are accepted`);
    this.room(4); this.view.setFloat32(this.at, number, true); this.at += 4; return this;
  }

  bytes(bytes) { this.room(bytes.length); this.data.set(bytes, this.at); this.at += bytes.length; return this; }

  text(text, size) {
    const bytes = TEXT.encode(text);
    this[`u${size}`](bytes.length);
    return this.bytes(bytes);
  }

  points(bytes) {
    const count = bytes.length / POINT_BYTES;
    if (count > MAX_POINTS_A_MESSAGE) throw new ProtocolError(`${count} points in a message`);
    return this.u32(count).bytes(bytes);
  }

  pen(stroke) { return this.u32(stroke.id).u8(stroke.tool).u16(stroke.width); }

  done() { return this.data.slice(0, this.at); }
}

export const encodeHello = (sessionId, token) => new Writer(KIND.hello, 0).bytes(sessionId).text(token, 16).done();
export const encodeBegin = (seq, stroke) => new Writer(KIND.begin, seq).pen(stroke).done();
export const encodePoints = (seq, id, points) => new Writer(KIND.points, seq).u32(id).points(points).done();
export const encodeEnd = (seq, id) => new Writer(KIND.end, seq).u32(id).done();
export const encodeUndo = (seq) => new Writer(KIND.undo, seq).done();
export const encodeRedo = (seq) => new Writer(KIND.redo, seq).done();
export const encodeClear = (seq) => new Writer(KIND.clear, seq).done();
export const encodeAck = (frameSeq) => new Writer(KIND.ack, 0).u32(frameSeq).done();

// {prompt, style, seed, steps, guidance, controlStrength, size}
export function encodeSettings(seq, settings) {
  const writer = new Writer(KIND.settings, seq);
  for (const number of [settings.controlStrength, settings.guidance]) {
    if (!Number.isFinite(number)) throw new ProtocolError(`${number}: finite numbers are accepted`);
    writer.u16(Math.floor(number * 1000 + 0.5));
  }
  writer.u32(settings.seed).u8(settings.steps).u16(settings.size);
  return writer.text(settings.style, 16).text(settings.prompt, 32).done();
}

// records: [{stroke} | {clear: true} | {more}] each with undone and open; points are bytes in wire form
export function encodeRestore(seq, first, last, records) {
  const writer = new Writer(KIND.restore, seq).u8((first ? 1 : 0) | (last ? 2 : 0)).u32(records.length);
  for (const record of records) {
    const flags = (record.undone ? 1 : 0) | (record.open ? 2 : 0);
    if (record.stroke) writer.u8(RECORD.stroke).u8(flags).pen(record.stroke).points(record.stroke.points);
    else if (record.clear) writer.u8(RECORD.clear).u8(flags);
    else writer.u8(RECORD.more).u8(flags).points(record.more);
  }
  return writer.done();
}

// -- decode ------------------------------------------------------------------------------------------------------------

class Reader {
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

  list(read) { return Array.from({ length: this.u8() }, read); }
}

// A server's message as {kind, seq, ...}; kind is welcome, model, frame, status or error.
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

function readBody(reader, kind, seq) {
  switch (kind) {
    case KIND.welcome:
      return { kind: 'welcome', seq, sessionId: reader.bytes(16), resumed: reader.u8() === 1, lastOpSeq: reader.u32() };
    case KIND.model:
      return {
        kind: 'model', seq, name: reader.text(8), title: reader.text(8), styles: reader.list(() => reader.text(8)),
        sizes: reader.list(() => reader.u16()), licence: reader.text(16),
      };
    case KIND.frame:
      return {
        kind: 'frame', seq, opSeq: reader.u32(), width: reader.u16(), height: reader.u16(),
        timings: reader.list(() => [reader.text(8), reader.f32()]), jpeg: reader.bytes(reader.u32()),
      };
    case KIND.status: {
      const state = STATE[reader.u8()];
      if (!state) throw new ProtocolError('an unknown state');
      return { kind: 'status', seq, state, opSeq: reader.u32(), text: reader.text(16) };
    }
    case KIND.error:
      return { kind: 'error', seq, closeCode: reader.u16(), text: reader.text(16) };
    default:
      throw new ProtocolError(`message kind ${kind}`);
  }
}

// Reads RESTORE messages back into records: the drawing saved in the browser has the form it travels in.
export function decodeRestore(data) {
  const reader = new Reader(data);
  if (reader.u8() !== VERSION || reader.u8() !== KIND.restore) throw new ProtocolError('not a saved drawing');
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
      record.stroke = { id: reader.u32(), tool: reader.u8(), width: reader.u16() };
      record.stroke.points = reader.bytes(reader.u32() * POINT_BYTES);
    } else if (kind === RECORD.clear) record.clear = true;
    else if (kind === RECORD.more) record.more = reader.bytes(reader.u32() * POINT_BYTES);
    else throw new ProtocolError(`a record of kind ${kind}`);
    records.push(record);
  }
  return records;
}
