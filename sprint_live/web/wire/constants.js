// What both directions of the wire share: numbers, names, and points as bytes. The layout is written down in protocol.py.

export const VERSION = 5;
export const POINT_BYTES = 10;
export const UNITS_PER_PX = 16;
export const CANVAS_PX = 1024;
export const LIFTED = -128; // tilt of a point before which the pen was lifted
export const MAX_POINTS_A_MESSAGE = 20000;
export const MAX_MESSAGE_BYTES = 1 << 20;
export const MAX_PICTURE_BYTES = 512 * 1024;
export const MAX_PROMPT_BYTES = 8192;
export const NEW_SESSION = new Uint8Array(16);
export const TOOL = { brush: 0, eraser: 1, paint: 2, fill: 3, picture: 4 };
export const MIRROR = { none: 0, leftRight: 1, topBottom: 2, both: 3 };
export const STATE = ['idle', 'queued', 'drawing', 'loading'];

// The second byte of a message; kinds.py has the same list.
export const KIND = Object.freeze({
  hello: 1, begin: 2, points: 3, end: 4, undo: 5, redo: 6, clear: 7, restore: 8, settings: 9, ack: 10, edit: 11,
  pin: 12, usePin: 13, vary: 14, picture: 15, welcome: 129, model: 130, frame: 131, status: 132, error: 133, pinned: 134, varied: 135,
});
export const RECORD = Object.freeze({ stroke: 0, clear: 1, more: 2, transform: 3, remove: 4, arrange: 5, copy: 6 });
export const MAX_CORNERS = 2000;
export const NO_LAYER = 255;

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

export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

// 32 hexadecimal digits -> 16 bytes
export function fromHex(text) {
  if (!/^[0-9a-f]{32}$/.test(text)) throw new ProtocolError(`${text} is no name of a picture`);
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}
