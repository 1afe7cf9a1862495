// A picture as the server takes one: upright, no transparency, at most the canvas's size.

import { CANVAS_PX } from '../wire/protocol.js';

// The file (a Blob) drawn on white: an OffscreenCanvas.
export async function onWhite(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, CANVAS_PX / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}
