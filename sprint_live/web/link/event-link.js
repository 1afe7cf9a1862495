// The third door: Gradio events, for where only those reach the server (ZeroGPU). One queued event streams batches down for a
// minute at most and is then asked for again; what was drawn goes up by calls, one at a time. See gradio_events.py.

import { InOrder, NEW_CONNECTION, packUp, unpackDown } from '../wire/batches.js';
import { MAX_MESSAGE_BYTES } from '../wire/protocol.js';
import { LOST, refusalOf } from './refused.js';

const GAP_MS = 25; // between two calls up: each costs the server some milliseconds of its own

export class EventLink {
  // hooks.grant: () -> promise of the headers that carry a visitor's right to a GPU; {} where there is none to carry
  constructor(address, token, hooks) {
    this.base = new URL('gradio_api/', address);
    this.query = new URL(address).search;
    this.headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
    this.hooks = hooks;
    this.connectionId = NEW_CONNECTION;
    this.number = 0;
    this.waiting = [];
    this.closed = false;
    this.streaming = false;
    this.speaking = false;
    this.stop = new AbortController();
    this.inOrder = new InOrder((batch) => this.take(batch));
    queueMicrotask(hooks.onopen);
  }

  get open() { return !this.closed; }

  send(bytes) {
    this.waiting.push(bytes);
    if (!this.streaming) this.run(() => this.stream());
    else this.run(() => this.speak());
  }

  // said: why, for the person; null where nobody needs to hear it
  close({ code = 1000, said = null, retryAfterMs = null } = {}) {
    if (this.closed) return;
    this.closed = true;
    this.stop.abort();
    this.hooks.onclose({ code, said, retryAfterMs });
  }

  async run(step) {
    try {
      await step();
    } catch {
      this.close({ code: LOST });
    }
  }

  async stream() {
    this.streaming = true;
    while (!this.closed) {
      const headers = { ...this.headers, ...(await this.hooks.grant()) };
      const started = await this.ask('call/live', this.batch(), headers);
      if (!started) return;
      const { body } = await fetch(new URL(`call/live/${started.event_id}${this.query}`, this.base), { headers, signal: this.stop.signal });
      await this.listen(body.pipeThrough(new TextDecoderStream()).getReader());
    }
  }

  // Server-sent events: "event: generating", then "data: [batch]", then an empty line.
  async listen(reader) {
    let text = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const events = (text + part.value).split('\n\n');
      text = events.pop();
      for (const event of events) {
        const [, name, data] = /^event: (\w+)\ndata: (.*)$/s.exec(event) ?? [];
        if (name === 'generating') this.add(JSON.parse(data)[0]);
        if (name === 'error') throw new Error('the stream failed');
      }
    }
  }

  async speak() {
    if (this.speaking) return;
    this.speaking = true;
    while (this.waiting.length && this.connectionId !== NEW_CONNECTION && !this.closed) {
      const answer = await this.ask('run/live_up', this.batch(), this.headers);
      if (answer?.data[0]) this.add(answer.data[0]);
      await new Promise((resolve) => { setTimeout(resolve, GAP_MS); });
    }
    this.speaking = false;
  }

  async ask(path, data, headers) {
    const options = { method: 'POST', body: JSON.stringify({ data: [data] }), headers, signal: this.stop.signal };
    const answer = await fetch(new URL(path + this.query, this.base), options);
    if (answer.ok) return answer.json();
    this.close(await refusalOf(answer));
    return null;
  }

  // As many messages as one body may carry, in base64.
  batch() {
    let size = 0;
    const over = this.waiting.findIndex((message) => { size += 4 + message.length; return size > MAX_MESSAGE_BYTES; });
    const messages = this.waiting.splice(0, over < 0 ? this.waiting.length : Math.max(1, over));
    const bytes = packUp(this.connectionId, this.number, messages);
    this.number += 1;
    let text = '';
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(text);
  }

  add(text) {
    const batch = unpackDown(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer);
    if (batch.connectionId.some(Boolean)) this.inOrder.add(batch);
    else this.refused(batch);
  }

  // Not let in: a refusal belongs to no connection. A connection that is gone is opened again without a word.
  refused({ closeCode, retryAfterS, messages }) {
    if (closeCode !== LOST) messages.forEach((message) => this.hooks.onmessage(message));
    this.close({ code: closeCode, retryAfterMs: retryAfterS ? retryAfterS * 1000 : null });
  }

  take({ connectionId, closeCode, messages }) {
    this.connectionId = connectionId;
    for (const message of messages) if (!this.closed) this.hooks.onmessage(message);
    if (closeCode) this.close({ code: closeCode });
    else this.run(() => this.speak());
  }
}
