// A moving picture as a file: recorded by the browser where it can (MP4 or WebM), and as a GIF that the server puts together.

import { ServerError } from '../i18n/server-messages.js';

export const HOLD_MS = 1500; // the last picture stays
const TYPES = ['video/mp4;codecs=avc1.42E01E', 'video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];
const BITS_A_SECOND = 6_000_000;

// What this browser can record, or null.
export const videoType = () => (window.MediaRecorder ? TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null : null);

// Plays the frames on the canvas, in their own time, and records it. paint(i) draws frame i of `count`.
// on: {progress(share), signal: AbortSignal}. Returns a Blob.
export async function recordVideo(canvas, count, paint, frameMs, { progress, signal }) {
  const stream = canvas.captureStream(0);
  const [track] = stream.getVideoTracks();
  const recorder = new MediaRecorder(stream, { mimeType: videoType(), videoBitsPerSecond: BITS_A_SECOND });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((done, failed) => { recorder.onstop = done; recorder.onerror = ({ error }) => failed(error); });
  recorder.start();
  let startMs = performance.now();
  const holds = Math.ceil(HOLD_MS / frameMs);
  try {
    for (let i = 0; i < count + holds; i += 1) {
      startMs += await whileHidden(recorder); // a page out of sight is given no time to play in
      await until(startMs + i * frameMs, signal);
      await paint(Math.min(i, count - 1));
      track.requestFrame();
      progress(Math.min(1, i / (count + holds)));
    }
  } finally {
    recorder.stop();
    await stopped;
    track.stop();
  }
  return new Blob(parts, { type: recorder.mimeType.split(';')[0] });
}

// The frames as JPEG to the server, each behind its length; a GIF comes back.
export async function makeGif(canvas, count, paint, frameMs, { progress, signal }) {
  const parts = [];
  for (let i = 0; i < count; i += 1) {
    signal.throwIfAborted();
    await paint(i);
    const jpeg = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.9); });
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, jpeg.size, true);
    parts.push(length, jpeg);
    progress((0.5 * i) / count);
  }
  const address = new URL('timelapse', document.baseURI);
  address.search = String(new URLSearchParams({ frame_ms: String(frameMs), hold_ms: String(HOLD_MS) }));
  const answer = await fetch(address, { method: 'POST', body: new Blob(parts), signal });
  if (!answer.ok) throw await ServerError.of(answer, String(answer.status));
  return answer.blob();
}

// Holds the recording while the page is out of sight; returns for how many ms.
async function whileHidden(recorder) {
  if (!document.hidden) return 0;
  const fromMs = performance.now();
  recorder.pause();
  await new Promise((done) => { document.addEventListener('visibilitychange', done, { once: true }); });
  recorder.resume();
  return performance.now() - fromMs;
}

async function until(ms, signal) {
  signal.throwIfAborted();
  await new Promise((done) => { setTimeout(done, Math.max(0, ms - performance.now())); });
  signal.throwIfAborted();
}
