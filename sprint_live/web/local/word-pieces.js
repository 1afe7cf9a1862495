// A prompt as token ids: BERT's uncased WordPiece, as the server's tokenizer cuts it. The vocabulary is one word a line, its
// line number is its id.

const UNKNOWN = '[UNK]';
const BEGIN = '[CLS]';
const END = '[SEP]';
const LONGEST_WORD = 100;
const MOST_CHARS = 1000;
const IDEOGRAPH = /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;
const INERT = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]/gu;
const MARK = /\p{Mn}/gu;
const PUNCTUATION = /([!-/:-@[-`{-~]|\p{P})/gu;

// The part of a prompt that is read, as api/prompt.py takes it: control characters become spaces, 1000 characters at most.
export function usablePrompt(prompt) {
  const chars = Array.from(prompt).slice(0, MOST_CHARS);
  return chars.map((char) => (char < ' ' || char === '\x7f' || /\p{Cs}/u.test(char) ? ' ' : char)).join('').trim();
}

export class WordPieces {
  // vocabulary: words by their ids. most: tokens of a prompt, the two at its ends included.
  constructor(vocabulary, most) {
    this.ids = new Map(vocabulary.map((word, id) => [word, id]));
    this.most = most;
  }

  // Ids of a prompt, of the first `most` tokens.
  encode(prompt) {
    const words = normalized(prompt).split(' ').filter((word) => word);
    const pieces = words.flatMap((word) => this.pieces(word)).slice(0, this.most - 2);
    return [BEGIN, ...pieces, END].map((piece) => this.ids.get(piece));
  }

  // The longest pieces that make a word, from its front; a word that cannot be cut is unknown as a whole.
  pieces(word) {
    const chars = Array.from(word);
    if (chars.length > LONGEST_WORD) return [UNKNOWN];
    const found = [];
    for (let from = 0; from < chars.length;) {
      let to = chars.length;
      const piece = () => (from ? '##' : '') + chars.slice(from, to).join('');
      while (to > from && !this.ids.has(piece())) to -= 1;
      if (to === from) return [UNKNOWN];
      found.push(piece());
      from = to;
    }
    return found;
  }
}

// Words between single spaces: lower case, without accents, every mark and ideograph a word of its own.
function normalized(prompt) {
  return prompt.toLowerCase().trim()
    .replace(/[\t\n\r]/g, ' ').replace(INERT, '')
    .replace(/\s/gu, ' ')
    .replace(IDEOGRAPH, ' $& ')
    .normalize('NFD').replace(MARK, '')
    .toLowerCase()
    .replace(PUNCTUATION, ' $1 ');
}
