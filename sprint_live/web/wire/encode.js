// Messages of the page to bytes, as protocol.py has them.

import {
  KIND, MAX_MESSAGE_BYTES, MAX_PICTURE_BYTES, MAX_POINTS_A_MESSAGE, NO_LAYER, POINT_BYTES, ProtocolError, RECORD, TOOL, VERSION,
  fromHex,
} from './constants.js';
import { DRAW_SETTINGS } from './draw-settings.js';

const TEXT = new TextEncoder();

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
  i32(number) { this.room(4); this.view.setInt32(this.at, number, true); this.at += 4; return this; }
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

  // picture: its name as 32 hexadecimal digits, of the picture tool
  pen({ id, tool, width, rgb, mirror, layer, picture }) {
    this.u32(id).u8(tool).u16(width).u8(rgb[0]).u8(rgb[1]).u8(rgb[2]).u8(mirror).u8(layer);
    return tool === TOOL.picture ? this.bytes(fromHex(picture)) : this;
  }

  ids(ids) {
    if (ids.length > MAX_POINTS_A_MESSAGE) throw new ProtocolError(`${ids.length} strokes named in a message`);
    this.u32(ids.length);
    for (const id of ids) this.u32(id);
    return this;
  }

  transform({ ids, scaleX, scaleY, shiftX, shiftY, skewX, skewY }) {
    return this.i32(scaleX).i32(scaleY).i32(shiftX).i32(shiftY).i32(skewX).i32(skewY).ids(ids);
  }

  // an edit of edits.js
  edit({ transform, copy, remove, arrange }) {
    if (transform) return this.transform(transform);
    if (copy) return this.transform(copy).u32(copy.firstId).u8(copy.layer).u32(copy.count);
    if (remove) return this.ids(remove);
    this.u8(arrange.layers.length);
    for (const { id, opacity, shown } of arrange.layers) this.u8(id).u8(opacity).u8(shown ? 1 : 0);
    const [upper, lower] = arrange.merged ?? [NO_LAYER, NO_LAYER];
    return this.u8(upper).u8(lower);
  }

  done() { return this.data.slice(0, this.at); }
}

export const encodeHello = (sessionId, token) => new Writer(KIND.hello, 0).bytes(sessionId).text(token, 16).done();
export const encodeBegin = (seq, stroke) => new Writer(KIND.begin, seq).pen(stroke).done();
export const encodePoints = (seq, id, points) => new Writer(KIND.points, seq).u32(id).points(points).done();
export const encodeEnd = (seq, id) => new Writer(KIND.end, seq).u32(id).done();
export const encodeUndo = (seq) => new Writer(KIND.undo, seq).done();
export const encodeRedo = (seq) => new Writer(KIND.redo, seq).done();
export const encodeClear = (seq) => new Writer(KIND.clear, seq).done();
export const encodeEdit = (seq, edit) => new Writer(KIND.edit, seq).u8(recordOf(edit)).edit(edit).done();
// corners: [[x, y]], shares of the picture
export function encodePin(seq, frameSeq, corners) {
  const writer = new Writer(KIND.pin, seq).u32(frameSeq).u16(corners.length);
  for (const share of corners.flat()) writer.u16(Math.round(65535 * Math.min(1, Math.max(0, share))));
  return writer.done();
}

// pin: {width, height, bytes} as a PINNED brought it, or null for nothing
export function encodeUsePin(seq, pin) {
  const { width, height, bytes } = pin ?? { width: 0, height: 0, bytes: new Uint8Array(0) };
  return new Writer(KIND.usePin, seq).u16(width).u16(height).u32(bytes.length).bytes(bytes).done();
}

export function encodeVary(seq, seeds) {
  const writer = new Writer(KIND.vary, seq).u8(seeds.length);
  for (const seed of seeds) writer.u32(seed);
  return writer.done();
}

// name: 32 hexadecimal digits; bytes: a PNG, JPEG or WebP
export function encodePicture(seq, name, bytes) {
  if (bytes.length > MAX_PICTURE_BYTES) throw new ProtocolError(`a picture of ${bytes.length} bytes`);
  return new Writer(KIND.picture, seq).bytes(fromHex(name)).u32(bytes.length).bytes(bytes).done();
}

export const encodeAck = (frameSeq) => new Writer(KIND.ack, 0).u32(frameSeq).done();

// {prompt, style, width, height, painting, preview} and every number of DRAW_SETTINGS
export function encodeSettings(seq, settings) {
  const writer = new Writer(KIND.settings, seq);
  for (const [name, { wire, scale }] of Object.entries(DRAW_SETTINGS)) writer[wire](scaled(settings[name], scale));
  writer.u16(settings.width).u16(settings.height);
  writer.u8(settings.painting ? 1 : 0).u8(settings.preview ? 1 : 0);
  return writer.text(settings.style, 16).text(settings.prompt, 32).done();
}

// records: [{stroke} | {clear: true} | {more} | an edit] each with undone and open; points are bytes in wire form
export function encodeRestore(seq, first, last, records) {
  const writer = new Writer(KIND.restore, seq).u8((first ? 1 : 0) | (last ? 2 : 0)).u32(records.length);
  for (const record of records) {
    const flags = (record.undone ? 1 : 0) | (record.open ? 2 : 0);
    if (record.stroke) writer.u8(RECORD.stroke).u8(flags).pen(record.stroke).points(record.stroke.points);
    else if (record.clear) writer.u8(RECORD.clear).u8(flags);
    else if (record.more) writer.u8(RECORD.more).u8(flags).points(record.more);
    else writer.u8(recordOf(record)).u8(flags).edit(record);
  }
  return writer.done();
}

function recordOf({ transform, copy, remove }) {
  if (transform) return RECORD.transform;
  if (copy) return RECORD.copy;
  return remove ? RECORD.remove : RECORD.arrange;
}

function scaled(number, scale) {
  if (!Number.isFinite(number)) throw new ProtocolError(`${number}: finite numbers are accepted`);
  return Math.floor(number * scale + 0.5);
}
