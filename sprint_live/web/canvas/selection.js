// Selecting strokes of the layer in use, by a box, a lasso or a tap, and moving, scaling, turning, flipping, copying or removing
// them: each of those is one edit of the journal, sent when the hand lets go. What is dragged meanwhile is a copy on the preview.

import { boxAfter, scaled, shifted, stretched, turned } from './affine.js';
import { ONE, whereabouts } from './edits.js';
import { inPolygon, mostlyInside, touches } from './hit-test.js';
import { bounds, drawStroke } from './ink.js';
import { t } from '../i18n/language.js';
import { CANVAS_PX, UNITS_PER_PX } from '../wire/protocol.js';

const GRIP_PX = 14; // on the screen: how near a corner counts
const TAP_PX = 5;
const KNOB_PX = 26; // how far beyond the box the knob to turn it is
const COPY_PX = 24; // how far beside the strokes their copies lie
const LEVEL = Math.PI / 12; // with Shift it turns in steps of 15 degrees

export class Selection {
  // live: {journal, pad, layers, edit(edit), say(text)}
  constructor(root, live) {
    this.live = live;
    this.find = (id) => root.querySelector(`#sl-${id}`);
    this.root = root;
    this.ids = [];
    this.box = null; // {x, y, right, bottom} in px of the canvas
    this.pivot = null; // {x, y, after: the entry that turned it last}
  }

  get by() { return this.root.querySelector('input[name="select-by"]:checked').value; }
  get any() { return this.ids.length > 0; }
  get perPx() { return CANVAS_PX / this.live.pad.canvas.getBoundingClientRect().width; } // canvas px in one of the screen

  // Strokes of the layer in use, as they are now.
  candidates() {
    const { layerOf } = whereabouts(this.live.journal.visible());
    return this.live.journal.marks().filter((mark) => mark.chunks && layerOf.get(mark.id) === this.live.pad.layer);
  }

  chosen() {
    const ids = new Set(this.ids);
    return this.candidates().filter(({ id }) => ids.has(id));
  }

  hand(event) {
    if (!this.live.layers.active.shown) {
      this.live.say(t('This layer is hidden. Show it or choose another layer to draw.'));
      return null;
    }
    const place = this.live.pad.place(event);
    const corner = this.box && this.corners().find(({ x, y }) => Math.hypot(place.x - x, place.y - y) < GRIP_PX * this.perPx);
    const { knob } = this;
    if (knob && Math.hypot(place.x - knob.x, place.y - knob.y) < GRIP_PX * this.perPx) {
      const { middle } = this;
      const angle = (at) => Math.atan2(at.y - middle.y, at.x - middle.x);
      return new Drag(this, (at, level) => turned(middle, stepped(angle(at) - angle(place), level)));
    }
    if (corner) return new Drag(this, (at, free) => scaled(corner, at, free));
    if (this.box && inPolygon(place, ring(this.box))) return new Drag(this, (at) => shifted(at.x - place.x, at.y - place.y));
    return new Marquee(this, place);
  }

  // Each with the corner across, which stays when this one is dragged.
  corners() {
    const { x, y, right, bottom } = this.box;
    return [[x, y, right, bottom], [right, y, x, bottom], [right, bottom, x, y], [x, bottom, right, y]]
      .map(([atX, atY, acrossX, acrossY]) => ({ x: atX, y: atY, across: { x: acrossX, y: acrossY } }));
  }

  get center() { return { x: (this.box.x + this.box.right) / 2, y: (this.box.y + this.box.bottom) / 2 }; }

  // What it turns about: the box's center, and while it is turned again and again the one it had at first, for the box of what
  // is turned has its center elsewhere.
  get middle() { return this.pivot?.after === this.live.journal.entries.at(-1) ? this.pivot : this.center; }

  // Above the box, or below it where there is no room.
  get isBelow() { return this.box.y < 1.5 * KNOB_PX * this.perPx; }
  get knob() {
    const beyond = KNOB_PX * this.perPx;
    return this.box && { x: this.center.x, y: this.isBelow ? this.box.bottom + beyond : this.box.y - beyond };
  }

  choose(strokes) {
    this.ids = strokes.map(({ id }) => id);
    this.refresh();
  }

  all() { this.choose(this.candidates()); }
  drop() { this.choose([]); }

  remove() {
    if (!this.any) return;
    this.live.edit({ remove: this.ids });
    this.drop();
  }

  nudge(dx, dy) { this.transform(shifted(dx, dy)); }
  turn(radians) { if (this.box) this.transform(turned(this.middle, radians)); }
  stretch(xx, yy) { if (this.box) this.transform(stretched(this.center, xx, yy)); }

  transform(by) {
    if (!this.any) return;
    const { middle } = this;
    this.live.edit({ transform: { ids: this.ids, ...by } });
    if (by.skewX) this.pivot = { ...middle, after: this.live.journal.entries.at(-1) };
  }

  // The copies are what is selected then.
  copy() {
    if (!this.any) return;
    const { live, ids } = this;
    const firstId = live.journal.nextId;
    const count = this.chosen().reduce((sum, stroke) => sum + stroke.count, 0);
    const before = live.journal.entries.length;
    live.edit({ copy: { ids, ...shifted(COPY_PX, COPY_PX), firstId, layer: live.pad.layer, count } });
    if (live.journal.entries.length > before) this.choose(ids.map((id, k) => ({ id: firstId + k })));
  }

