// Every action of the page, one row each. Its button, the button's title, its shortcut and its line in the help sheet are made
// from the row: see buttons.js and keys.js. Within a bar the buttons stand in the order of the rows; so do the lines of the sheet.

import { SELECT } from '../canvas/pad.js';
import { TOOL } from '../wire/protocol.js';

/**
 * @typedef {object} Action
 * @property {string} name the id of its button is sl-NAME
 * @property {string} label what the button is called, in English; it is the button's text if there is no icon
 * @property {string} [help] a longer text for the title and the help sheet; the label if left out
 * @property {string} [icon] a name in icons.js
 * @property {string} [bar] where its button stands: at <template data-actions="BAR"> in page.html; none: it has keys only
 * @property {string[]} [keys] shortcuts as keyName() names them, such as 'b', 'ctrl+z', '[' and 'arrowup'
 * @property {string[]} [alsoKeys] more shortcuts, which the title and the help sheet leave out
 * @property {boolean} [toggle] the button is pressed or not (aria-pressed)
 * @property {[name: string, value: string]} [radio] it is one of several choices, not a button
 * @property {string} [panel] id of the panel that the button opens and closes
 * @property {string} [controls] id of what else the button opens and closes (aria-expanded, aria-controls)
 * @property {boolean} [disabled] as the page begins
 * @property {boolean} [hidden] as the page begins
 * @property {boolean} [first] the button that matters most in its panel
 * @property {(page: Page, event: Event) => void} [perform] left out: the row is a line of the help sheet only
 */

/**
 * What the actions ask of the page.
 * @typedef {object} Page
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {() => void} clear
 * @property {{take(tool: number | string): void, step(by: number): void, setShape(shape: string): void}} tools
 * @property {{all(): void, drop(): void, copy(): void, remove(): void, turn(radians: number): void, stretch(x: number, y: number): void,
 *   nudge(x: number, y: number): void}} selection
 * @property {{add(): void, move(by: number): void, merge(): void, remove(): void, toggleActive(): void}} layers
 * @property {{choose(): void, trace(): Promise<void>, takeLines(jpeg: Blob): Promise<void>}} photo
 * @property {{start(kind: 'camera' | 'screen'): Promise<void>, stop(how?: {keep: boolean}): void}} liveInput
 * @property {{choose(): void, project(): void, picture(): Promise<void>, sketchPng(): void, sketchSvg(): void}} save
 * @property {{keep(): Promise<void>, open(): Promise<void>}} gallery
 * @property {{toggle(): void, leave(): void, playOrStop(): void}} history
 * @property {{open(): void, run(): Promise<void>, dialog: HTMLDialogElement}} timelapse
 * @property {{choose(on: boolean): void, change(pin: null): void, choosing: boolean}} pins
 * @property {{setOverlay(on: boolean): void, overlay: boolean, toggleFullScreen(): void}} view
 * @property {{zoomBy(factor: number): void, fit(): void}} zoom
 * @property {{rollSeed(): void, stepSeed(by: number): void}} words
 * @property {{toggleLock(): void, openFiner(open: boolean): void, isOpen: boolean}} controls
 * @property {{opened(): void, ask(): void}} variations
 * @property {{toggle(button: HTMLElement, byKey: boolean): void}} panels
 * @property {{takeBack(): Promise<void>}} paintOver
 * @property {{jpeg: BlobPart}} picture
 * @property {{toggle(): void}} theme
 * @property {{toggleSheet(): void}} keys
 */

const TURN = Math.PI / 12;
const SCALE = 1.1;
const ZOOM = 1.4;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR_PX = 16;

