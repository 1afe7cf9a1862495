// Tells a palm from a finger: while a pen is near, or was a second ago, touches do not draw.

export const AFTER_PEN_MS = 1000;

export class Palm {
  constructor() {
    this.penNear = false;
    this.penMs = -Infinity;
  }

  // Any pointer event over the paper, hovering included.
  saw({ type, pointerType, timeStamp }) {
    if (pointerType !== 'pen') return;
    this.penNear = type !== 'pointerleave' && type !== 'pointercancel';
    this.penMs = timeStamp;
  }

  refuses({ pointerType, timeStamp }) {
    return pointerType === 'touch' && (this.penNear || timeStamp - this.penMs < AFTER_PEN_MS);
  }
}
