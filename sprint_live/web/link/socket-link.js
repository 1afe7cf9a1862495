// The first door to the server: a WebSocket. Every link has send, close and `open`, and calls hooks.onopen, onmessage (ArrayBuffer)
// and onclose ({code, said, retryAfterMs}) once; said: {code, params, text} where there is something to tell the person.

export class SocketLink {
  constructor(address, _token, hooks) {
    const url = new URL(`live${new URL(address).search}`, address);
    url.protocol = url.protocol.replace('http', 'ws');
    this.socket = new WebSocket(url);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onopen = hooks.onopen;
    this.socket.onmessage = (event) => hooks.onmessage(event.data);
    this.socket.onclose = ({ code }) => hooks.onclose({ code, said: null, retryAfterMs: null });
  }

  get open() { return this.socket.readyState === WebSocket.OPEN; }
  get closed() { return this.socket.readyState === WebSocket.CLOSED; }
  send(bytes) { this.socket.send(bytes); }
  close({ code }) { this.socket.close(code); }
}
