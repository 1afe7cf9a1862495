// A pointer that came down beside the page: it draws nothing until it is over the page, and begins where it crossed the edge.

const FIELDS = ['type', 'pointerId', 'pointerType', 'buttons', 'pressure', 'tiltX', 'tiltY', 'timeStamp', 'shiftKey', 'clientX', 'clientY'];
const like = (event, changes) => ({ ...Object.fromEntries(FIELDS.map((name) => [name, event[name]])), ...changes });

// square: what lies around the canvas; the page is a part of it if it is not square itself.
export function watchMargin(pad, square) {
  const inMargin = (run) => (event) => { if (event.target === square) run(event); };
  square.addEventListener('pointerdown', inMargin((event) => pad.down(event)));
  square.addEventListener('pointermove', inMargin((event) => pad.showRing(event)));
  square.addEventListener('pointerleave', inMargin((event) => pad.leave(event)));
}

// The part of the window in which the page is seen.
function seen({ canvas, on }) {
  const [whole, square] = [canvas, canvas.parentElement].map((one) => one.getBoundingClientRect());
  const { left, top, width, height } = on.page();
  const scale = whole.width / canvas.width;
  return {
    left: Math.max(square.left, whole.left + left * scale), right: Math.min(square.right, whole.left + (left + width) * scale),
    top: Math.max(square.top, whole.top + top * scale), bottom: Math.min(square.bottom, whole.top + (top + height) * scale),
  };
}

export class Approach {
  constructor(pad, event) {
    this.pad = pad;
    this.last = event;
  }

  move(event) {
    const { pad } = this;
    const coalesced = event.getCoalescedEvents?.() ?? [];
    const events = coalesced.length ? coalesced : [event];
    for (const [i, one] of events.entries()) {
      const crossed = crossing(this.last, one, seen(pad));
      this.last = one;
      if (!crossed) continue;
      const hand = pad.take(like(one, crossed));
      pad.handOver(hand);
      hand?.move(like(one, { getCoalescedEvents: () => events.slice(i) }));
      return;
    }
  }

  lift() {}

  cancel() {}
}

// Where the way from one event to the next enters the box: {clientX, clientY}; null: nowhere.
export function crossing(from, to, { left, top, right, bottom }) {
  let [enter, leave] = [0, 1];
  for (const [start, end, low, high] of [[from.clientX, to.clientX, left, right], [from.clientY, to.clientY, top, bottom]]) {
    const way = end - start;
    if (way === 0 && (start < low || start > high)) return null;
    if (way === 0) continue;
    const [first, second] = [(low - start) / way, (high - start) / way];
    enter = Math.max(enter, Math.min(first, second));
    leave = Math.min(leave, Math.max(first, second));
  }
  if (enter > leave) return null;
  return { clientX: from.clientX + enter * (to.clientX - from.clientX), clientY: from.clientY + enter * (to.clientY - from.clientY) };
}
