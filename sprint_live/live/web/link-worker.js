// Owns the WebSocket, off the page's thread: reconnects, acknowledges, and decodes only the newest picture.
// in:  {open: address, sessionId, token} | {send: [Uint8Array]} | {retry: true}
// out: {type: 'welcome'|'model'|'status'|'error', ...} | {type: 'frame', bitmap, ...} | {type: 'down', code, retryInMs}

import { NEW_SESSION, decodeServer, encodeAck, encodeHello } from './protocol.js';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;
const REFUSED = new Set([1003, 1007, 1008, 1009]);
const TAKEN_OVER = 4001;
const AS_IT_IS = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' };

let address = '';
let token = '';
let sessionId = NEW_SESSION;
let socket = null;
let welcomed = false;
let retryMs = FIRST_RETRY_MS;
let retryTimer = 0;
let newest = null;
let decoding = false;
let heldStatus = null; // "idle" must not overtake the picture it speaks of

self.onmessage = ({ data }) => {
  if (data.open) {
    ({ open: address, token, sessionId } = data);
    connect();
  } else if (data.send) {
    if (welcomed && socket.readyState === WebSocket.OPEN) data.send.forEach((bytes) => socket.send(bytes));
  } else if (data.retry) {
    retryMs = FIRST_RETRY_MS;
    if (!socket || socket.readyState === WebSocket.CLOSED) connect();
  }
};

function connect() {
  clearTimeout(retryTimer);
  welcomed = false;
  socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => socket.send(encodeHello(sessionId, token));
  socket.onmessage = (event) => take(event.data);
  socket.onclose = ({ code, reason }) => down(code, reason);
}

function down(code, reason) {
  const wasWelcomed = welcomed;
  welcomed = false;
  newest = null;
  heldStatus = null;
  if (code === TAKEN_OVER) sessionId = NEW_SESSION;
  const final = REFUSED.has(code) || code === TAKEN_OVER;
  if (wasWelcomed) retryMs = FIRST_RETRY_MS;
  const waitMs = final ? null : retryMs * (0.75 + Math.random() / 2);
  self.postMessage({ type: 'down', code, reason, retryInMs: waitMs });
  if (final) return;
  retryTimer = setTimeout(connect, waitMs);
  retryMs = Math.min(LAST_RETRY_MS, retryMs * 1.7);
}

function take(data) {
  let message;
  try {
    message = decodeServer(data);
  } catch (error) {
    self.postMessage({ type: 'error', text: `The server sent something this page does not understand: ${error.message}` });
    socket.close(4000, 'not understood');
    return;
  }
  if (message.kind === 'frame') {
    socket.send(encodeAck(message.seq));
    newest = message;
    if (!decoding) decodeNewest();
    return;
  }
  if (message.kind === 'welcome') {
    welcomed = true;
    sessionId = message.sessionId;
    newest = null;
  }
  if (message.kind === 'status' && decoding) heldStatus = message;
  else pass(message);
}

function pass({ kind, ...rest }) {
  self.postMessage({ type: kind, ...rest });
}

async function decodeNewest() {
  decoding = true;
  while (newest) {
    const { kind, jpeg, ...frame } = newest;
    newest = null;
    const startMs = performance.now();
    try {
      const bitmap = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }), AS_IT_IS);
      const decodeMs = performance.now() - startMs;
      self.postMessage({ type: 'frame', ...frame, bitmap, jpeg, decodeMs }, [bitmap, jpeg.buffer]);
    } catch {
      self.postMessage({ type: 'error', text: 'A picture arrived damaged; the next one replaces it.' });
    }
  }
  decoding = false;
  if (heldStatus) pass(heldStatus);
  heldStatus = null;
}
