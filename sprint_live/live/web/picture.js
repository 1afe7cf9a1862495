// The picture: newest frame on a 2D canvas (a bitmap is swapped in whole, so nothing flickers), and the file of it.

export class Picture {
  constructor(canvas, frame) {
    this.canvas = canvas;
    this.frame = frame;
    this.context = canvas.getContext('2d', { alpha: false });
    this.jpeg = null;
    this.shownOp = 0;
    this.oldestOp = 0; // frames of operations before this one show a drawing that was cleared since
  }

  // Returns false for a picture that is older than what is on show.
  show(message) {
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
    this.frame.classList.add('has-picture');
    return true;
  }

  // The paper is white: there is no picture of it, and none from before may come.
  blank(opSeq) {
    this.oldestOp = opSeq;
    this.jpeg = null;
    this.frame.classList.remove('has-picture');
  }

  // The very bytes on show, with how they were made in a comment segment (any tool that strips metadata removes it).
  download(about) {
    const comment = new TextEncoder().encode(JSON.stringify({ made_with: 'Sprint Live', ai_generated: true, ...about })).slice(0, 65000);
    const app0 = 4 + ((this.jpeg[4] << 8) | this.jpeg[5]);
    const head = new Uint8Array([0xff, 0xfe, (comment.length + 2) >> 8, (comment.length + 2) & 255]);
    const file = new Blob([this.jpeg.slice(0, app0), head, comment, this.jpeg.slice(app0)], { type: 'image/jpeg' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    const name = about.prompt.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60);
    link.download = `${name || 'picture'}-${about.seed}.jpg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
}
