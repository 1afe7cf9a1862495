// A worker with a connection and a session of its own; what it needs of the page: its address, the token in it, and on a Space the
// visitor's right to a GPU, which only the page can ask for. The link has two makes that take and say the same: link-worker.js talks
// to a server, local-worker.js draws in the page itself.

import { visitorGrant } from './zerogpu-headers.js';
import { NEW_SESSION } from '../wire/protocol.js';

const WORKERS = { local: 'local/local-worker.js' };
const TO_A_SERVER = 'link/link-worker.js';

// transport: a door of transports.js, 'auto', or 'local'. onmessage({data}): what the worker says. failed(): this browser starts no module workers.
export function openLink(base, transport, onmessage, failed) {
  const worker = new Worker(new URL(WORKERS[transport] ?? TO_A_SERVER, base), { type: 'module' });
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
