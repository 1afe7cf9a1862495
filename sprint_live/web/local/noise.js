// The noise of a seed, as torch draws it on a CPU: the same seed is the same picture here and on a server.
// Mersenne Twister 19937, 24 bits a uniform number, and Box-Muller over blocks of 16: of each block the first eight numbers
// become radii, the last eight angles. torch's own logarithm and sine are off by a last digit now and then: no value differs by
// more than 1e-6 (tests/web/test_local_engine.py).

const SIZE = 624;
const SHIFT = 397;
const BLOCK = 16;
const HALF = BLOCK / 2;
const TURN = Math.fround(2 * Math.PI);

export class Noise {
  // seed: a whole number, 0..2**32 - 1
  constructor(seed) {
    this.state = new Uint32Array(SIZE);
    this.state[0] = seed;
    for (let i = 1; i < SIZE; i += 1) {
      const before = this.state[i - 1] ^ (this.state[i - 1] >>> 30);
      this.state[i] = Math.imul(before, 1812433253) + i;
    }
    this.next = SIZE;
  }

  // `count` normal numbers, float32; a multiple of 16, as every latent is: torch draws other counts in another order.
  normal(count) {
    if (count % BLOCK) throw new RangeError(`${count} numbers of noise; accepted: a multiple of ${BLOCK}`);
    const numbers = Float32Array.from({ length: count }, () => this.uniform());
    for (let at = 0; at < count; at += BLOCK) {
      for (let i = at; i < at + HALF; i += 1) {
        const radius = Math.fround(Math.sqrt(-2 * Math.fround(Math.log(1 - numbers[i]))));
        const angle = Math.fround(TURN * numbers[i + HALF]);
        numbers[i] = radius * Math.cos(angle);
        numbers[i + HALF] = radius * Math.sin(angle);
      }
    }
    return numbers;
  }

  // In [0, 1), the lowest 24 bits of the next word.
  uniform() { return (this.word() & 0xffffff) / 0x1000000; }

  word() {
    if (this.next === SIZE) this.turn();
    let word = this.state[this.next];
    this.next += 1;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  turn() {
    const { state } = this;
    for (let i = 0; i < SIZE; i += 1) {
      const mixed = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
      state[i] = state[(i + SHIFT) % SIZE] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
    }
    this.next = 0;
  }
}
