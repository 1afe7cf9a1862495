// A worker with a connection and a session of its own; what it needs of the page: its address, the token in it, and on a Space the
// visitor's right to a GPU, which only the page can ask for.

import { visitorGrant } from './zerogpu-headers.js';
import { NEW_SESSION } from '../wire/protocol.js';

// onmessage({data}): what link-worker.js says. failed(): this browser starts no module workers.
export function openLink(base, transport, onmessage, failed) {
  const worker = new Worker(new URL('link/link-worker.js', base), { type: 'module' });
  worker.onmessage = ({ data }) => {
    if (data.kind === 'askGrant') visitorGrant().then((grant) => worker.postMessage({ grant }));
    else onmessage({ data });
  };
  worker.onerror = failed;
  const address = new URL(`./?seat=${randomSeat()}`, document.baseURI); // several servers behind one address: the same one each time
  const token = new URLSearchParams(location.search).get('token') ?? '';
  worker.postMessage({ open: address.href, sessionId: NEW_SESSION, token, transport });
  return worker;
}

function randomSeat() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
