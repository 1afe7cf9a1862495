// Straight lines, rectangles and ellipses as samples of a pen: between the corner where it came down and where it is.

const STEP_PX = 24; // between samples, so that an eraser or a later smoothing finds points along the way

// kind: 'line' | 'rectangle' | 'ellipse'; even: a level line, a square, a circle. Returns [{x, y}], closed where the shape is.
export function shapePoints(kind, from, to, even) {
  if (kind === 'line') return along([from, even ? leveled(from, to) : to]);
  const corner = even ? squared(from, to) : to;
  if (kind === 'rectangle') return along([from, { x: corner.x, y: from.y }, corner, { x: from.x, y: corner.y }, from]);
  return ellipse(from, corner);
}

function ellipse(from, to) {
  const [a, b] = [(to.x - from.x) / 2, (to.y - from.y) / 2];
  const count = Math.max(24, Math.ceil((2 * Math.PI * Math.max(Math.abs(a), Math.abs(b))) / 12));
  return Array.from({ length: count + 1 }, (_, i) => {
    const angle = (2 * Math.PI * (i % count)) / count;
    return { x: from.x + a + a * Math.cos(angle), y: from.y + b + b * Math.sin(angle) };
  });
}

function along(corners) {
  return corners.flatMap((corner, i) => {
    if (i === 0) return [corner];
    const before = corners[i - 1];
    const count = Math.max(1, Math.ceil(Math.hypot(corner.x - before.x, corner.y - before.y) / STEP_PX));
    return Array.from({ length: count }, (_, k) => {
      const t = (k + 1) / count;
      return { x: before.x + (corner.x - before.x) * t, y: before.y + (corner.y - before.y) * t };
    });
  });
}

// The end of a line turned to the nearest eighth of a circle.
function leveled(from, to) {
  const eighth = Math.PI / 4;
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / eighth) * eighth;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}

function squared(from, to) {
  const side = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  return { x: from.x + side * Math.sign(to.x - from.x || 1), y: from.y + side * Math.sign(to.y - from.y || 1) };
}
