// From noise to a clean latent in one to four steps: the twin of diffusion/sampler.py and diffusion/trigflow.py, in float64
// between the network's calls.

const SIGMA = 0.5; // SIGMA_DATA
const MAX_ANGLE = 1.5708;
const TWO_STEP_ANGLE = 1.3;

// Falling angles, one more than steps. start: where a painting is entered, as a share of the way to pure noise; 1 for noise alone.
export function angles(steps, start = 1) {
  const all = steps === 2
    ? [MAX_ANGLE, TWO_STEP_ANGLE, 0]
    : Array.from({ length: steps + 1 }, (_, i) => MAX_ANGLE * (1 - i / steps));
  return all.map((angle) => Math.fround(angle) * start);
}

// Which steps the lines count in: those wholly between two shares of the run.
export function controlledSteps(steps, from, to) {
  return Array.from({ length: steps }, (_, step) => step / steps >= from && (step + 1) / steps <= to);
}

// The clean latent at unit scale, float32. predict(x_s, s, step) -> promise of the velocity v; noise(): fresh unit noise;
// painting: a latent to start from, or null; clean(latent): what to go on with instead of a step's estimate.
export async function sample({ steps, start, painting, noise, predict, clean = (latent) => latent }) {
  const schedule = angles(steps, painting ? start : 1);
  const first = noise();
  let state = scaled(first, SIGMA);
  if (painting) state = mixed(scaled(painting, SIGMA), first, schedule[0]);
  for (let step = 0; step < steps; step += 1) {
    const t = schedule[step];
    const [sin, cos] = [Math.sin(t), Math.cos(t)];
    const s = sin / (sin + cos);
    const norm = Math.sqrt(s * s + (1 - s) * (1 - s));
    const flow = scaled(state, norm / SIGMA);
    const v = await predict(flow, s, step);
    const [ofFlow, ofV] = [(1 - 2 * s) / norm, (1 - 2 * s + 2 * s * s) / norm];
    const estimate = state.map((x, i) => cos * x - sin * SIGMA * (ofFlow * flow[i] + ofV * v[i]));
    const unit = clean(scaled(estimate, 1 / SIGMA));
    if (step === steps - 1) return unit;
    state = mixed(scaled(unit, SIGMA), noise(), schedule[step + 1]);
  }
  throw new RangeError(`${steps} steps; accepted: 1 to 4`);
}

// A clean latent with noise at an angle.
function mixed(latent, noise, angle) {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return latent.map((x, i) => cos * x + sin * SIGMA * noise[i]);
}

const scaled = (numbers, by) => numbers.map((number) => number * by);
