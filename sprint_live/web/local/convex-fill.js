// Convex shapes with soft edges, pixel for pixel as the server's cv2.fillConvexPoly and cv2.circle draw them with LINE_AA: what a
// stroke is made of. The browser's own canvas softens edges otherwise, and the model's lines would be other lines.
// An edge is a soft line three pixels wide, blended twice; the inside is filled on top. Coordinates are 1/65536 px, pixel
// centers at whole numbers. The two tables are those of OpenCV's soft line (Apache-2.0, see NOTICE).

const SHIFT = 16;
const ONE = 1 << SHIFT;
const SOFTNESS = [ // of a pixel by its distance to the line, 1/32 px
  168, 177, 185, 194, 202, 210, 218, 224, 231, 236, 241, 246, 249, 252, 254, 254, 254, 254, 252, 249, 246, 241, 236, 231, 224, 218,
  210, 202, 194, 185, 177, 168, 158, 149, 140, 131, 122, 114, 105, 97, 89, 82, 75, 68, 62, 56, 50, 45, 40, 36, 32, 28, 25, 22, 19,
  16, 14, 12, 11, 9, 8, 7, 5, 5];
const SLOPE_WEIGHT = [ // a slanted line crosses more of each pixel
  181, 181, 181, 182, 182, 183, 184, 185, 187, 188, 190, 192, 194, 196, 198, 201, 203, 206, 209, 211, 214, 218, 221, 224, 227, 231,
  235, 238, 242, 246, 250, 254];
const STEEPEST = 0x100;
const FINEST_DISC = [[3, 90], [10, 30], [15, 18], [Infinity, 5]]; // up to a radius in px: degrees between two corners

// image: {pixels: Uint8Array, width, height, channels}; color: a level for each channel; corners: [[x, y]] in 1/65536 px.
export function fillConvex(image, corners, color) {
  const brush = new Brush(image, color);
  let before = corners.at(-1);
  for (const corner of corners) {
    brush.softLine(before, corner);
    before = corner;
  }
  if (corners.length > 2) fillInside(brush, corners);
}

// One soft line; ends: [x, y] in 1/65536 px.
export function softLine(image, from, to, color) {
  new Brush(image, color).softLine(from, to);
}

// A disc is a polygon of as many corners as its size asks for.
export function fillDisc(image, [x, y], radius, color) {
  const size = (radius + (ONE >> 1)) >> SHIFT;
  const [, degrees] = FINEST_DISC.find(([below]) => size < below);
  const corners = [];
  for (let angle = 0; angle < 360 + degrees; angle += degrees) {
    const radians = (Math.min(angle, 360) * Math.PI) / 180;
    const corner = [x + radius * table(Math.cos(radians)), y + radius * table(Math.sin(radians))].map(roundedToEven);
    const last = corners.at(-1);
    if (!last || last[0] !== corner[0] || last[1] !== corner[1]) corners.push(corner);
  }
  fillConvex(image, corners.length === 1 ? [[x, y], [x, y]] : corners, color);
}

// cv2 reads sines from a table of seven digits, as float32.
const table = (number) => Math.fround(Number(number.toFixed(7)));

function roundedToEven(number) {
  const low = Math.floor(number);
  const part = number - low;
  return part > 0.5 || (part === 0.5 && low % 2 !== 0) ? low + 1 : low;
}

class Brush {
  constructor({ pixels, width, height, channels }, color) {
    this.pixels = pixels;
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.color = color;
  }

  blend(x, y, weight) {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const at = (y * this.width + x) * this.channels;
    for (let c = 0; c < this.channels; c += 1) {
      let level = this.pixels[at + c];
      level += ((this.color[c] - level) * weight + 127) >> 8;
      level += ((this.color[c] - level) * weight + 127) >> 8;
      this.pixels[at + c] = level;
    }
  }

  fillRow(y, from, to) {
    const [first, last] = [Math.max(0, from), Math.min(this.width - 1, to)];
    for (let at = (y * this.width + first) * this.channels; at < (y * this.width + last + 1) * this.channels; at += this.channels) {
      for (let c = 0; c < this.channels; c += 1) this.pixels[at + c] = this.color[c];
    }
  }

  // from, to: [x, y] in 1/65536 px. Along the longer axis one step a pixel; across it three pixels.
  softLine(from, to) {
    const clipped = clippedLine(from, to, this.width * ONE, this.height * ONE);
    if (!clipped) return;
    const [[x1, y1], [x2, y2]] = clipped;
    const flat = Math.abs(x2 - x1) > Math.abs(y2 - y1);
    let [a, b, aEnd, bEnd] = flat ? [x1, y1, x2, y2] : [y1, x1, y2, x2]; // a along, b across
    if (a > aEnd) [a, b, aEnd, bEnd] = [aEnd, bEnd, a, b];
    const step = Math.trunc(((bEnd - b) * ONE) / ((aEnd - a) | 1));
    aEnd += ONE;
    const last = (aEnd >> SHIFT) - (a >> SHIFT);
    b += Math.floor((step * -(a & (ONE - 1))) / ONE) + (ONE >> 1);
    const slope = (step >> (SHIFT - 5)) & 0x3f;
    const absolute = slope ^ (step < 0 ? 0x3f : 0);
    const weight = absolute & 0x20 ? STEEPEST : SLOPE_WEIGHT[absolute];
    const ends = endWeights(weight, (a >> (SHIFT - 7)) & 0x78, (aEnd >> (SHIFT - 7)) & 0x78);
    let place = a >> SHIFT;
    for (let begun = 0, left = last; left >= 0; begun += 1, left -= 1) {
      const end = ends[Math.min(begun, 2) * 3 + Math.min(left, 2)];
      const distance = (b >> (SHIFT - 5)) & 31;
      const across = (b >> SHIFT) - 1;
      for (const [beside, softness] of [[0, SOFTNESS[distance + 32]], [1, SOFTNESS[distance]], [2, SOFTNESS[63 - distance]]]) {
        const [x, y] = flat ? [place, across + beside] : [across + beside, place];
        this.blend(x, y, ((end * softness) >> 8) & 0xff);
      }
      b += step;
      place += 1;
    }
  }
}

