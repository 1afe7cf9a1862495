// A pin as the message that the server draws with.

import { encodeUsePin } from '../wire/protocol.js';

// Draw with this pin from here on; null: with none.
export function pinMessage(seq, pin) {
  return encodeUsePin(seq, pin && { width: pin.width, height: pin.height, bytes: Uint8Array.from(atob(pin.data), (char) => char.charCodeAt(0)) });
}
