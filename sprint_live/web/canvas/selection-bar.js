// Where the bar of a selection lies: at the bottom of the paper, but never over a handle.

const EDGE_PX = 10;
const FINGER_PX = 22; // around a handle stays free

export class SelectionBar {
  constructor(bar) { this.bar = bar; }

  // paper: {width, height} on the screen. handles: [{x, y}] from its corner, in px of the screen.
  place({ width, height }, handles) {
    const [wide, tall] = [this.bar.offsetWidth, this.bar.offsetHeight];
    this.bar.style.top = `${freeTop(handles.filter(({ x }) => Math.abs(x - width / 2) < wide / 2 + FINGER_PX), tall, height)}px`;
  }
}

// The lowest place where a bar of this height keeps away from all handles; at the bottom where there is none.
function freeTop(handles, tall, height) {
  const lowest = height - tall - EDGE_PX;
  const isFree = (top) => handles.every(({ y }) => y <= top - FINGER_PX || y >= top + tall + FINGER_PX);
  const above = handles.map(({ y }) => y - FINGER_PX - tall).sort((a, b) => b - a);
  return [lowest, ...above].find((top) => top >= EDGE_PX && top <= lowest && isFree(top)) ?? lowest;
}