/** @type {Action[]} */
export const ACTIONS = [
  // the tools
  { name: 'brush', bar: 'draw', icon: 'brush', label: 'Brush', help: 'Brush: draw lines', keys: ['b'], toggle: true,
    perform: ({ tools }) => tools.take(TOOL.brush) },
  { name: 'eraser', bar: 'draw', icon: 'eraser', label: 'Eraser', keys: ['e'], toggle: true, perform: ({ tools }) => tools.take(TOOL.eraser) },
  { name: 'paint', bar: 'draw', icon: 'paint', label: 'Paint', help: 'Paint: color under the lines', keys: ['c'], toggle: true,
    perform: ({ tools }) => tools.take(TOOL.paint) },
  { name: 'fill', bar: 'draw', icon: 'fill', label: 'Fill', help: 'Fill an area between lines', keys: ['g'], toggle: true,
    perform: ({ tools }) => tools.take(TOOL.fill) },
  { name: 'select', bar: 'draw', icon: 'select', label: 'Select', help: 'Select: move, scale, turn, copy', keys: ['s'], toggle: true,
    perform: ({ tools }) => tools.take(SELECT) },
  { name: 'shapes', bar: 'draw', icon: 'shapes', label: 'Shapes, mirror, colors', panel: 'shapes-panel' },
  { name: 'layers', bar: 'draw', icon: 'layers', label: 'Layers', panel: 'layers-panel' },
  { name: 'thinner', label: 'Thinner', keys: ['['], perform: ({ tools }) => tools.step(-1) },
  { name: 'thicker', label: 'Thicker', keys: [']'], perform: ({ tools }) => tools.step(1) },
  { name: 'shape-free', bar: 'shape', radio: ['shape', 'free'], label: 'Free', help: 'Draw freely', keys: ['f'],
    perform: ({ tools }) => tools.setShape('free') },
  { name: 'shape-line', bar: 'shape', radio: ['shape', 'line'], label: 'Line', keys: ['l'], perform: ({ tools }) => tools.setShape('line') },
  { name: 'shape-rectangle', bar: 'shape', radio: ['shape', 'rectangle'], label: 'Box', help: 'Rectangle', keys: ['r'],
    perform: ({ tools }) => tools.setShape('rectangle') },
  { name: 'shape-ellipse', bar: 'shape', radio: ['shape', 'ellipse'], label: 'Ellipse', keys: ['o'], perform: ({ tools }) => tools.setShape('ellipse') },
  { name: 'level', label: 'Hold: straight line, square, circle, 15° turns', keys: ['shift'] },

  // the drawing
  { name: 'files', bar: 'edit', icon: 'photo', label: 'Photos and files', panel: 'files-panel' },
  { name: 'undo', bar: 'edit', icon: 'undo', label: 'Undo', keys: ['ctrl+z'], alsoKeys: ['z'], disabled: true, perform: (live) => live.undo() },
  { name: 'redo', bar: 'edit', icon: 'redo', label: 'Redo', keys: ['ctrl+shift+z'], alsoKeys: ['ctrl+y'], disabled: true,
    perform: (live) => live.redo() },
  { name: 'clear', bar: 'edit', icon: 'clear', label: 'Clear', help: 'Clear the paper', disabled: true, perform: (live) => live.clear() },

  // what is selected
  { name: 'select-all', label: 'Select all strokes of the layer', keys: ['ctrl+a'],
    perform: ({ tools, selection }) => { tools.take(SELECT); selection.all(); } },
  { name: 'selection-copy', bar: 'selection', icon: 'copy', label: 'Duplicate', help: 'Duplicate the selection', keys: ['ctrl+d'],
    perform: ({ selection }) => selection.copy() },
  { name: 'selection-left', bar: 'selection', icon: 'turn-left', label: 'Turn left', help: 'Turn the selection left', keys: [','],
    perform: ({ selection }) => selection.turn(-TURN) },
  { name: 'selection-right', bar: 'selection', icon: 'turn-right', label: 'Turn right', help: 'Turn the selection right', keys: ['.'],
    perform: ({ selection }) => selection.turn(TURN) },
  { name: 'selection-mirror', bar: 'selection', icon: 'flip-sideways', label: 'Flip left and right', help: 'Flip the selection left and right',
    keys: ['m'], perform: ({ selection }) => selection.stretch(-1, 1) },
  { name: 'selection-upside-down', bar: 'selection', icon: 'flip-down', label: 'Flip upside down', help: 'Flip the selection upside down',
    keys: ['u'], perform: ({ selection }) => selection.stretch(1, -1) },
  { name: 'selection-larger', label: 'Enlarge the selection', keys: ['ctrl+arrowup'], perform: ({ selection }) => selection.stretch(SCALE, SCALE) },
  { name: 'selection-smaller', label: 'Shrink the selection', keys: ['ctrl+arrowdown'],
    perform: ({ selection }) => selection.stretch(1 / SCALE, 1 / SCALE) },
  { name: 'selection-nudge', label: 'Move the selection; with Shift, further', keys: ['arrowleft', 'arrowup', 'arrowdown', 'arrowright'],
    perform: ({ selection }, event) => {
      const { key, shiftKey } = /** @type {KeyboardEvent} */ (event);
      const [x, y] = ARROWS[key].map((way) => way * (shiftKey ? FAR_PX : 1));
      selection.nudge(x, y);
    } },
  { name: 'selection-remove', bar: 'selection', label: 'Delete', help: 'Delete the selection', keys: ['delete'], alsoKeys: ['backspace'],
    perform: ({ selection }) => selection.remove() },
  { name: 'selection-done', bar: 'selection', label: 'Done', help: 'Deselect', keys: ['escape'], perform: ({ selection }) => selection.drop() },

  // the layer in use
  { name: 'layer-add', bar: 'layer', label: 'Add', help: 'Add a layer above this one', first: true, perform: ({ layers }) => layers.add() },
  { name: 'layer-up', bar: 'layer', icon: 'up', label: 'Move up', perform: ({ layers }) => layers.move(1) },
  { name: 'layer-down', bar: 'layer', icon: 'down', label: 'Move down', perform: ({ layers }) => layers.move(-1) },
  { name: 'layer-merge', bar: 'layer', label: 'Merge down', help: 'Merge into the layer below; the drawing looks the same',
    perform: ({ layers }) => layers.merge() },
  { name: 'layer-remove', bar: 'layer', label: 'Delete', help: 'Delete this layer and its strokes', perform: ({ layers }) => layers.remove() },
  { name: 'layer-show', label: 'Hide or show the layer', keys: ['x'], perform: ({ layers }) => layers.toggleActive() },

  // photos, camera, files
  { name: 'photo', bar: 'photo', label: 'Choose a photo', first: true, perform: ({ photo }) => photo.choose() },
  { name: 'retrace', bar: 'photo', label: 'Trace again', disabled: true, perform: ({ photo }) => photo.trace() },
  { name: 'take-picture', bar: 'take', label: 'Paint over it', help: 'Paint over the picture', keys: ['t'], disabled: true,
    perform: ({ paintOver }) => paintOver.takeBack() },
  { name: 'take-lines', bar: 'take', label: 'Take its lines', help: 'Turn the picture into lines', disabled: true,
    perform: ({ photo, picture }) => photo.takeLines(new Blob([picture.jpeg])) },
  { name: 'camera', bar: 'live', label: 'Camera', perform: ({ liveInput }) => liveInput.start('camera') },
  { name: 'screen', bar: 'live', label: 'Screen', perform: ({ liveInput }) => liveInput.start('screen') },
  { name: 'freeze', bar: 'live-bar', label: 'Freeze the lines', first: true, perform: ({ liveInput }) => liveInput.stop() },
  { name: 'unlive', bar: 'live-bar', label: 'Stop', perform: ({ liveInput }) => liveInput.stop({ keep: false }) },
  { name: 'save-project', bar: 'project', label: 'Save project', keys: ['ctrl+s'], perform: ({ save }) => save.project() },
  { name: 'open-project', bar: 'project', label: 'Open project', perform: ({ save }) => save.choose() },
  { name: 'save-png', bar: 'sketch-file', label: 'Sketch as PNG', perform: ({ save }) => save.sketchPng() },
  { name: 'save-svg', bar: 'sketch-file', label: 'Sketch as SVG', perform: ({ save }) => save.sketchSvg() },

  // the picture
  { name: 'unpin', bar: 'picture', icon: 'unpin', label: 'Unpin', hidden: true, perform: ({ pins }) => pins.change(null) },
  { name: 'pin', bar: 'picture', icon: 'pin', label: 'Pin a part', help: 'Pin: draw around the part that should stay', keys: ['p'], toggle: true,
    perform: ({ pins }) => pins.choose(!pins.choosing) },
  { name: 'pin-not', bar: 'pin-says', label: 'Cancel', perform: ({ pins }) => pins.choose(false) },
  { name: 'overlay', bar: 'picture', icon: 'overlay', label: 'Ink over the picture', help: 'Ink over the picture, or side by side',
    keys: ['v'], toggle: true, perform: ({ view }) => view.setOverlay(!view.overlay) },
  { name: 'full', bar: 'picture', icon: 'full', label: 'Full screen', toggle: true, perform: ({ view }) => view.toggleFullScreen() },
  { name: 'history', bar: 'picture', icon: 'history', label: 'History', help: 'History: go back in time, make a timelapse', keys: ['h'],
    controls: 'history-bar', disabled: true, perform: ({ history }) => history.toggle() },
  { name: 'play', bar: 'history-start', icon: 'play', label: 'Play', perform: ({ history }) => history.playOrStop() },
  { name: 'timelapse', bar: 'history-end', icon: 'film', label: 'Timelapse', perform: ({ timelapse }) => timelapse.open() },
  { name: 'history-close', bar: 'history-end', icon: 'close', label: 'Back to the tools', perform: ({ history }) => history.leave() },
  { name: 'keep', bar: 'picture', icon: 'keep', label: 'Keep the picture in the gallery', keys: ['k'], disabled: true,
    perform: ({ gallery }) => gallery.keep() },
  { name: 'gallery', bar: 'head-start', icon: 'gallery', label: 'Gallery', perform: ({ gallery }) => gallery.open() },
  { name: 'formats', bar: 'picture', icon: 'file', label: 'File format', panel: 'formats-panel' },
  { name: 'download', bar: 'picture', icon: 'download', label: 'Download the picture', disabled: true, perform: ({ save }) => save.picture() },

  // the view
  { name: 'zoom-in', label: 'Zoom in (wheel, or two fingers)', keys: ['+'], alsoKeys: ['='], perform: ({ zoom }) => zoom.zoomBy(ZOOM) },
  { name: 'zoom-out', label: 'Zoom out', keys: ['-'], perform: ({ zoom }) => zoom.zoomBy(1 / ZOOM) },
  { name: 'fit', bar: 'fit', label: 'Fit', keys: ['0'], hidden: true, perform: ({ zoom }) => zoom.fit() },
  { name: 'pan', label: 'Hold and drag: pan', keys: ['space'] },
  { name: 'theme', bar: 'head-end', icon: 'moon', label: 'Light or dark', perform: ({ theme }) => theme.toggle() },

  // words and seed
  { name: 'presets', bar: 'presets', icon: 'presets', label: 'Style and place', panel: 'presets-panel' },
  { name: 'seed-less', bar: 'seed-less', icon: 'minus', label: 'Seed minus 1', perform: ({ words }) => words.stepSeed(-1) },
  { name: 'seed-more', bar: 'seed', icon: 'plus', label: 'Seed plus 1', perform: ({ words }) => words.stepSeed(1) },
  { name: 'lock', bar: 'seed', icon: 'lock', label: 'Keep this seed for the next drawing', toggle: true, perform: ({ controls }) => controls.toggleLock() },
  { name: 'dice', bar: 'seed', icon: 'dice', label: 'New seed', keys: ['n'], perform: ({ words }) => words.rollSeed() },
  { name: 'vary', bar: 'seed', icon: 'vary', label: 'Four variations', panel: 'vary-panel', perform: ({ variations }) => variations.opened() },
  { name: 'vary-again', bar: 'vary', label: 'Four more', perform: ({ variations }) => variations.ask() },
  { name: 'more', bar: 'more', icon: 'sliders', label: 'More settings', controls: 'settings',
    perform: ({ controls }) => controls.openFiner(!controls.isOpen) },

  // the sheets
  { name: 'film-cancel', bar: 'film', label: 'Close', perform: ({ timelapse }) => timelapse.dialog.close() },
  { name: 'film-start', bar: 'film', label: 'Create', first: true, perform: ({ timelapse }) => timelapse.run() },
  { name: 'help', bar: 'head-start', icon: 'question', label: 'Keyboard shortcuts', keys: ['?'], perform: ({ keys }) => keys.toggleSheet() },
];
