// Pictures of other moments than the one on the paper, through a session of their own: the drawing on the paper goes on
// being drawn, and the server takes turns between the two.

import { Given } from '../canvas/images.js';
import { pinMessage } from '../canvas/pin-message.js';
import { encodeSettings } from '../wire/protocol.js';

export class Renders {
  // openLink(onmessage) -> a link worker with a session of its own
  constructor(openLink, settings) {
    this.settings = settings;
    this.seq = 0;
    this.pin = null; // that the server draws with
    this.wanted = null; // {moment, pin, opSeq, done, failed}
    this.online = false;
    this.given = new Given(); // the pictures that the server has
    this.newest = null;
    this.worker = openLink(({ data }) => this.hear(data));
  }

  /** @param {import('../wire/messages.js').LinkMessage} message */
  hear(message) {
    switch (message.kind) {
      case 'welcome': return this.welcome(message);
      case 'frame': return this.frame(message);
      case 'status': return this.status(message);
      case 'error': return this.error(message);
      case 'down': return this.down();
      default: return undefined; // the model, pins and variations are the drawing's on the paper
    }
  }

  // -> JPEG bytes of the moment's picture with what was pinned then, or null for white paper
  picture(moment, pin) {
    if (moment.blank && !this.settings.painting) return Promise.resolve(null);
    return new Promise((done, failed) => {
      this.wanted = { moment, pin, opSeq: Infinity, done, failed };
      if (this.online) this.ask();
    });
  }

  ask() {
    const nextSeq = () => { this.seq += 1; return this.seq; };
    const { moment, pin } = this.wanted;
    const pinning = pin === this.pin ? [] : [pinMessage(nextSeq(), pin)];
    this.pin = pin;
    const messages = [...pinning, ...this.given.messages(moment, nextSeq), ...moment.toMessages(nextSeq)];
    this.wanted.opSeq = this.seq;
    this.worker.postMessage({ send: messages });
  }

  welcome({ lastOpSeq }) {
    this.online = true;
    this.given = new Given();
    this.pin = null;
    this.seq = Math.max(this.seq, lastOpSeq) + 1;
    this.worker.postMessage({ send: [encodeSettings(this.seq, this.settings)] });
    if (this.wanted) this.ask();
  }

  down() { this.online = false; }

  frame({ bitmap, jpeg, opSeq }) {
    bitmap.close();
    this.newest = jpeg;
    if (this.wanted && opSeq >= this.wanted.opSeq) this.settle();
  }

  // Idle without a new picture: the moment looks like the one before.
  status({ state, opSeq }) {
    if (state === 'idle' && this.wanted && opSeq >= this.wanted.opSeq) this.settle();
  }

  error({ text }) {
    this.wanted?.failed(new Error(text));
    this.wanted = null;
  }

  settle() {
    const { done } = this.wanted;
    this.wanted = null;
    done(this.newest);
  }

  close() {
    this.worker.terminate();
    this.wanted?.failed(new DOMException('closed', 'AbortError'));
    this.wanted = null;
  }
}
