// Fills that are asked for and come a moment later: one after the other, in the order they were asked for.

export class Fills {
  // base: address of the page's scripts
  constructor(base) {
    this.address = new URL('canvas/fill/fill-worker.js', base);
    this.worker = null;
    this.id = 0;
    this.waiting = new Map(); // id -> [done, failed]
  }

  // rgba: ArrayBuffer of the lines, which goes away; place in px. Promise of wire points, null where there is no area.
  outline(rgba, place, gap) {
    this.worker ??= this.start();
    this.id += 1;
    return new Promise((done, failed) => {
      this.waiting.set(this.id, [done, failed]);
      this.worker.postMessage({ id: this.id, rgba, place, gap }, [rgba]);
    });
  }

  // What is under way is not wanted any more: undefined instead of points. True if there was something.
  forget() {
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const [done] of waiting) done(undefined);
    return waiting.length > 0;
  }

  start() {
    const worker = new Worker(this.address, { type: 'module' });
    worker.onmessage = ({ data: { id, points } }) => {
      const [done] = this.waiting.get(id) ?? [];
      this.waiting.delete(id);
      done?.(points);
    };
    worker.onerror = ({ message }) => {
      for (const [, failed] of this.waiting.values()) failed(new Error(message));
      this.waiting.clear();
      this.worker = null;
    };
    return worker;
  }
}
