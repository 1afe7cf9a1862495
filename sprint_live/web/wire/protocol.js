// The wire of the live canvas: the twin of protocol.py, byte for byte (the layout is written down there).
// No DOM in these files: they run in the page, in the worker, and under node in the tests.

export * from './constants.js';
export * from './encode.js';
export * from './decode.js';
export * from './draw-settings.js';
export * from './messages.js';
