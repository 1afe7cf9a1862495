// What is kept of a drawing, by the browser and in a project file: its journal as messages, and how the page stood.

import { Journal } from '../canvas/journal.js';
import { t } from '../i18n/language.js';
import { bytesOf, namesIn } from '../canvas/images.js';

export function keptOf({ journal, controls, refiner, pins, marks, tools }) {
  return {
    messages: journal.toKeep(),
    settings: controls.snapshot(), locked: controls.locked, previews: controls.previews.checked,
    refine: refiner.box.checked, refineSteps: refiner.refined,
    pictures: [...namesIn(journal)], pin: pins.pin, marks: marks.snapshot(), ...tools.snapshot(),
  };
}

// Puts it on the page. What cannot be read leaves white paper, and the person is told.
export function bringBack(live, saved) {
  try {
    live.journal = Journal.fromMessages(saved.messages);
    const missing = [...namesIn(live.journal)].filter((name) => !bytesOf(name));
    if (missing.length) {
      live.journal.without(missing);
      live.say(t('A picture of this drawing is no longer in this browser. It was left out.'));
    }
    live.controls.restore(saved.settings, saved.locked);
    live.refiner.box.checked = saved.refine ?? true;
    live.refiner.refined = [2, 3, 4].includes(saved.refineSteps) ? saved.refineSteps : 2;
    live.controls.previews.checked = saved.previews ?? true;
    live.pins.restore(saved.pin);
    live.marks.restore(saved.marks);
    live.tools.restore(saved);
    live.ink(live.journal);
  } catch (error) {
    console.warn('Sprint Live: the saved drawing could not be read:', error);
    live.journal = new Journal();
    live.say(t('The drawing could not be read: {why}', { why: error.message }));
  }
}
