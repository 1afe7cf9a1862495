// The second door, where a proxy lets no WebSocket through: POST with two requests in flight, one that listens and one that speaks.
// The server answers the one that listens as soon as another comes, so one more may always leave.

import { InOrder, NEW_CONNECTION, packUp, unpackDown } from '../wire/batches.js';
import { MAX_MESSAGE_BYTES } from '../wire/protocol.js';
import { LOST, refusalOf } from './refused.js';

const GAP_MS = 10; // between two that bring strokes: a pen at 240 Hz needs no more
const BATCH_TYPE = 'application/octet-stream'; // not a proxy's page

export class PostLink {
  constructor(address, token, hooks) {
    this.address = new URL(`live${new URL(address).search}`, address);
    this.headers = token ? { Authorization: `Bearer ${token}` } : {};
    this.hooks = hooks;
    this.connectionId = NEW_CONNECTION;
    this.number = 0;
    this.waiting = [];
    this.inFlight = 0;
    this.sentMs = -GAP_MS;
    this.closed = false;
    this.stop = new AbortController();
    this.inOrder = new InOrder((batch) => this.take(batch));
    queueMicrotask(hooks.onopen);
  }

  get open() { return !this.closed; }

  send(bytes) {
    this.waiting.push(bytes);
    this.pump();
  }

  // said: why, for the person; null where nobody needs to hear it
  close({ code = 1000, said = null, retryAfterMs = null } = {}) {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.timer);
    this.stop.abort();
    this.hooks.onclose({ code, said, retryAfterMs });
  }

  pump() {
    if (this.closed) return;
    const known = this.connectionId !== NEW_CONNECTION;
    if (this.inFlight === 0 && (known || this.waiting.length)) this.exchange();
    if (!known || this.inFlight !== 1 || !this.waiting.length) return;
    const waitMs = this.sentMs + GAP_MS - performance.now();
    clearTimeout(this.timer);
    if (waitMs <= 0) this.exchange();
    else this.timer = setTimeout(() => this.pump(), waitMs);
  }

  async exchange() {
    const messages = this.batch();
    const body = packUp(this.connectionId, this.number, messages);
    this.number += 1;
    this.inFlight += 1;
    this.sentMs = performance.now();
    try {
      const answer = await this.fetched(body);
      if (answer) this.inOrder.add(unpackDown(answer));
    } catch {
      this.close({ code: LOST });
    }
    this.inFlight -= 1;
    this.pump();
  }

  async fetched(body) {
    /** @type {RequestInit} */
    const options = { method: 'POST', body, headers: this.headers, cache: 'no-store', signal: this.stop.signal };
    const answer = await fetch(this.address, options);
    if (answer.ok && answer.headers.get('Content-Type') === BATCH_TYPE) return answer.arrayBuffer();
    this.close(await refusalOf(answer));
    return null;
  }

  // As many messages as one body may carry; the rest goes with the next.
  batch() {
    let size = 0;
    const over = this.waiting.findIndex((message) => { size += 4 + message.length; return size > MAX_MESSAGE_BYTES; });
    return this.waiting.splice(0, over < 0 ? this.waiting.length : Math.max(1, over));
  }

  take({ connectionId, closeCode, messages }) {
    this.connectionId = connectionId;
    for (const message of messages) if (!this.closed) this.hooks.onmessage(message);
    if (closeCode) this.close({ code: closeCode });
  }
}
