// The camera or the screen as the sketch: a frame a few times a second, its lines found by the server's quick detector, the
// newest in place of those before. "Freeze" leaves them as a stroke; so does drawing on, and a tab that is hidden.

import { t } from '../i18n/language.js';
import { TOOL, UNITS_PER_PX } from '../wire/protocol.js';
import { ServerError, whyOf } from '../i18n/server-messages.js';

const SIDE_PX = 512; // 67 ms of a core a frame on the server (14 detect, 53 trace); 209 ms at 1024, canny 107 at 512
const PAUSE_MS = 250; // between an answer and the next frame
const QUICK = ['difference_of_gaussians', 'canny'];
const BUSY = 429;

export class LiveInput {
  // live: {journal, pad, controls, addStroke(pen, points), replace(stroke, points), takeBack(stroke), readout, panels}
  constructor(root, live) {
    this.root = root;
    this.live = live;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.stream = null;
    this.stroke = null;
    this.video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
    this.detectors = [];
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden || !this.stream) return;
      this.stop();
      this.live.readout.say(t('The camera was turned off because the page was hidden. Its last lines are now a stroke.'));
    });
  }

  describe({ detectors }) {
    this.detectors = detectors.map(([name]) => name);
    const screens = Boolean(navigator.mediaDevices?.getDisplayMedia);
    this.find('live-part').hidden = this.detectors.length === 0;
    this.find('screen').hidden = !screens && Boolean(navigator.mediaDevices);
  }

  async start(kind) {
    this.stop();
    try {
      if (!navigator.mediaDevices) throw new DOMException('', 'SecurityError');
      this.stream = kind === 'camera'
        ? await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } })
        : await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 5 } });
    } catch (error) {
      this.live.readout.say(whyNoStream(error, kind));
      return;
    }
    const { stream } = this;
    stream.getVideoTracks()[0].addEventListener('ended', () => { if (this.stream === stream) this.stop(); });
    this.mirrored = kind === 'camera';
    this.video.srcObject = stream;
    this.live.panels.close(); // the paper is what is looked at now
    this.find('live-bar').hidden = false;
    this.find('freeze').focus();
    try {
      await this.video.play();
      while (this.stream === stream) {
        await this.follow(stream);
        await new Promise((done) => { setTimeout(done, PAUSE_MS); });
      }
    } catch (error) {
      if (this.stream !== stream) return; // stopped meanwhile
      this.stop();
      this.live.readout.say(t('The lines of the camera could not be found: {why}', { why: whyOf(error) }));
    }
  }

  // One frame: its lines take the place of the lines before. Somebody who draws on has frozen them.
  async follow(stream) {
    const address = new URL('photo-lines', document.baseURI);
    const [pageWidth, pageHeight] = this.live.controls.pictureSize;
    const detector = QUICK.find((name) => this.detectors.includes(name)) ?? this.detectors[0];
    address.search = String(new URLSearchParams({ width: pageWidth, height: pageHeight, detector }));
    const answer = await fetch(address, { method: 'POST', body: await this.frame() });
    if (answer.status === BUSY || answer.status === 422) return; // somebody else's photo, or nothing to see: the next frame
    if (!answer.ok) throw await ServerError.of(answer, String(answer.status));
    const points = new Uint8Array(await answer.arrayBuffer());
    if (this.stream !== stream) return;
    const width = Math.round(Number(this.find('thickness').value) * UNITS_PER_PX);
    if (!this.stroke) this.stroke = this.live.addStroke({ ...this.live.pad.pen(TOOL.brush), width, mirror: 0 }, points);
    else this.stroke = this.live.journal.open ? null : this.live.replace(this.stroke, points);
    if (!this.stroke) { // somebody draws on, the layer is hidden, or the drawing is full: then the page has said so
      this.stop();
      return;
    }
    this.root.dataset.liveFrames = String(Number(this.root.dataset.liveFrames ?? 0) + 1);
  }

  frame() {
    const { videoWidth, videoHeight } = this.video;
    const scale = SIDE_PX / Math.max(videoWidth, videoHeight, 1);
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(videoWidth * scale)), Math.max(1, Math.round(videoHeight * scale)));
    const context = canvas.getContext('2d');
    if (this.mirrored) context.setTransform(-1, 0, 0, 1, canvas.width, 0);
    context.drawImage(this.video, 0, 0, canvas.width, canvas.height);
    return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
  }

  stop({ keep = true } = {}) {
    if (!this.stream) return;
    for (const track of this.stream.getTracks()) track.stop();
    this.stream = null;
    this.video.srcObject = null;
    if (!keep && this.stroke) this.live.takeBack(this.stroke);
    this.stroke = null;
    this.find('live-bar').hidden = true;
  }
}

function whyNoStream({ name, message }, kind) {
  if (name === 'NotAllowedError' && isFramedOut(kind)) {
    const address = location.origin + location.pathname;
    return t('This page is embedded in another page, which blocks the camera and the screen. Open {address} in its own tab and try again.', { address });
  }
  if (name === 'NotAllowedError') {
    return kind === 'camera'
      ? t('The camera is not allowed. Allow it next to the address of this page, then try again.')
      : t('No screen was shared. Choose a window or a screen.');
  }
  if (name === 'NotFoundError') return t('No camera was found. Connect one and try again.');
  if (name === 'NotReadableError') return t('Another program uses the camera. Close it and try again.');
  if (name === 'SecurityError') return t('The camera and the screen need HTTPS or localhost. Open this page with one of them.');
  return t('The camera could not be started: {why}', { why: message || name });
}

// Inside a frame without allow="camera; display-capture", as a Space's is, the browser does not even ask. A browser that does
// not tell what it allows (Firefox, Safari) is taken to have refused because of the frame.
function isFramedOut(kind) {
  if (window.self === window.top) return false;
  const { permissionsPolicy, featurePolicy } = /** @type {any} */ (document); // what some browsers have
  const policy = permissionsPolicy ?? featurePolicy;
  return !policy?.allowsFeature(kind === 'camera' ? 'camera' : 'display-capture');
}
