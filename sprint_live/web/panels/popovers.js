// Small panels that a button opens: one at a time, closed by Escape, by a press elsewhere, and by their button.

import { onKey } from '../canvas/keyboard.js';

export class Panels {
  constructor() {
    this.open = null; // the button whose panel is open
    document.addEventListener('pointerdown', (event) => {
      const target = /** @type {Node} */ (event.target);
      if (this.open && !this.panel.contains(target) && !this.open.contains(target)) this.close();
    }, true);
    onKey(document, 'keydown', (event) => {
      if (event.key !== 'Escape' || !this.open) return;
      this.open.focus();
      this.close();
    });
  }

  get panel() { return document.getElementById(this.open.dataset.panel); }

  // byKey: the focus goes into the panel, as the hand would
  toggle(button, byKey = false) {
    const wasOpen = this.open === button;
    this.close();
    if (wasOpen) return;
    this.open = button;
    this.panel.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    /** @type {HTMLElement | null} */
    const first = this.panel.querySelector('input:not([type="radio"]:not(:checked), [hidden]), select, button');
    if (byKey) first?.focus();
  }

  close() {
    if (!this.open) return;
    this.panel.hidden = true;
    this.open.setAttribute('aria-expanded', 'false');
    this.open = null;
  }
}
