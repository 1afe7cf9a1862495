// Which way to the server: the first door, and the next one where the first lets nobody through. A browser cannot see why a
// WebSocket failed (a proxy that answers it with a page, or blocks it), so two failures before the first welcome are the sign.

import { EventLink } from './event-link.js';
import { PostLink } from './post-link.js';
import { SocketLink } from './socket-link.js';

const LINKS = { socket: SocketLink, post: PostLink, events: EventLink };
const IN_TURN = ['socket', 'post'];
const TRIES = 2;
const LOST = 1006;

export class Doors {
  // transport: the name of a door, or 'auto': find one that lets us in.
  constructor(transport) {
    this.names = transport in LINKS ? [transport] : IN_TURN;
    this.failures = 0;
  }

  get name() { return this.names[0]; }
  get Link() { return LINKS[this.name]; }

  // Let in: this is the way from now on, also after a server was away for a while.
  worked() {
    this.names = [this.name];
    this.failures = 0;
  }

  // Not let in, with a close code: a server that says why is there, and needs no other door. True if another is tried now.
  failed(code) {
    this.failures += code === LOST ? 1 : 0;
    if (this.failures < TRIES || this.names.length < 2) return false;
    this.names = [...this.names.slice(1), this.name];
    this.failures = 0;
    return true;
  }
}
