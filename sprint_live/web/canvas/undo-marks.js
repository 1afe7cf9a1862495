// What undo takes back besides strokes: pins, words, a seed that was picked. The server knows nothing of them; they lie between
// the journal's entries, each at the number of entries there were when it was made.
// A mark is {kind, before, after, at}; before and after are plain values that go into a project file.

const KEEP = 100;

export class Marks {
  // appliers: {kind: (value) => void}
  constructor(appliers) {
    this.appliers = appliers;
    this.done = [];
    this.undone = [];
  }

  add(kind, before, after, at) {
    this.done = [...this.done, { kind, before, after, at }].slice(-KEEP);
    this.undone = [];
  }

  // A change that does not hang on the strokes: what can be redone stays, but for changes at the same place.
  addBeside(kind, before, after, at) {
    const undone = this.undone.filter((mark) => mark.at !== at);
    this.add(kind, before, after, at);
    this.undone = undone;
  }

  // What `kind` was when there were so many entries; `now` if nothing is known of a change.
  valueAt(kind, at, now) {
    const changes = this.done.filter((mark) => mark.kind === kind);
    const last = changes.findLast((mark) => mark.at <= at);
    if (last) return last.after;
    return changes.length ? changes[0].before : now;
  }

  canUndo(at) { return this.done.at(-1)?.at === at; }
  canRedo(at) { return this.undone.at(-1)?.at === at; }

  undo() {
    const mark = this.done.pop();
    this.undone.push(mark);
    this.appliers[mark.kind](mark.before);
  }

  redo() {
    const mark = this.undone.pop();
    this.done.push(mark);
    this.appliers[mark.kind](mark.after);
  }

  // A stroke was drawn: what was undone does not come back.
  forgetUndone() { this.undone = []; }

  // The newest stroke was never there: what it put an end to is back, and what was done on it lies before it.
  comeBack(undone, at) {
    this.undone = undone;
    this.done = this.done.map((mark) => ({ ...mark, at: Math.min(mark.at, at) }));
  }

  // The journal forgot its beginning; what is pinned stays.
  clear() {
    this.done = [];
    this.undone = [];
  }

  snapshot() { return { done: this.done, undone: this.undone }; }

  // What a file or the browser kept; anything that is no mark is left out.
  restore(saved) {
    const known = (list) => (Array.isArray(list) ? list.filter((mark) => mark?.kind in this.appliers && Number.isInteger(mark.at)).slice(-KEEP) : []);
    this.done = known(saved?.done);
    this.undone = known(saved?.undone);
  }
}
