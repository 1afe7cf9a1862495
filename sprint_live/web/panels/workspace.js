// Everything a person works the page with, put together: tools, panels, photo, files, view, keys.

import { Examples } from './examples.js';
import { Gallery } from './gallery.js';
import { History } from './history.js';
import { Keys } from './shortcuts.js';
import { wireLanguage } from '../i18n/language.js';
import { Layers } from './layers.js';
import { LiveInput } from './live-input.js';
import { PaintOver } from './paint-over.js';
import { Panels } from './popovers.js';
import { Photo } from './photo.js';
import { Pins } from './pins.js';
import { PromptHistory } from './prompt-history.js';
import { SELECT } from '../canvas/pad.js';
import { Save } from '../export/save.js';
import { Selection } from '../canvas/selection.js';
import { Timelapse } from '../export/timelapse.js';
import { Tips } from './tips.js';
import { Tools } from './tools.js';
import { Variations } from './variations.js';
import { factsOf, changeOf } from './tip-facts.js';
import { View } from './view.js';
import { Words } from './words.js';
import { wireTheme } from './theme.js';
import { TOOL } from '../wire/protocol.js';

export function furnish(root, base, live) {
  const find = (id) => root.querySelector(`#sl-${id}`);
  const tools = new Tools(root, live.pad, (tool) => {
    if (tool !== SELECT) live.selection.drop();
    live.store.touch();
  });
  const [layers, selection] = [new Layers(root, live), new Selection(root, live)];
  const paintOver = new PaintOver(root, live);
  const photo = new Photo(root, document.baseURI, {
    lay: (file) => paintOver.layPhoto(file),
    openProject: (file) => live.save.open(file),
    pageSize: () => live.controls.pictureSize,
    add: (pen, points) => live.addStroke(pen, points),
    takeBack: (stroke) => live.takeBack(stroke),
    say: (text, stays) => live.readout.say(text, stays),
    quiet: () => { live.readout.toast.hidden = true; },
  });
  const prompts = new PromptHistory(find('prompts'));
  const view = new View(root, live.zoom);
  const tips = new Tips(root, { facts: () => factsOf(live), change: (change) => changeOf(live, change) });
  const pins = new Pins(root, live);
  const [variations, words] = [new Variations(root, live), new Words(root, live)];
  find('take-lines').addEventListener('click', () => photo.takeLines(new Blob([live.picture.jpeg])));
  for (const name of ['undo', 'redo', 'clear']) find(name).addEventListener('click', () => live[name]());
  wireTheme(find('theme'));
  wireLanguage(find('language'), () => live.store.flush());
  const sheet = find('sheet');
  const keys = new Keys(shortcuts(live, tools, view, () => keys.toggleSheet()), sheet);
  find('help').addEventListener('click', () => keys.toggleSheet());
  const [gallery, history, timelapse, liveInput] = [Gallery, History, Timelapse, LiveInput].map((Part) => new Part(root, live));
  const examples = new Examples(root, base, live);
  return {
    gallery, history, timelapse, liveInput, examples, pins, variations, words, tips, tools, layers, selection, photo, paintOver, prompts, view, keys, panels: new Panels(root), save: new Save(root, live),
  };
}

