// The buttons of the actions, each at its bar: <template data-actions="BAR" data-class="..."> in page.html says where and how.

import { fillIcons, icon } from './icons.js';
import { ACTIONS } from './actions.js';
import { keysText } from './keys.js';
import { t } from '../i18n/language.js';

/** @typedef {import('./actions.js').Action} Action */
/** @typedef {import('./actions.js').Page} Page */

// Once the language is known and before anything looks for a button.
export function placeButtons(root) {
  fillIcons(root);
  for (const bar of root.querySelectorAll('template[data-actions]')) {
    const actions = ACTIONS.filter((action) => action.bar === bar.dataset.actions);
    bar.replaceWith(...actions.map((action) => (action.radio ? choiceOf(action) : buttonOf(action, bar.dataset.class ?? ''))));
  }
  // what a slider does keys do, too: data-keys-of="thinner thicker"
  for (const element of root.querySelectorAll('[data-keys-of]')) {
    element.title = withKeys(t(element.title), element.dataset.keysOf.split(' ').map((name) => ACTIONS.find((action) => action.name === name)));
  }
}

// A press does what the row says: a panel opens first.
/** @param {HTMLElement} root @param {Page} page */
export function wireButtons(root, page) {
  for (const action of ACTIONS.filter(({ bar }) => bar)) {
    /** @type {HTMLElement} */
    const element = root.querySelector(action.radio ? `input[name="${action.radio[0]}"][value="${action.radio[1]}"]` : `#sl-${action.name}`);
    element.addEventListener(action.radio ? 'change' : 'click', (event) => {
      if (action.panel) page.panels.toggle(element, event instanceof UIEvent && event.detail === 0); // 0: by key
      action.perform?.(page, event);
    });
  }
}

/** @param {Action} action @param {string} className */
function buttonOf({ name, label, icon: shown, toggle, panel, controls = panel, first, disabled = false, hidden = false, ...action }, className) {
  const button = Object.assign(document.createElement('button'), { type: 'button', id: `sl-${name}`, className, disabled, hidden });
  button.classList.toggle('is-first', Boolean(first));
  button.title = withKeys(t(action.help ?? label), [action]);
  if (shown) {
    button.append(icon(shown));
    button.setAttribute('aria-label', t(label));
  } else button.textContent = t(label);
  if (toggle) button.setAttribute('aria-pressed', 'false');
  if (panel) button.dataset.panel = `sl-${panel}`;
  if (controls) {
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-controls', `sl-${controls}`);
  }
  return button;
}

/** @param {Action} action one of several: a radio button under its name */
function choiceOf({ label, help = label, radio: [name, value], keys }) {
  const choice = document.createElement('label');
  const input = Object.assign(document.createElement('input'), { type: 'radio', name, value });
  choice.title = withKeys(t(help), [{ keys }]);
  choice.append(input, Object.assign(document.createElement('span'), { textContent: t(label) }));
  return choice;
}

/** @param {string} text @param {{keys?: string[]}[]} actions */
function withKeys(text, actions) {
  const keys = actions.flatMap((action) => action.keys ?? []).map(keysText);
  return keys.length ? `${text} (${keys.join(' ')})` : text;
}
