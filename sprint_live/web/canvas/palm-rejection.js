// Tells a palm from a finger: while a pen is near, or was a second ago, touches do not draw; a touch that was there while the
// pen drew never zooms. A browser may forget to say that a pen or a finger has left: what is too old is not believed.

export const AFTER_PEN_MS = 1000;
const SILENT_PEN_MS = 5000; // a pen that is near says so all the time

export class Palm {
  constructor() {
    this.penNear = false;
    this.penMs = -Infinity;
    this.fingers = new Map(); // id -> {x, y}: what may draw and zoom
    this.palms = new Set(); // ids of touches that lie there while a pen draws, until they are lifted
  }

  // Any pointer event over the paper, hovering included.
  saw({ type, pointerType, timeStamp }) {
    if (pointerType !== 'pen') return;
    this.penNear = type !== 'pointerleave' && type !== 'pointercancel';
    this.penMs = timeStamp;
  }

  isPenSilent(timeStamp) { return timeStamp - this.penMs > SILENT_PEN_MS; }

  refuses({ pointerType, timeStamp }) {
    if (pointerType !== 'touch') return false;
    return (this.penNear && !this.isPenSilent(timeStamp)) || timeStamp - this.penMs < AFTER_PEN_MS;
  }

  // A touch came down. The first of all (isPrimary) is alone: of others no release was heard.
  touched({ pointerId, clientX, clientY, isPrimary }, penDraws) {
    if (isPrimary) {
      this.fingers.clear();
      this.palms.clear();
    }
    if (penDraws) this.palms.add(pointerId);
    else this.fingers.set(pointerId, { x: clientX, y: clientY });
  }

  // A pen draws: what touches the paper now is the hand that holds it.
  penDown() {
    for (const id of this.fingers.keys()) this.palms.add(id);
    this.fingers.clear();
  }

  lifted(pointerId) {
    this.fingers.delete(pointerId);
    this.palms.delete(pointerId);
  }
}