function shortcuts(live, tools, view, help) {
  const choose = (tool) => () => { tools.select(tool); tools.changed(tool); };
  return [
    { keys: ['b'], shown: 'B', label: 'Brush: lines', run: choose(TOOL.brush) },
    { keys: ['g'], shown: 'G', label: 'Fill between lines', run: choose(TOOL.fill) },
    { keys: ['s'], shown: 'S', label: 'Select: move, scale, turn, copy', run: choose(SELECT) },
    { keys: ['c'], shown: 'C', label: 'Paint: colour under the lines', run: choose(TOOL.paint) },
    { keys: ['e'], shown: 'E', label: 'Eraser', run: choose(TOOL.eraser) },
    { keys: ['['], shown: '[', label: 'Thinner', run: () => tools.step(-1) },
    { keys: [']'], shown: ']', label: 'Thicker', run: () => tools.step(1) },
    { keys: ['f'], shown: 'F', label: 'Draw freely', run: () => tools.setShape('free') },
    { keys: ['l'], shown: 'L', label: 'Line (Shift: level)', run: () => tools.setShape('line') },
    { keys: ['r'], shown: 'R', label: 'Rectangle (Shift: square)', run: () => tools.setShape('rectangle') },
    { keys: ['o'], shown: 'O', label: 'Ellipse (Shift: circle)', run: () => tools.setShape('ellipse') },
    { keys: ['ctrl+z', 'z'], shown: 'Ctrl Z', label: 'Undo', run: () => live.undo() },
    { keys: ['ctrl+shift+z', 'ctrl+y'], shown: 'Ctrl Shift Z', label: 'Redo', run: () => live.redo() },
    { keys: ['ctrl+a'], shown: 'Ctrl A', label: 'Select all of the layer', run: () => { choose(SELECT)(); live.selection.all(); } },
    { keys: ['delete', 'backspace'], shown: 'Del', label: 'Delete what is selected', run: () => live.selection.remove() },
    { keys: ['ctrl+d'], shown: 'Ctrl D', label: 'Duplicate what is selected', run: () => live.selection.copy() },
    { keys: [','], shown: ',', label: 'Turn what is selected left', run: () => live.selection.turn(-Math.PI / 12) },
    { keys: ['.'], shown: '.', label: 'Turn what is selected right (knob; Shift: level)', run: () => live.selection.turn(Math.PI / 12) },
    { keys: ['ctrl+arrowup'], shown: 'Ctrl ↑', label: 'Scale what is selected up', run: () => live.selection.stretch(1.1, 1.1) },
    { keys: ['ctrl+arrowdown'], shown: 'Ctrl ↓', label: 'Scale what is selected down', run: () => live.selection.stretch(1 / 1.1, 1 / 1.1) },
    { keys: ['m'], shown: 'M', label: 'Flip what is selected left and right', run: () => live.selection.stretch(-1, 1) },
    { keys: ['u'], shown: 'U', label: 'Flip what is selected upside down', run: () => live.selection.stretch(1, -1) },
    { keys: ['escape'], shown: 'Esc', label: 'Select nothing', run: () => live.selection.drop() },
    ...Object.entries({ arrowleft: [-1, 0], arrowright: [1, 0], arrowup: [0, -1], arrowdown: [0, 1] }).map(([key, [x, y]], i) => ({
      keys: [key], shown: i ? '' : '← ↑ ↓ →', label: 'Move what is selected (Shift: further)',
      run: ({ shiftKey }) => live.selection.nudge(x * (shiftKey ? 16 : 1), y * (shiftKey ? 16 : 1)),
    })),
    { keys: ['x'], shown: 'X', label: 'Hide or show the layer', run: () => live.layers.change(live.pad.layer, { shown: !live.layers.active.shown }) },
    { keys: ['ctrl+s'], shown: 'Ctrl S', label: 'Save the project', run: () => live.save.project() },
    { keys: ['k'], shown: 'K', label: 'Keep the picture in the gallery', run: () => live.find('keep').click() },
    { keys: ['t'], shown: 'T', label: 'Take the picture back: paint over it', run: () => live.paintOver.takeBack() },
    { keys: ['h'], shown: 'H', label: 'History: back in time, timelapse', run: () => live.find('history').click() },
    { keys: ['+', '='], shown: '+', label: 'Zoom in (wheel, or two fingers)', run: () => live.zoom.zoomBy(1.4) },
    { keys: ['-'], shown: '-', label: 'Zoom out', run: () => live.zoom.zoomBy(1 / 1.4) },
    { keys: ['0'], shown: '0', label: 'Fit', run: () => live.zoom.fit() },
    { keys: [], shown: 'Space', label: 'Hold and drag: pan', run: null },
    { keys: ['v'], shown: 'V', label: 'Ink over the picture, or side by side', run: () => view.setOverlay(!view.overlay) },
    { keys: ['p'], shown: 'P', label: 'Pin a part of the picture, Esc: not', run: () => live.pins.choose(!live.pins.choosing) },
    { keys: ['n'], shown: 'N', label: 'New noise: another seed', run: () => live.find('dice').click() },
    { keys: ['?'], shown: '?', label: 'This sheet', run: help },
  ];
}
