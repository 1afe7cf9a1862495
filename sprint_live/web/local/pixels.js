// Between levels of 8 bits and the numbers of the networks, which see every picture at half its size.

const MIDDLE = 127.5;
const SHARPNESS = -0.75; // of OpenCV's cubic interpolation, and torch's

// A page (gray or RGB) -> {data: Float32Array (3, H/2, W/2) in [-1, 1], height, width}: the mean of 2 x 2 pixels.
export function halfPage({ pixels, width, height, channels }) {
  const [columns, rows] = [width / 2, height / 2];
  const data = new Float32Array(3 * rows * columns);
  for (let c = 0; c < 3; c += 1) {
    if (c && channels === 1) {
      data.copyWithin(c * rows * columns, 0, rows * columns);
      continue;
    }
    for (let y = 0; y < rows; y += 1) {
      for (let x = 0; x < columns; x += 1) {
        const at = (2 * y * width + 2 * x) * channels + c;
        const below = at + width * channels;
        const sum = pixels[at] + pixels[at + channels] + pixels[below] + pixels[below + channels];
        data[(c * rows + y) * columns + x] = sum / 4 / MIDDLE - 1;
      }
    }
  }
  return { data, width: columns, height: rows };
}

// A picture (3, H, W) in about [-1, 1] -> RGBA of twice the size, cubic: of every two new pixels one lies a quarter to the left of
// an old one, one a quarter to the right.
export function enlarged(data, width, height) {
  const [columns, rows] = [2 * width, 2 * height];
  const rgba = new Uint8ClampedArray(4 * rows * columns).fill(255);
  const wide = new Float32Array(height * columns);
  for (let c = 0; c < 3; c += 1) {
    const plane = data.subarray(c * width * height, (c + 1) * width * height);
    for (let y = 0; y < height; y += 1) widen(plane.subarray(y * width, (y + 1) * width), wide.subarray(y * columns, (y + 1) * columns));
    heighten(wide, rgba, columns, height, c);
  }
  return rgba;
}

// Weights of the four old pixels around a place `part` behind the second.
function cubic(part) {
  const [a, b] = [SHARPNESS, 1 - part];
  const far = (x) => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  const near = (x) => ((a + 2) * x - (a + 3)) * x * x + 1;
  return [far(part + 1), near(part), near(b), far(b + 1)];
}

const LATE = cubic(0.25); // a quarter behind an old pixel
const EARLY = cubic(0.75); // a quarter before the next one

function widen(row, wide) {
  const last = row.length - 1;
  const at = (i) => row[Math.min(last, Math.max(0, i))];
  for (let x = 0; x <= last; x += 1) {
    const inside = x > 1 && x < last - 1;
    const [a, b, c, d, e] = inside ? [row[x - 2], row[x - 1], row[x], row[x + 1], row[x + 2]] : [at(x - 2), at(x - 1), at(x), at(x + 1), at(x + 2)];
    wide[2 * x] = EARLY[0] * a + EARLY[1] * b + EARLY[2] * c + EARLY[3] * d;
    wide[2 * x + 1] = LATE[0] * b + LATE[1] * c + LATE[2] * d + LATE[3] * e;
  }
}

function heighten(wide, rgba, columns, height, channel) {
  const start = (y) => Math.min(height - 1, Math.max(0, y)) * columns;
  for (let y = 0; y < height; y += 1) {
    const [a, b, c, d, e] = [start(y - 2), start(y - 1), start(y), start(y + 1), start(y + 2)];
    for (let x = 0; x < columns; x += 1) {
      const early = EARLY[0] * wide[a + x] + EARLY[1] * wide[b + x] + EARLY[2] * wide[c + x] + EARLY[3] * wide[d + x];
      const late = LATE[0] * wide[b + x] + LATE[1] * wide[c + x] + LATE[2] * wide[d + x] + LATE[3] * wide[e + x];
      rgba[(2 * y * columns + x) * 4 + channel] = early * MIDDLE + MIDDLE; // clamped and rounded by the array
      rgba[((2 * y + 1) * columns + x) * 4 + channel] = late * MIDDLE + MIDDLE;
    }
  }
}