  // After any change of the drawing: what is gone is not selected.
  refresh() {
    const strokes = this.any ? this.chosen() : [];
    this.ids = strokes.map(({ id }) => id);
    const boxes = strokes.map((stroke) => bounds({ ...stroke, mirror: 0 })).filter((box) => box);
    this.box = boxes.length ? boxes.reduce((all, box) => ({
      x: Math.min(all.x, box.x), y: Math.min(all.y, box.y), right: Math.max(all.right, box.right), bottom: Math.max(all.bottom, box.bottom),
    })) : null;
    this.show(this.box);
    this.find('selection-bar').hidden = !this.box;
    this.find('selection-count').textContent = this.ids.length === 1 ? t('1 stroke') : t('{number} strokes', { number: this.ids.length });
  }

  show(box, radians = 0) {
    const frame = this.find('selection');
    frame.hidden = !box;
    if (!box) return;
    frame.classList.toggle('is-below', this.isBelow);
    frame.firstElementChild.style.rotate = `${radians}rad`;
    const share = (px) => `${(100 * px) / CANVAS_PX}%`;
    Object.assign(frame.firstElementChild.style, { left: share(box.x), top: share(box.y), width: share(box.right - box.x), height: share(box.bottom - box.y) });
  }
}

// Drags a box or a lasso open, and selects what lies mostly inside; a tap selects what is topmost there.
class Marquee {
  constructor(selection, place) {
    this.selection = selection;
    this.path = [place];
    selection.drop();
  }

  get polygon() {
    const [from, to] = [this.path[0], this.path.at(-1)];
    return this.selection.by === 'lasso' ? this.path : ring({ x: from.x, y: from.y, right: to.x, bottom: to.y });
  }

  move(event) {
    const { preview, place } = this.selection.live.pad;
    this.path.push(place.call(this.selection.live.pad, event));
    preview.reset();
    preview.beginPath();
    this.polygon.forEach(({ x, y }) => preview.lineTo(x, y));
    preview.closePath();
    preview.setLineDash([8 * this.selection.perPx, 5 * this.selection.perPx]);
    preview.lineWidth = 1.5 * this.selection.perPx;
    preview.strokeStyle = '#d9412b';
    preview.fillStyle = 'rgb(217 65 43 / .08)';
    preview.fill();
    preview.stroke();
  }

  lift() {
    this.cancel();
    const { selection, path: [place] } = this;
    const tapped = this.path.every(({ x, y }) => Math.hypot(x - place.x, y - place.y) < TAP_PX * selection.perPx);
    const strokes = selection.candidates();
    const top = strokes.findLast((stroke) => touches(stroke, place, TAP_PX * selection.perPx));
    selection.choose(tapped ? [top].filter(Boolean) : strokes.filter((stroke) => mostlyInside(stroke, this.polygon)));
  }

  cancel() { this.selection.live.pad.preview.reset(); }
}

// Moves, scales or turns what is selected; `change(place, free)` says how, once the pointer is at a place.
class Drag {
  constructor(selection, change) {
    this.selection = selection;
    this.changeAt = change;
    this.change = null;
    const { pad, journal } = selection.live;
    const chosen = new Set(selection.chosen());
    this.ghost = { lines: new OffscreenCanvas(CANVAS_PX, CANVAS_PX).getContext('2d'), paint: new OffscreenCanvas(CANVAS_PX, CANVAS_PX).getContext('2d') };
    for (const stroke of chosen) drawStroke(this.ghost, stroke);
    pad.sheets.show(journal.marks().filter((mark) => !chosen.has(mark)));
    this.draw(shifted(0, 0));
  }

  move(event) {
    this.change = this.changeAt(this.selection.live.pad.place(event), event.shiftKey);
    this.draw(this.change);
  }

  draw(by) {
    const { scaleX, scaleY, shiftX, shiftY, skewX, skewY } = by;
    const { preview } = this.selection.live.pad;
    preview.reset();
    preview.setTransform(scaleX / ONE, skewY / ONE, skewX / ONE, scaleY / ONE, shiftX / UNITS_PER_PX, shiftY / UNITS_PER_PX);
    for (const layer of [this.ghost.paint, this.ghost.lines]) preview.drawImage(layer.canvas, 0, 0);
    if (skewX || skewY) this.selection.show(this.selection.box, Math.atan2(skewY, scaleX));
    else this.selection.show(boxAfter(this.selection.box, by));
  }

  lift(event) {
    const { selection, change } = this;
    this.cancel();
    if (event.type === 'pointerup' && change) selection.transform(change);
  }

  cancel() {
    const { pad, journal } = this.selection.live;
    pad.preview.reset();
    pad.sheets.show(journal.marks());
    this.selection.refresh();
  }
}

const ring = ({ x, y, right, bottom }) => [{ x, y }, { x: right, y }, { x: right, y: bottom }, { x, y: bottom }];

const stepped = (radians, level) => (level ? LEVEL * Math.round(radians / LEVEL) : radians);
