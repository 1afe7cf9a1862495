// Words, style, place and seed as steps that undo takes back, like strokes: a step is what is written when the field is left, a style,
// a place or a seed that is chosen, an example's that take the place of one's own. What can be redone stays.

export class Words {
  // live: {controls, marks, at, refresh(), store, prompts, picture}
  constructor(root, live) {
    this.live = live;
    this.last = null; // what they were at the last step; null: as the page began
    const find = (id) => root.querySelector(`#sl-${id}`);
    const step = () => this.step();
    find('prompt').addEventListener('focus', () => this.note());
    for (const id of ['prompt', 'presets-panel', 'seed']) find(id).addEventListener('change', step);
    for (const id of ['presets-panel', 'seed']) find(id).addEventListener('focusin', () => this.note());
    find('prompt').addEventListener('change', () => { if (live.picture.jpeg) live.prompts.add(find('prompt').value); });
  }

  get now() {
    const { prompt, style, place, seed } = this.live.controls.snapshot();
    return { prompt, style, place, seed };
  }

  // What is there now is what the next step begins with.
  note() { this.last = this.now; }

  rollSeed() {
    this.note();
    this.live.controls.roll();
    this.live.controls.changed();
    this.step();
  }

  stepSeed(by) {
    this.note();
    this.live.controls.stepSeed(by);
    this.step();
  }

  // at: the number of entries that the drawing had
  step(at = this.live.at) {
    const { live, now, last } = this;
    this.last = now;
    if (!last || Object.keys(now).every((name) => now[name] === last[name])) return;
    live.marks.addBeside('words', last, now, at);
    live.refresh();
    live.store.touch();
  }

  // Also what undo and redo do.
  use({ prompt, style, place, seed }) {
    const { controls } = this.live;
    controls.restore({ ...controls.snapshot(), prompt, style, place, seed: Math.trunc(Number(seed)) || 0 }, controls.locked);
    this.note();
    controls.changed();
  }
}
