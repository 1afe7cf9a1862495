// The picture: newest frame on a 2D canvas (a bitmap is swapped in whole, so nothing flickers), its bytes and how it was made.

export class Picture {
  constructor(canvas, frame) {
    this.canvas = canvas;
    this.frame = frame;
    this.context = canvas.getContext('2d', { alpha: false });
    this.jpeg = null;
    this.frameSeq = 0;
    this.made = null; // prompt, seed, model... of the picture on show
    this.shownOp = 0;
    this.oldestOp = 0; // frames of operations before this one show a drawing that was cleared since
  }

  // Returns false for a picture that is older than what is on show.
  show(message, made) {
    const { bitmap, jpeg, opSeq } = message;
    if (opSeq < this.shownOp || opSeq < this.oldestOp) {
      bitmap.close();
      return false;
    }
    if (this.canvas.width !== bitmap.width || this.canvas.height !== bitmap.height) {
      this.canvas.width = bitmap.width;
      this.canvas.height = bitmap.height;
    }
    this.context.drawImage(bitmap, 0, 0);
    bitmap.close();
    this.shownOp = opSeq;
    this.jpeg = jpeg;
    this.frameSeq = message.seq;
    this.made = made;
    this.frame.classList.add('has-picture');
    return true;
  }

  // The paper is white: there is no picture of it, and none from before may come.
  blank(opSeq) {
    this.oldestOp = opSeq;
    this.jpeg = null;
    this.frame.classList.remove('has-picture');
  }
}
