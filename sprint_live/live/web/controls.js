// The controls beside the canvas as one settings object; `changed` is called with it when the picture may change.

const TYPING_MS = 120;
const MAX_SEED = 2 ** 32 - 1;

export class Controls {
  constructor(root, changed) {
    this.root = root;
    this.changed = changed;
    const find = (id) => root.querySelector(`#sl-${id}`);
    this.prompt = find('prompt');
    this.style = find('style');
    this.seed = find('seed');
    this.lock = find('lock');
    this.strength = find('strength');
    this.strengthOut = find('strength-out');
    this.wantedStyle = '';
    this.model = { name: '', title: '', sizes: [1024] };
    find('dock').addEventListener('submit', (event) => event.preventDefault());
    this.prompt.addEventListener('input', () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(changed, TYPING_MS);
    });
    this.prompt.addEventListener('keydown', (event) => event.key === 'Enter' && this.prompt.blur());
    this.style.addEventListener('change', () => { this.wantedStyle = this.style.value; changed(); });
    this.seed.addEventListener('change', () => { this.seed.value = String(this.seedNumber()); changed(); });
    this.lock.addEventListener('click', () => { this.setLocked(!this.locked); changed(); });
    find('dice').addEventListener('click', () => { this.roll(); changed(); });
    root.querySelectorAll('input[name="steps"]').forEach((radio) => radio.addEventListener('change', changed));
    this.strength.addEventListener('input', () => { this.showStrength(); changed(); });
    const more = find('more');
    more.addEventListener('click', () => {
      const open = find('settings').classList.toggle('is-open');
      more.setAttribute('aria-expanded', String(open));
    });
    this.roll();
    this.showStrength();
  }

  get locked() { return this.lock.getAttribute('aria-pressed') === 'true'; }

  setLocked(locked) {
    this.lock.setAttribute('aria-pressed', String(locked));
  }

  roll() {
    this.seed.value = String(crypto.getRandomValues(new Uint32Array(1))[0] % 1000000);
  }

  seedNumber() {
    const number = Number.parseInt(this.seed.value, 10);
    return Number.isFinite(number) ? Math.min(MAX_SEED, Math.max(0, number)) : 0;
  }

  showStrength() {
    this.strengthOut.textContent = Number(this.strength.value).toFixed(2);
    fillTrack(this.strength);
  }

  values() {
    return {
      prompt: this.prompt.value,
      style: this.wantedStyle,
      seed: this.seedNumber(),
      steps: Number(this.root.querySelector('input[name="steps"]:checked').value),
      guidance: 4.5,
      controlStrength: Number(this.strength.value),
      size: this.model.sizes[0],
    };
  }

  restore(settings, locked) {
    this.prompt.value = String(settings.prompt ?? 'a cat');
    this.wantedStyle = String(settings.style ?? '');
    this.seed.value = String(settings.seed ?? 0);
    this.strength.value = String(settings.controlStrength ?? 1);
    const steps = this.root.querySelector(`input[name="steps"][value="${Number(settings.steps) || 1}"]`);
    if (steps) steps.checked = true;
    this.setLocked(Boolean(locked));
    this.showStrength();
    this.listStyles();
  }

  // The model behind the server: its styles fill the list.
  describe(model) {
    this.model = model;
    this.root.querySelector('#sl-model').textContent = model.title;
    const unknown = this.wantedStyle && !model.styles.includes(this.wantedStyle);
    if (unknown) this.wantedStyle = ''; // a style of another model: the first one stands for it
    this.listStyles();
    if (unknown) this.changed();
  }

  listStyles() {
    const labels = this.model.styles ?? (this.wantedStyle ? [this.wantedStyle] : []);
    this.style.replaceChildren(...labels.map((label) => new Option(capital(label), label)));
    this.style.value = labels.includes(this.wantedStyle) ? this.wantedStyle : labels[0] ?? '';
  }
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// Colours a slider's track up to its thumb.
export function fillTrack(range) {
  const share = (range.value - range.min) / (range.max - range.min);
  range.style.setProperty('--share', `${share * 100}%`);
}
