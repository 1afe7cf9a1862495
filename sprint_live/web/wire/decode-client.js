// Bytes of the page to messages, as the server reads them (decoding.py): for an engine that runs in the page itself.

import { DRAW_SETTINGS } from './draw-settings.js';
import { Reader, readEdit } from './decode.js';
import { KIND, POINT_BYTES, ProtocolError, TOOL, VERSION, toHex } from './constants.js';

// A message of the page as {kind, seq, ...}. A RESTORE keeps its bytes, for decodeRestore.
export function decodeClient(data) {
  const reader = new Reader(data);
  const version = reader.u8();
  const number = reader.u8();
  if (version !== VERSION || reader.u16() !== 0) throw new ProtocolError(`protocol version ${version}, not ${VERSION}`);
  const seq = reader.u32();
  const kind = Object.keys(KIND).find((name) => KIND[name] === number);
  if (!(kind in BODIES)) throw new ProtocolError(`message kind ${number}`);
  return { kind, seq, ...BODIES[kind](reader, data) };
}

const BODIES = {
  begin: (reader) => ({ pen: readPen(reader) }),
  points: (reader) => ({ id: reader.u32(), points: reader.bytes(reader.u32() * POINT_BYTES) }),
  end: (reader) => ({ id: reader.u32() }),
  undo: () => ({}),
  redo: () => ({}),
  clear: () => ({}),
  restore: (reader, data) => {
    const flags = reader.u8();
    return { first: (flags & 1) !== 0, last: (flags & 2) !== 0, bytes: data };
  },
  settings: (reader) => {
    const numbers = Object.entries(DRAW_SETTINGS).map(([name, { wire, scale }]) => [name, reader[wire]() / scale]);
    const [width, height, painting, preview] = [reader.u16(), reader.u16(), reader.u8() === 1, reader.u8() === 1];
    return { settings: { ...Object.fromEntries(numbers), width, height, painting, preview, style: reader.text(16), prompt: reader.text(32) } };
  },
  edit: (reader) => ({ edit: readEdit(reader, reader.u8(), VERSION) }),
  pin: (reader) => ({ frameSeq: reader.u32() }),
  usePin: (reader) => ({ width: reader.u16(), height: reader.u16(), bytes: reader.bytes(reader.u32()) }),
  vary: (reader) => ({ seeds: reader.list(() => reader.u32()) }),
  picture: (reader) => ({ name: toHex(reader.bytes(16)), bytes: reader.bytes(reader.u32()) }),
};

function readPen(reader) {
  const [id, tool, width] = [reader.u32(), reader.u8(), reader.u16()];
  const rgb = Array.from(reader.bytes(3));
  const [mirror, layer] = [reader.u8(), reader.u8()];
  const pen = { id, tool, width, rgb, mirror, layer };
  return tool === TOOL.picture ? { ...pen, picture: toHex(reader.bytes(16)) } : pen;
}
