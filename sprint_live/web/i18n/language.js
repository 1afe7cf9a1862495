// The page in the person's language. The English text is the key: languages/en.json lists every one, and a translation is
// a file beside it with the same keys. What the server says is keyed by code, in languages/messages/. Words of others (prompts,
// names of files) stay as they are.

import { useMessages } from './server-messages.js';

export const LANGUAGES = { en: 'English', de: 'Deutsch', fr: 'Français' };
const KEY = 'sprint-live-language';
const ATTRIBUTES = ['title', 'aria-label', 'placeholder'];

let words = {};

// values fill the holes of a text such as '{name} is no photo'
export function t(english, values = {}) {
  return (words[english] ?? english).replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole));
}

// A number as the person's language writes it: 0.50, 0,50
export function localNumber(value, digits) {
  return new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

// The person's choice if there is one, else the first language of the browser that there is a file for.
export function chosenLanguage() {
  const wanted = [read(), ...navigator.languages].filter(Boolean).map((name) => name.toLowerCase().split('-')[0]);
  return wanted.find((name) => name in LANGUAGES) ?? 'en';
}

export async function loadLanguage(base) {
  const name = chosenLanguage();
  document.documentElement.lang = 'en';
  const table = async (path) => (await fetch(new URL(`languages/${path}.json`, base))).json();
  try {
    const [messages, translated] = await Promise.all([table(`messages/${name}`), name === 'en' ? {} : table(name)]);
    useMessages(messages);
    words = translated;
    document.documentElement.lang = name;
  } catch (error) {
    console.warn(`Sprint Live: the words in ${LANGUAGES[name]} could not be read, the page stays English:`, error);
  }
}

// The markup of the page: its texts, and the attributes that people read or hear.
export function translate(root) {
  for (const template of root.querySelectorAll('template')) translate(template.content);
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = /** @type {Text} */ (texts.currentNode);
    const english = node.data.trim().replace(/\s+/g, ' ');
    if (english in words) node.data = node.data.replace(node.data.trim(), t(english));
  }
  for (const name of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[${name}]`)) element.setAttribute(name, t(element.getAttribute(name)));
  }
}

// Another language is another page: everything on it is made anew, and the drawing is kept.
export function wireLanguage(select, beforeReload) {
  select.replaceChildren(...Object.entries(LANGUAGES).map(([name, title]) => new Option(title, name)));
  select.value = document.documentElement.lang;
  select.addEventListener('change', async () => {
    try {
      localStorage.setItem(KEY, select.value);
    } catch (error) {
      console.warn('Sprint Live: this browser keeps no settings, the language stays:', error);
      return;
    }
    await beforeReload();
    location.reload();
  });
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is refused: the browser's languages decide
  }
}
