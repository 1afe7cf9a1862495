// Keyboard shortcuts: one table, from which both the keys and the sheet that lists them (?) are made.

import { isTyped, keyName, onKey } from '../canvas/keyboard.js';
import { t } from '../i18n/language.js';

const TYPING = 'input[type="text"], input[type="number"], select, textarea, [contenteditable]';

// How a keyboard labels them; letters and signs are the same everywhere.
const NAMED = ['Ctrl', 'Shift', 'Del', 'Esc', 'Space'];

export class Keys {
  // shortcuts: [{keys: ['b', 'ctrl+z', ...], label, run, shown}] with the keys as a person would write them in `shown`
  constructor(shortcuts, sheet) {
    this.sheet = sheet;
    this.actions = new Map(shortcuts.flatMap(({ keys, run }) => keys.map((key) => [key, run])));
    sheet.querySelector('dl').replaceChildren(...shortcuts.filter(({ shown }) => shown).map(({ label, shown }) => {
      const [row, term, text] = ['div', 'dt', 'dd'].map((tag) => document.createElement(tag));
      term.append(...shown.split(' ').map((key) => Object.assign(document.createElement('kbd'), { textContent: NAMED.includes(key) ? t(key) : key })));
      text.textContent = t(label);
      row.append(term, text);
      return row;
    }));
    sheet.addEventListener('click', (event) => { if (event.target === sheet || event.target.closest('button')) sheet.close(); });
    onKey(document, 'keydown', (event) => this.down(event));
  }

  down(event) {
    const typed = isTyped(event);
    if (event.target.matches?.(TYPING) || (event.altKey && !typed) || document.querySelector('dialog[open]')) return;
    if (event.key.startsWith('Arrow') && event.target.matches?.('input, select, summary')) return; // they move by arrows
    const command = (event.ctrlKey || event.metaKey) && !typed ? 'ctrl+' : '';
    const key = keyName(event);
    const run = this.actions.get(`${command}${event.shiftKey && command ? 'shift+' : ''}${key}`);
    if (!run) return;
    event.preventDefault();
    run(event);
  }

  toggleSheet() {
    if (this.sheet.open) this.sheet.close();
    else this.sheet.showModal();
  }
}
