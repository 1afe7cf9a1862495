// CIELAB in 8 bits as OpenCV has it: L * 255 / 100, a + 128, b + 128; sRGB, D65.

const WHITE = [0.950456, 1, 1.088754];
const TO_XYZ = [[0.412453, 0.35758, 0.180423], [0.212671, 0.71516, 0.072169], [0.019334, 0.119193, 0.950227]];
const TO_RGB = [[3.240479, -1.53715, -0.498535], [-0.969256, 1.875991, 0.041556], [0.055648, -0.204043, 1.057311]];
const LINEAR = Float32Array.from({ length: 256 }, (_, level) => {
  const share = level / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

// [L, a, b] in 8 bits, not rounded, of levels 0..255.
export function labOf(red, green, blue) {
  const rgb = [LINEAR[red], LINEAR[green], LINEAR[blue]];
  const [x, y, z] = TO_XYZ.map((row, i) => root((row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]) / WHITE[i]));
  return [2.55 * (116 * y - 16), 500 * (x - y) + 128, 200 * (y - z) + 128];
}

// Levels [red, green, blue], 0..255 and not rounded, of L, a, b in 8 bits.
export function rgbOf(light, a, b) {
  const y = (light / 2.55 + 16) / 116;
  const xyz = [y + (a - 128) / 500, y, y - (b - 128) / 200].map((share, i) => WHITE[i] * cube(share));
  return TO_RGB.map((row) => 255 * gamma(Math.min(1, Math.max(0, row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]))));
}

const root = (share) => (share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16 / 116);
const cube = (share) => (share > 0.206893 ? share ** 3 : (share - 16 / 116) / 7.787);
const gamma = (share) => (share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055);
