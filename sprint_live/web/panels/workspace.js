// Everything a person works the page with, put together: tools, panels, photo, files, view, keys.

import { Examples } from './examples.js';
import { Gallery } from './gallery.js';
import { History } from './history.js';
import { Keys } from '../actions/keys.js';
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
import { Theme } from './theme.js';
import { wireButtons } from '../actions/buttons.js';

export function furnish(root, base, live) {
  const find = (id) => root.querySelector(`#sl-${id}`);
  const tools = new Tools(root, live.pad, (tool) => {
    if (tool !== SELECT) live.selection.drop();
    live.store.touch();
  });
  const [layers, selection] = [new Layers(root, live), new Selection(root, live)];
  const paintOver = new PaintOver(live);
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
  wireLanguage(find('language'), () => live.store.flush());
  const keys = new Keys(live, find('sheet'));
  const [gallery, history, timelapse, liveInput] = [Gallery, History, Timelapse, LiveInput].map((Part) => new Part(root, live));
  const examples = new Examples(root, base, live);
  wireButtons(root, live);
  return {
    gallery, history, timelapse, liveInput, examples, pins, variations, words, tips, tools, layers, selection, photo, paintOver,
    prompts, view, keys, panels: new Panels(), save: new Save(root, live), theme: new Theme(),
  };
}
