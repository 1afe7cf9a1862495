// A picture to paint over: the picture on show, or a photo, laid on a layer of its own above all paint. It is paint, so it is
// what the next picture starts from; what guides it are the lines, and those are drawn by hand.

import { t } from '../i18n/language.js';
import { onWhite } from '../canvas/on-white.js';
import { paperBox } from '../canvas/page-box.js';
import { keepPicture } from '../storage/image-store.js';
import { hasRoom, hold, newName } from '../canvas/images.js';
import { CANVAS_PX, MAX_PICTURE_BYTES, TOOL, packPoints } from '../wire/protocol.js';

const QUALITIES = [0.92, 0.85, 0.75, 0.6, 0.4];

export class PaintOver {
  // live: {picture, controls, layers, journal, pad, addStroke(pen, points), makeRoom(points), say(text)}
  constructor(live) {
    this.live = live;
  }

  // The picture on show, its very bytes where they are small enough.
  async takeBack() {
    const { jpeg, canvas } = this.live.picture;
    if (!jpeg) {
      this.live.say(t('Draw something first. Then you can paint over the picture.'));
      return;
    }
    const box = paperBox(canvas.width, canvas.height);
    const fits = jpeg.length <= MAX_PICTURE_BYTES && Math.max(canvas.width, canvas.height) <= CANVAS_PX;
    await this.lay(fits ? new Uint8Array(jpeg) : await compressed(await onWhite(new Blob([jpeg]))), box);
  }

  // A photo, as large as the page has room for and in its middle.
  async layPhoto(file) {
    const photo = await onWhite(file);
    const page = paperBox(...this.live.controls.pictureSize);
    const scale = Math.min(page.width / photo.width, page.height / photo.height);
    const [width, height] = [photo.width * scale, photo.height * scale];
    await this.lay(await compressed(photo), { left: (CANVAS_PX - width) / 2, top: (CANVAS_PX - height) / 2, width, height });
  }

  async lay(bytes, { left, top, width, height }) {
    const { live } = this;
    const name = newName();
    await hold(name, bytes);
    if (!hasRoom(live.journal, bytes.length)) live.makeRoom(0);
    if (!hasRoom(live.journal, bytes.length)) {
      live.say(t('This drawing has too many pictures. Clear the paper or start a new drawing to add one.'));
      return;
    }
    await keepPicture(name, bytes);
    live.end();
    live.layers.addOnTop();
    const corners = [[left, top], [left + width, top], [left + width, top + height], [left, top + height]];
    const points = packPoints(corners.map(([x, y]) => ({ x, y, pressure: 1, tiltX: 0, tiltY: 0, dt: 0 })));
    live.addStroke({ tool: TOOL.picture, width: 1, rgb: [0, 0, 0], mirror: 0, layer: live.pad.layer, picture: name }, points);
    live.controls.setPainting(true);
  }
}

// A JPEG that may travel: at most half a megabyte.
async function compressed(canvas) {
  for (const quality of QUALITIES) {
    const file = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (file.size <= MAX_PICTURE_BYTES) return new Uint8Array(await file.arrayBuffer());
  }
  throw new Error(t('it is too large'));
}
