// Owns the link to the server, off the page's thread: finds a door, reconnects, acknowledges, and decodes only the newest picture.
// in:  {open: page's address, sessionId, token, transport: a door of doors.js, or 'auto'} | {send: [Uint8Array]} | {retry: true}
//      | {grant: headers}
// out: LinkMessage | AskGrant of wire/messages.js

import { Doors } from './transports.js';
import { NEW_SESSION, decodeServer, encodeAck, encodeHello, unheard } from '../wire/protocol.js';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;
const REFUSED = new Set([1003, 1007, 1008, 1009]);
const TAKEN_OVER = 4001;
/** @type {ImageBitmapOptions} */
const AS_IT_IS = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' };

let address = '';
let token = '';
let sessionId = NEW_SESSION;
let doors = null;
let link = null;
let welcomed = false;
let retryMs = FIRST_RETRY_MS;
let retryTimer = 0;
/** @type {import('../wire/messages.js').Frame | null} */
let newest = null;
let decoding = false;
let granted = (_headers) => {};
/** @type {import('../wire/messages.js').Status | null} */
let heldStatus = null; // "idle" must not overtake the picture it speaks of

/** @typedef {import('../wire/messages.js').LinkMessage} LinkMessage */
/** @typedef {import('../wire/messages.js').AskGrant} AskGrant */

/**
 * @typedef {object} PageSide
 * @property {(event: MessageEvent) => void} onmessage
 * @property {(message: LinkMessage | AskGrant, transfer?: Transferable[]) => void} postMessage
 */
const page = /** @type {PageSide} */ (self);

page.onmessage = ({ data }) => {
  if (data.open) {
    ({ open: address, token, sessionId } = data);
    doors = new Doors(data.transport);
    connect();
  } else if (data.send) {
    if (welcomed && link.open) data.send.forEach((bytes) => link.send(bytes));
  } else if (data.grant) {
    granted(data.grant);
  } else if (data.retry) {
    retryMs = FIRST_RETRY_MS;
    if (!link || link.closed) connect();
  }
};

function connect() {
  clearTimeout(retryTimer);
  welcomed = false;
  link = new doors.Link(address, token, {
    onopen: () => link.send(encodeHello(sessionId, token)),
    onmessage: take,
    onclose: down,
    grant: () => new Promise((resolve) => { granted = resolve; page.postMessage({ kind: 'askGrant' }); }),
  });
}

function down({ code, said, retryAfterMs }) {
  const wasWelcomed = welcomed;
  welcomed = false;
  newest = null;
  heldStatus = null;
  if (code === TAKEN_OVER) sessionId = NEW_SESSION;
  const final = REFUSED.has(code) || code === TAKEN_OVER;
  if (wasWelcomed) retryMs = FIRST_RETRY_MS;
  else if (doors.failed(code)) retryMs = FIRST_RETRY_MS;
  const waitMs = final ? null : Math.max(retryAfterMs ?? 0, retryMs * (0.75 + Math.random() / 2));
  if (said) page.postMessage({ kind: 'error', closeCode: code, ...said });
  page.postMessage({ kind: 'down', code, retryInMs: waitMs });
  if (final) return;
  retryTimer = setTimeout(connect, waitMs);
  retryMs = Math.min(LAST_RETRY_MS, retryMs * 1.7);
}

function take(data) {
  let message;
  try {
    message = decodeServer(data);
  } catch (error) {
    page.postMessage({ kind: 'error', code: 'page.not_understood', params: { why: error.message }, text: `message not understood: ${error.message}` });
    link.close({ code: 4000 });
    return;
  }
  hear(message);
}

/** @param {import('../wire/messages.js').ServerMessage} message */
function hear(message) {
  switch (message.kind) {
    case 'welcome':
      welcomed = true;
      sessionId = message.sessionId;
      newest = null;
      doors.worked();
      page.postMessage({ ...message, door: doors.name });
      break;
    case 'frame':
      link.send(encodeAck(message.seq));
      newest = message;
      if (!decoding) decodeNewest();
      break;
    case 'status':
      if (decoding) heldStatus = message;
      else page.postMessage(message);
      break;
    case 'model':
    case 'error':
    case 'pinned':
    case 'varied':
      page.postMessage(message);
      break;
    default:
      unheard(message);
  }
}

async function decodeNewest() {
  decoding = true;
  while (newest) {
    const frame = newest;
    newest = null;
    const startMs = performance.now();
    try {
      const bitmap = await createImageBitmap(new Blob([frame.jpeg], { type: 'image/jpeg' }), AS_IT_IS);
      const decodeMs = performance.now() - startMs;
      page.postMessage({ ...frame, bitmap, decodeMs }, [bitmap, frame.jpeg.buffer]);
    } catch {
      page.postMessage({ kind: 'error', code: 'frame.damaged', text: 'a picture arrived damaged' });
    }
  }
  decoding = false;
  if (heldStatus) page.postMessage(heldStatus);
  heldStatus = null;
}
