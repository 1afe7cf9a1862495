// Pictures that strokes name, laid onto the paint: decoded and scaled by the browser, near to what image_strokes.py does, not level
// for level.

import { CANVAS_PX } from '../wire/protocol.js';

const held = new Map(); // name -> ImageBitmap

export async function takePicture(name, bytes) {
  if (!held.has(name)) held.set(name, await createImageBitmap(new Blob([bytes])));
}

// Corner on corner, once all four are there. paint: a sheet's RGBA, premultiplied; points in wire units.
export function layPicture(paint, stroke, points) {
  const bitmap = held.get(stroke.picture);
  const [origin, across, , down] = points.map(({ x, y }) => ({ x: x / 16, y: y / 16 }));
  if (!bitmap || !down) return;
  const context = new OffscreenCanvas(CANVAS_PX, CANVAS_PX).getContext('2d');
  const along = (to, length) => [(to.x - origin.x) / length, (to.y - origin.y) / length];
  const [a, b] = along(across, bitmap.width);
  const [c, d] = along(down, bitmap.height);
  context.setTransform(a, b, c, d, origin.x, origin.y);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, CANVAS_PX, CANVAS_PX);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3];
    if (!alpha) continue;
    for (let channel = 0; channel < 4; channel += 1) {
      const over = channel === 3 ? alpha : (data[i + channel] * alpha) / 255;
      paint.pixels[i + channel] = Math.min(255, Math.round(over + (paint.pixels[i + channel] * (255 - alpha)) / 255));
    }
  }
}