// By 3 x (pixels after the first, 2 at most) + (pixels before the last, 2 at most).
function endWeights(weight, from, to) {
  const whole = weight << 7;
  const first = ((0x78 - from) | 4) * weight;
  const last = (to | 4) * weight;
  const only = ((((to - from) & 0x78) | 4) * weight >> 8) & 0x1ff;
  return [
    0, only, (first >> 8) & 0x1ff,
    only, ((((to - from) + 0x80) | 4) * weight >> 8) & 0x1ff, ((first + whole) >> 8) & 0x1ff,
    (last >> 8) & 0x1ff, ((last + whole) >> 8) & 0x1ff, weight,
  ];
}

function fillInside(brush, corners) {
  const rows = corners.map(([, y]) => (y + (ONE >> 1)) >> SHIFT);
  const columns = corners.map(([x]) => (x + (ONE >> 1)) >> SHIFT);
  const top = corners.reduce((best, [, y], i) => (y < corners[best][1] ? i : best), 0);
  const bottom = Math.max(...rows);
  if (Math.max(...columns) < 0 || bottom < 0 || Math.min(...columns) >= brush.width || rows[top] >= brush.height) return;
  const count = corners.length;
  let unused = count;
  const sides = [1, count - 1].map((turn) => ({ at: top, turn, x: -ONE, step: 0, until: rows[top] }));
  const lowest = Math.min(bottom, brush.height - 1);
  for (let y = rows[top]; y <= lowest; y += 1) {
    if (y < lowest || y === rows[top]) {
      for (const side of sides) {
        if (y < side.until) continue;
        let from = side.at;
        let to = (from + side.turn) % count;
        for (; unused > 0; from = to, to = (to + side.turn) % count) {
          unused -= 1;
          if (rows[to] <= y) continue;
          const height = rows[to] - y;
          side.step = Math.trunc(((corners[to][0] - corners[from][0]) * 2 + height) / (2 * height));
          Object.assign(side, { until: rows[to], x: corners[from][0], at: to });
          break;
        }
      }
    }
    if (y >= 0) {
      const [left, right] = sides[0].x > sides[1].x ? [sides[1], sides[0]] : sides;
      const [first, last] = [(left.x + ONE - 1) >> SHIFT, right.x >> SHIFT];
      if (last >= 0 && first < brush.width) brush.fillRow(y, first, last);
    }
    for (const side of sides) side.x += side.step;
  }
}

// The part of a line inside width x height, or null; cut first above and below, then left and right.
function clippedLine([x1, y1], [x2, y2], width, height) {
  const [right, bottom] = [width - 1, height - 1];
  const side = (x, y) => (x < 0 ? 1 : 0) + (x > right ? 2 : 0) + (y < 0 ? 4 : 0) + (y > bottom ? 8 : 0);
  let [c1, c2] = [side(x1, y1), side(x2, y2)];
  if ((c1 & c2) === 0 && (c1 | c2) !== 0) {
    if (c1 & 12) {
      const edge = c1 < 8 ? 0 : bottom;
      x1 += Math.trunc(((edge - y1) * (x2 - x1)) / (y2 - y1));
      y1 = edge;
      c1 = (x1 < 0 ? 1 : 0) + (x1 > right ? 2 : 0);
    }
    if (c2 & 12) {
      const edge = c2 < 8 ? 0 : bottom;
      x2 += Math.trunc(((edge - y2) * (x2 - x1)) / (y2 - y1));
      y2 = edge;
      c2 = (x2 < 0 ? 1 : 0) + (x2 > right ? 2 : 0);
    }
    if ((c1 & c2) === 0 && (c1 | c2) !== 0) {
      if (c1) {
        const edge = c1 === 1 ? 0 : right;
        y1 += Math.trunc(((edge - x1) * (y2 - y1)) / (x2 - x1));
        x1 = edge;
        c1 = 0;
      }
      if (c2) {
        const edge = c2 === 1 ? 0 : right;
        y2 += Math.trunc(((edge - x2) * (y2 - y1)) / (x2 - x1));
        x2 = edge;
        c2 = 0;
      }
    }
  }
  return (c1 | c2) === 0 ? [[x1, y1], [x2, y2]] : null;
}
