// How sketch and picture lie: side by side, or the ink over the picture, with a slider for the ink; and full screen.

import { fillTrack } from './controls.js';

export class View {
  constructor(root, zoom) {
    this.root = root;
    this.zoom = zoom;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.find('ink').addEventListener('input', () => this.showInk());
    const full = this.find('full');
    full.hidden = !document.fullscreenEnabled;
    document.addEventListener('fullscreenchange', () => full.setAttribute('aria-pressed', String(Boolean(document.fullscreenElement))));
    this.showInk();
  }

  get overlay() { return this.root.classList.contains('is-overlay'); }

  // The canvas itself moves under the ink: its picture stays, nothing is drawn again.
  setOverlay(overlay) {
    const [picture, ...over] = ['picture', 'lasso', 'tip', 'pin-says'].map(this.find);
    const square = this.find(overlay ? 'paper' : 'view');
    square.prepend(picture);
    square.append(...over);
    this.root.classList.toggle('is-overlay', overlay);
    this.find('overlay').setAttribute('aria-pressed', String(overlay));
  }

  toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen();
  }

  showInk() {
    const range = this.find('ink');
    this.root.style.setProperty('--ink-share', String(range.value / 100));
    fillTrack(range);
  }
}
