// The shortcuts of the actions, and the sheet that lists them (?).

import { isTyped, keyName, onKey } from '../canvas/keyboard.js';
import { ACTIONS } from './actions.js';
import { t } from '../i18n/language.js';

const TYPING = 'input[type="text"], input[type="number"], select, textarea, [contenteditable]';

// How a keyboard labels its keys; letters and signs are the same in every language.
const NAMED = { ctrl: 'Ctrl', shift: 'Shift', delete: 'Del', escape: 'Esc', space: 'Space' };
const ARROWS = { arrowleft: '←', arrowright: '→', arrowup: '↑', arrowdown: '↓' };

// 'ctrl+z' -> ['Ctrl', 'Z'], in the language of the page
const capsOf = (keys) => (keys === '+' ? ['+'] : keys.split('+'))
  .map((key) => (key in NAMED ? t(NAMED[key]) : ARROWS[key] ?? key.toUpperCase()));

// 'ctrl+z' -> 'Ctrl+Z'
export const keysText = (keys) => capsOf(keys).join('+');

export class Keys {
  /** @param {import('./actions.js').Page} page @param {HTMLDialogElement} sheet */
  constructor(page, sheet) {
    this.page = page;
    this.sheet = sheet;
    this.actions = new Map(ACTIONS.flatMap((action) => [...action.keys ?? [], ...action.alsoKeys ?? []].map((key) => [key, action])));
    sheet.querySelector('dl').replaceChildren(...ACTIONS.filter(({ keys }) => keys).map(lineOf));
    sheet.addEventListener('click', ({ target }) => {
      if (target === sheet || /** @type {Element} */ (target).closest('button')) sheet.close();
    });
    onKey(document, 'keydown', (event) => this.down(event));
  }

  down(event) {
    const typed = isTyped(event);
    if (event.target.matches?.(TYPING) || (event.altKey && !typed) || document.querySelector('dialog[open]')) return;
    if (event.key.startsWith('Arrow') && event.target.matches?.('input, select, summary')) return; // they move by arrows
    const command = (event.ctrlKey || event.metaKey) && !typed ? 'ctrl+' : '';
    const key = keyName(event);
    const action = this.actions.get(`${command}${event.shiftKey && command ? 'shift+' : ''}${key}`);
    if (!action?.perform) return;
    event.preventDefault();
    action.perform(this.page, event);
  }

  toggleSheet() {
    if (this.sheet.open) this.sheet.close();
    else this.sheet.showModal();
  }
}

/** @param {import('./actions.js').Action} action its line in the help sheet */
function lineOf({ keys, label, help = label }) {
  const [line, term, text] = ['div', 'dt', 'dd'].map((tag) => document.createElement(tag));
  term.append(...keys.flatMap(capsOf).map((cap) => Object.assign(document.createElement('kbd'), { textContent: cap })));
  text.textContent = t(help);
  line.append(term, text);
  return line;
}
