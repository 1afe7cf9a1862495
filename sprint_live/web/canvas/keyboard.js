// What a key press means on any keyboard. While an input method puts a word together, its keys are its own: nothing else
// listens. On a layout without Latin letters a key is told by its place on the keyboard.

const LATIN_END = 0x24f;
const SIGNS = { BracketLeft: '[', BracketRight: ']', Comma: ',', Period: '.', Minus: '-', Equal: '=' };
const IN_COMPOSITION = 229; // keyCode: Safari ends the composition before the key that ended it

let composing = false;
let latin = true; // the layout that the last letter came from

if (typeof document !== 'undefined') {
  document.addEventListener('compositionstart', () => { composing = true; }, true);
  for (const type of ['compositionend', 'focusout']) document.addEventListener(type, () => { composing = false; }, true);
}

// The press belongs to an input method.
export const composes = ({ isComposing, keyCode, key }) => composing || isComposing || keyCode === IN_COMPOSITION || key === 'Process';

// Listens to the keys that no input method takes.
export function onKey(target, type, run) {
  target.addEventListener(type, (event) => { if (!composes(event)) run(event); });
}

export const isSpace = ({ key, code }) => key === ' ' || code === 'Space';

// The key in lower case, as a Latin keyboard would name it.
export function keyName({ key, code = '', keyCode = 0, shiftKey = false }) {
  const foreign = [...key].some((letter) => letter.codePointAt(0) > LATIN_END);
  if (foreign) latin = false;
  else if (/^\p{Script=Latin}$/u.test(key)) latin = true;
  const odd = key.length === 1 && !latin && /^Key[A-Z]$/.test(code) && !/^[a-z]$/i.test(key); // a sign where Latin has a letter
  return (foreign || odd) ? byPlace(code, keyCode, shiftKey) ?? key.toLowerCase() : key.toLowerCase();
}

function byPlace(code, keyCode, shiftKey) {
  const [, letter, digit] = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(code) ?? [];
  if (letter) return letter.toLowerCase();
  if (digit) return digit;
  if (code === 'Slash') return shiftKey ? '?' : '/';
  if (code === 'Equal' && shiftKey) return '+';
  if (SIGNS[code]) return SIGNS[code];
  return !code && keyCode >= 65 && keyCode <= 90 ? String.fromCharCode(keyCode).toLowerCase() : null;
}

// A sign that takes AltGr (or Option) on this keyboard, as [ and ] do in much of Europe.
export const isTyped = (event) => Boolean(event.getModifierState?.('AltGraph'))
  || (event.altKey && !event.ctrlKey && !event.metaKey && '[]'.includes(event.key));
