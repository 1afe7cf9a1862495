// Zoom and pan of sketch and picture together: wheel, pinch, Space or the middle button, and a way back to the whole.

const LARGEST = 12;

export class Zoom {
  constructor(root, fitButton) {
    this.root = root;
    this.fitButton = fitButton;
    this.squares = [...root.querySelectorAll('.sl-square')];
    for (const square of this.squares) square.addEventListener('wheel', (event) => this.wheel(event, square), { passive: false });
    this.fit();
  }

  fit() { this.set(1, 0, 0); }

  // x, y: where the canvas's corner lies, in widths of the square
  set(scale, x, y) {
    this.scale = Math.min(LARGEST, Math.max(1, scale));
    this.x = Math.min(0, Math.max(1 - this.scale, x));
    this.y = Math.min(0, Math.max(1 - this.scale, y));
    this.root.style.setProperty('--zoom', String(this.scale));
    this.root.style.setProperty('--pan-x', `${this.x * 100}%`);
    this.root.style.setProperty('--pan-y', `${this.y * 100}%`);
    this.fitButton.hidden = this.scale === 1;
    this.fitButton.textContent = `${Math.round(this.scale * 100)} %`;
  }

  // Keeps what lies under (clientX, clientY) where it is.
  zoomAt(scale, clientX, clientY, square) {
    const rect = square.getBoundingClientRect();
    const [u, v] = [(clientX - rect.left) / rect.width, (clientY - rect.top) / rect.height];
    const wanted = Math.min(LARGEST, Math.max(1, scale));
    const ratio = wanted / this.scale;
    this.set(wanted, u - (u - this.x) * ratio, v - (v - this.y) * ratio);
  }

  zoomBy(factor) {
    const rect = this.squares[0].getBoundingClientRect();
    this.zoomAt(this.scale * factor, rect.left + rect.width / 2, rect.top + rect.height / 2, this.squares[0]);
  }

  panBy(dx, dy) {
    const { width } = this.squares[0].getBoundingClientRect();
    this.set(this.scale, this.x + dx / width, this.y + dy / width);
  }

  wheel(event, square) {
    event.preventDefault();
    const px = event.deltaMode === 1 ? 18 : 1; // lines
    if (event.shiftKey) this.panBy(-(event.deltaX + event.deltaY) * px, 0);
    else this.zoomAt(this.scale * Math.exp((-event.deltaY * px) / (event.ctrlKey ? 120 : 500)), event.clientX, event.clientY, square);
  }

  // Two fingers from one pair of places to another: [{x, y}, {x, y}] each.
  pinch(before, after, square) {
    const middle = ([a, b]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
    const apart = ([a, b]) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
    const [from, to] = [middle(before), middle(after)];
    this.panBy(to.x - from.x, to.y - from.y);
    this.zoomAt((this.scale * apart(after)) / apart(before), to.x, to.y, square);
  }
}
