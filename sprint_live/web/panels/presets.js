// Styles and places as small pictures of what they do: one of each is chosen, and their words follow the prompt. presets.json has
// them, because which of them make sense depends on the model; a model that is not in it offers its own styles by name.

import { t } from '../i18n/language.js';

const KINDS = { style: 'styles', place: 'places' };

/** @typedef {{name: string, words: string, text: string, picture: string}} Preset picture: its address, or '' */

export class Presets {
  // changed(): a person chose one
  constructor(root, base, changed) {
    this.base = base;
    this.table = {}; // presets.json
    this.offered = { style: [], place: [] };
    this.wanted = { style: '', place: '' }; // names; the first one stands for a name that is not offered
    this.button = root.querySelector('#sl-presets');
    this.field = this.button.parentElement;
    this.chosen = document.createElement('span');
    this.button.append(this.chosen);
    this.fields = Object.fromEntries(Object.entries(KINDS).map(([kind, id]) => [kind, root.querySelector(`#sl-${id}`)]));
    root.querySelector('#sl-presets-panel').addEventListener('change', ({ target }) => {
      this.choose({ ...this.wanted, [target.name]: target.value });
      changed();
    });
  }

  /** @param {'style' | 'place'} kind @returns {Preset} what is in use */
  inUse(kind) {
    const { [kind]: offered } = this.offered;
    return offered.find(({ name }) => name === this.wanted[kind]) ?? offered[0] ?? { name: '', words: '', text: '', picture: '' };
  }

  // The model behind the server: those of its rows that it knows, else its styles.
  describe({ name, styles }) {
    const { styles: rows = [], places = [] } = this.table[name] ?? {};
    const known = rows.filter((row) => styles.includes(row.name));
    this.offer('style', known.length ? known : styles.map((label) => ({ name: label, words: '' })), known.length ? name : '');
    this.offer('place', known.length ? places : [], name);
    this.field.hidden = Object.values(this.fields).every(({ hidden }) => hidden);
    this.choose(this.wanted);
  }

  /** @param {'style' | 'place'} kind @param {object[]} rows @param {string} model that drew the pictures, or '' */
  offer(kind, rows, model) {
    this.offered[kind] = rows.map((row) => ({
      name: row.name,
      words: row.words,
      text: row[document.documentElement.lang] ?? row.name,
      picture: model && new URL(`presets/${model}/${KINDS[kind]}/${row.name.replaceAll(' ', '-')}.webp`, this.base).href,
    }));
    const { [kind]: field } = this.fields;
    field.querySelector('.sl-tiles').replaceChildren(...this.offered[kind].map((preset) => tile(kind, preset)));
    field.hidden = rows.length < 2;
  }

  // '' and what is not offered stand for the first one
  choose({ style, place }) {
    this.wanted = { style, place };
    const [drawn, there] = [this.inUse('style'), this.inUse('place')];
    for (const [kind, { name }] of /** @type {const} */ ([['style', drawn], ['place', there]])) {
      for (const input of this.fields[kind].querySelectorAll('input')) input.checked = input.value === name;
    }
    const told = there.words ? [drawn, there] : [drawn];
    const said = told.map(({ text }) => text).join(', ');
    this.chosen.replaceChildren(...told.flatMap(({ picture }) => (picture ? [image(picture)] : [])), said);
    this.button.setAttribute('aria-label', `${t('Style and place')}: ${said}`);
  }
}

/** @param {string} kind @param {Preset} preset */
function tile(kind, { name, text, picture }) {
  const choice = document.createElement('label');
  const input = Object.assign(document.createElement('input'), { type: 'radio', name: kind, value: name });
  choice.append(input, ...(picture ? [image(picture)] : []), Object.assign(document.createElement('span'), { textContent: text }));
  return choice;
}

const image = (src) => Object.assign(new Image(128, 128), { loading: 'lazy', decoding: 'async', alt: '', src });

// presets.json: {model: {styles: [{name, words, en, de, ...}], places: the same}}. {} if it cannot be had.
export async function loadPresets(base) {
  try {
    return await (await fetch(new URL('presets.json', base))).json();
  } catch (error) {
    console.warn('Sprint Live: the style presets could not be read:', error);
    return {};
  }
}
